// Filters that apply themselves: a change in an input with data-autosubmit submits its form, if htmx refreshes that form's results
// in place. A form that loads another page keeps its button: choosing must not carry one away. Listens on the document, so that
// it works on what htmx swaps in.

const refreshesInPlace = (form) => Boolean(form && window.htmx && form.hasAttribute("hx-get"));

function hideButtons() {
  for (const wrapper of document.querySelectorAll("[data-without-autosubmit]")) {
    wrapper.hidden = refreshesInPlace(wrapper.querySelector("button")?.form);
  }
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLElement) || !input.matches("[data-autosubmit]")) return;
  if (refreshesInPlace(input.form)) input.form.requestSubmit();
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
