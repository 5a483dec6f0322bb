// `@` names an actor or an initiative, `#` a trigger, in a [data-mentions] box (its value is the address that answers
// ?sign=&q= with {results: [{name, value, label, detail}]}). Choosing writes the name in the text and ticks a box of that name and
// value in the [data-mentioned] group of the form. ARIA combobox pattern, as in combobox.js.

const PAUSE = 150; // milliseconds without typing before asking
const AT_CARET = /(?:^|[\s(«'’])([@#])([\p{L}\d][\p{L}\d’' .-]{1,40})$/u;
let count = 0;
let open = null; // {box, list, options, active, from}
let timer = 0;
let request = null;

function listOf(box) {
  if (box.mentionList) return box.mentionList;
  const list = document.createElement("ul");
  Object.assign(list, { id: `mentions-${++count}`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Mentions possibles");
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const index = open?.options.findIndex((option) => option.element.contains(event.target)) ?? -1;
    if (index >= 0) choose(index);
  });
  box.after(list);
  for (const [name, value] of Object.entries({ "aria-autocomplete": "list", "aria-controls": list.id })) box.setAttribute(name, value);
  box.mentionList = list;
  return list;
}

function asked(box) {
  const found = AT_CARET.exec(box.value.slice(0, box.selectionStart));
  return found ? { sign: found[1], text: found[2], from: box.selectionStart - found[2].length - 1 } : null;
}

async function ask(box) {
  request?.abort();
  const wanted = asked(box);
  if (!wanted) return close();
  request = new AbortController();
  const url = new URL(box.dataset.mentions, location.href);
  url.search = new URLSearchParams({ sign: wanted.sign, q: wanted.text });
  try {
    const response = await fetch(url, { signal: request.signal, redirect: "manual" });
    if (response.ok) show(box, (await response.json()).results, wanted.from);
  } catch (error) {
    if (error.name !== "AbortError") close(); // a help: the sentence goes without
  }
}

function show(box, results, from) {
  close();
  if (document.activeElement !== box || !results.length) return;
  const list = listOf(box);
  const options = results.map((result, index) => ({ ...result, element: draw(result, `${list.id}-${index}`) }));
  list.replaceChildren(...options.map((option) => option.element));
  list.hidden = false;
  open = { box, list, options, active: -1, from };
  point(0);
}

function draw(result, id) {
  const element = Object.assign(document.createElement("li"), { id });
  element.setAttribute("role", "option");
  const detail = document.createElement("small");
  detail.textContent = result.detail;
  element.append(result.label, " ", detail);
  return element;
}

function point(index) {
  open.active = (index + open.options.length) % open.options.length;
  open.options.forEach(({ element }, rank) => element.setAttribute("aria-selected", String(rank === open.active)));
  open.box.setAttribute("aria-activedescendant", open.options[open.active].element.id);
}

function close() {
  if (!open) return;
  open.list.hidden = true;
  open.box.removeAttribute("aria-activedescendant");
  open = null;
}

function choose(index) {
  const { box, from, options } = open;
  const { name, value, label } = options[index];
  close();
  box.setRangeText(label, from, box.selectionStart, "end");
  tick(box.form.querySelector("[data-mentioned]"), name, value, label);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function tick(group, name, value, label) {
  const known = [...group.querySelectorAll("input")].find((box) => box.name === name && box.value === String(value));
  if (known) {
    known.checked = true;
    return;
  }
  const line = Object.assign(document.createElement("label"), { className: "tick" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value, checked: true });
  line.append(box, ` ${label}`);
  group.append(line);
  group.hidden = false;
}

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-mentions]")) return;
  clearTimeout(timer);
  if (asked(event.target)) timer = setTimeout(() => ask(event.target), PAUSE);
  else close();
});

// Before the keys of the line (capture): Enter chooses while the list is open.
document.addEventListener(
  "keydown",
  (event) => {
    if (!open || event.target !== open.box || event.altKey || event.ctrlKey) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" || event.key === "Tab") choose(open.active);
    else if (event.key === "ArrowDown") point(open.active + 1);
    else if (event.key === "ArrowUp") point(open.active - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("focusout", (event) => {
  if (open && event.target === open.box) close();
});
