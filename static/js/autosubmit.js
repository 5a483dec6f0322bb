// Filters that apply themselves: a change in an input with data-autosubmit submits its form (htmx takes it from there).
// Works on what htmx swaps in: listens on the document.

function hideButtons() {
  for (const button of document.querySelectorAll("[data-without-autosubmit]")) button.hidden = true;
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input instanceof HTMLElement && input.matches("[data-autosubmit]") && input.form) input.form.requestSubmit();
});

// Boxes left empty stay out of the address, so that it can be sent by e-mail.
document.addEventListener("formdata", (event) => {
  if (!event.target.hasAttribute("data-drop-empty")) return;
  for (const [name, value] of [...event.formData.entries()]) {
    if (value === "") event.formData.delete(name);
  }
});

document.addEventListener("htmx:afterSettle", hideButtons);
hideButtons();
