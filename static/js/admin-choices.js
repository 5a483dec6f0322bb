// Names the fields in which one chooses by typing: select2 puts a box of its own in place of the list, and forgets
// the label (a screen reader would say « zone de liste » and no more).

const nameBox = (list) => {
  const label = list.labels[0];
  const box = list.nextElementSibling;
  if (!label || !box?.matches(".select2")) return;
  label.id ||= `${list.id}_label`;
  // One choice: the box opens the list, what is chosen is read after the name of the field.
  const chosen = box.querySelector("[role=combobox] .select2-selection__rendered[role=textbox]");
  chosen?.setAttribute("aria-labelledby", label.id);
  chosen?.parentElement.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  // Several choices: the text field inside is what one types into.
  box.querySelector(".select2-selection--multiple")?.setAttribute("aria-labelledby", label.id);
  box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
};

const nameBoxes = () => document.querySelectorAll("select.admin-autocomplete").forEach(nameBox);

// Boxes come when jQuery is ready, and again with each row that is added: only watching catches them all.
new MutationObserver((changes) => {
  const added = changes.flatMap((change) => [...change.addedNodes]);
  if (added.some((node) => node.matches?.(".select2") || node.querySelector?.(".select2"))) nameBoxes();
}).observe(document.body, { childList: true, subtree: true });
nameBoxes();
