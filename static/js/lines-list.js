// The list of lines where findings are typed: [data-lines] holds [data-line] elements, each a form of its own;
// <template data-blank> beside it is the pattern of a new one. Enter goes on, Alt + letter chooses the kind, Alt + arrows
// move, Alt + Backspace drops. Sends `line:save` when a line is left; lines-saving.js does the rest.

const page = document.querySelector("[data-entering]");
let dropped = null;

const statementOf = (line) => line.querySelector("[data-statement]");
const isEmpty = (line) => !statementOf(line).value.trim();
const lineOf = (element) => (element instanceof Element ? element.closest("[data-line]") : null);
const newKey = () =>
  [4, 2, 2, 2, 6]
    .map((size) => Array.from(crypto.getRandomValues(new Uint8Array(size)), (byte) => byte.toString(16).padStart(2, "0")))
    .map((bytes) => bytes.join(""))
    .join("-");

// A blank line with a key of its own; `kind` is that of the line above.
function blankFor(list, kind, key = newKey()) {
  const template = list.parentElement.querySelector("template[data-blank]");
  const pattern = template.content.querySelector("[data-line]").dataset.key;
  const holder = document.createElement("ol");
  holder.innerHTML = template.innerHTML.replaceAll(pattern, key);
  const line = holder.firstElementChild;
  if (kind) line.querySelector("[data-kind]").value = kind;
  ready(line);
  return line;
}

function ready(line) {
  for (const button of line.querySelectorAll("[data-move]")) button.hidden = false;
  for (const button of line.querySelectorAll("[data-needless]")) button.hidden = true;
  fit(statementOf(line));
}

// The box is as high as its text; where the browser does it alone, nothing to do.
function fit(box) {
  box.rows = 1;
  while (box.scrollHeight > box.clientHeight + 2 && box.rows < 12) box.rows += 1;
}

function endWithBlank(list) {
  const last = list.lastElementChild;
  if (!last || !isEmpty(last)) list.append(blankFor(list, last?.querySelector("[data-kind]").value));
}

function goOn(line) {
  save(line);
  let next = line.nextElementSibling;
  const kind = line.querySelector("[data-kind]").value;
  if (!next || (!isEmpty(next) && !line.matches(".proposed"))) {
    next = blankFor(line.parentElement, kind);
    line.after(next);
  } else if (isEmpty(next)) next.querySelector("[data-kind]").value = kind;
  focus(next);
}

const save = (line) => line.dispatchEvent(new CustomEvent("line:save", { bubbles: true }));

function focus(line) {
  if (line) statementOf(line).focus();
}

function move(line, step) {
  const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
  if (!other || (step > 0 && isEmpty(other))) return;
  const focused = document.activeElement;
  if (step < 0) other.before(line);
  else other.after(line);
  focused?.focus();
  line.dispatchEvent(new CustomEvent("line:moved", { bubbles: true }));
}

function drop(line) {
  const list = line.parentElement;
  const next = line.nextElementSibling ?? line.previousElementSibling;
  dropped = { list, before: line.nextElementSibling, values: [...new FormData(line.querySelector("form"))] };
  line.dispatchEvent(new CustomEvent("line:drop", { bubbles: true }));
  line.remove();
  endWithBlank(list);
  page.querySelector("[data-undo]").hidden = false;
  focus(next?.isConnected ? next : list.lastElementChild);
}

function undo() {
  if (!dropped) return;
  const line = blankFor(dropped.list);
  fill(line, dropped.values);
  if (dropped.before?.isConnected) dropped.before.before(line);
  else dropped.list.prepend(line);
  dropped = null;
  page.querySelector("[data-undo]").hidden = true;
  focus(line);
  save(line);
}

// Puts back what boxes and lists held; ticks come back with the answer of the server.
function fill(line, values) {
  const form = line.querySelector("form");
  for (const [name, value] of values) {
    const field = form.elements.namedItem(name);
    const isBox = field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
    if (isBox || (field instanceof HTMLInputElement && field.type === "text")) field.value = value;
  }
  fit(statementOf(line));
}

function chooseKind(line, letter) {
  const list = line.querySelector("[data-kind]");
  const option = [...list.options].find((one) => one.dataset.shortcut === letter.toUpperCase());
  if (!option) return false;
  list.value = option.value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

// The letter pressed, also where Alt makes another sign of it (on a Mac).
function letterOf(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key;
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : "";
}

function withAlt(event, line) {
  if (event.key === "ArrowUp" || event.key === "ArrowDown") move(line, event.key === "ArrowUp" ? -1 : 1);
  else if (event.key === "Backspace") drop(line);
  else if (letterOf(event).toLowerCase() === "p") {
    const more = line.querySelector("[data-more]");
    more.open = !more.open;
    (more.open ? more.querySelector("input") : statementOf(line)).focus();
  } else if (!chooseKind(line, letterOf(event))) return;
  event.preventDefault();
}

function inStatement(event, line) {
  const box = event.target;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (!isEmpty(line)) goOn(line);
  } else if (event.key === "ArrowDown" && box.selectionStart === box.value.length) focus(line.nextElementSibling);
  else if (event.key === "ArrowUp" && box.selectionEnd === 0) focus(line.previousElementSibling);
}

document.addEventListener("keydown", (event) => {
  const line = lineOf(event.target);
  if (!line || event.defaultPrevented || event.isComposing || event.getModifierState("AltGraph")) return;
  if (event.altKey && !event.ctrlKey && !event.metaKey) withAlt(event, line);
  else if (!event.altKey && !event.ctrlKey && !event.metaKey && event.target.matches("[data-statement]")) {
    inStatement(event, line);
  }
});

document.addEventListener("input", (event) => {
  const line = lineOf(event.target);
  if (!line || !event.target.matches("[data-statement]")) return;
  fit(event.target);
  endWithBlank(line.parentElement);
});

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target.closest("[data-move], [data-drop], [data-undo]") : null;
  if (!target) return;
  if (target.hasAttribute("data-undo")) undo();
  else if (target.hasAttribute("data-drop")) {
    event.preventDefault();
    drop(lineOf(target));
  } else move(lineOf(target), Number(target.dataset.move));
});

// « Garder », and Enter in a small box: the line is saved where it is.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-line-form]")) return;
  event.preventDefault();
  goOn(lineOf(event.target));
});

document.addEventListener("lines:swapped", (event) => ready(event.target));
document.addEventListener("line:restore", (event) => fill(event.target, event.detail));
document.addEventListener("lines:missing", (event) => {
  const { list, key, values } = event.detail;
  const line = blankFor(list, "", key);
  fill(line, values);
  list.lastElementChild?.before(line);
});

page.classList.add("has-script");
for (const line of page.querySelectorAll("[data-line]")) ready(line);
for (const list of page.querySelectorAll("[data-lines]")) endWithBlank(list);
