// Suggestions under a box (ARIA combobox pattern): <input data-combobox data-url="/…json">. The address answers
// ?q= with {results: [{label, detail, value}]}. Choosing writes the label in the box and sends `value` under the box's
// own name. A result may also say: group (the heading it stands under; results of a group follow one another), goes
// and url (choosing opens that page), box (choosing fills the box of this name in the same form, and empties this one).
// Further attributes: data-min (letters before asking, 2), data-submit (choosing sends the form).
// Works on what htmx swaps in. Without this script the box sends what was typed, and the server asks which one.

const PAUSE = 150; // milliseconds without typing before asking
let count = 0;
const states = new WeakMap(); // of each box

function enhance(input) {
  if (input.dataset.ready) return;
  input.dataset.ready = "yes";
  const id = `suggestions-${++count}`;
  const list = document.createElement("ul");
  const said = document.createElement("span");
  Object.assign(list, { id, hidden: true, className: "suggestions" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Propositions");
  said.className = "sr-only";
  said.setAttribute("role", "status");
  input.after(list, said);
  input.parentElement.classList.add("with-suggestions");
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  const state = { list, said, hidden: null, options: [], active: -1, timer: 0, request: null };
  states.set(input, state);
  listen(input, state);
}

function listen(input, state) {
  input.addEventListener("input", () => {
    forget(input, state);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(input, state), PAUSE);
  });
  input.addEventListener("keydown", (event) => key(event, input, state));
  input.addEventListener("blur", () => close(input, state));
  state.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  state.list.addEventListener("click", (event) => {
    const index = state.options.findIndex((option) => option.element.contains(event.target));
    if (index >= 0) choose(input, state, index);
  });
}

async function ask(input, state) {
  state.request?.abort();
  const text = input.value.trim();
  if (text.length < Number(input.dataset.min || 2)) return close(input, state);
  state.request = new AbortController();
  const url = new URL(input.dataset.url, location.href);
  url.searchParams.set("q", text);
  try {
    const response = await fetch(url, { signal: state.request.signal, headers: { Accept: "application/json" } });
    if (response.ok) show(input, state, (await response.json()).results);
  } catch (error) {
    if (error.name !== "AbortError") close(input, state); // suggestions are a help: the form works without
  }
}

function show(input, state, results) {
  if (document.activeElement !== input) return;
  state.active = -1;
  state.options = results.map((result, index) => ({ ...result, element: draw(result, `${state.list.id}-${index}`) }));
  state.list.replaceChildren(...grouped(state.options, state.list.id));
  open(input, state, results.length > 0);
  const many = results.length > 1 ? "s" : "";
  state.said.textContent = results.length ? `${results.length} proposition${many}` : "Aucune proposition";
}

// Options as they are or, where they have a group, under its heading.
function grouped(options, id) {
  const parts = new Map();
  for (const { group, element } of options) {
    if (!group) parts.set(element, element);
    else (parts.get(group) ?? parts.set(group, heading(group, `${id}-group-${parts.size}`)).get(group)).append(element);
  }
  return parts.values();
}

function heading(text, id) {
  const group = document.createElement("li");
  const name = document.createElement("span");
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", id);
  Object.assign(name, { id, className: "suggestions-group", textContent: text });
  name.setAttribute("role", "presentation");
  group.append(name);
  return group;
}

function draw(result, id) {
  const element = document.createElement(result.group ? "div" : "li");
  element.id = id;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  const label = document.createElement("span");
  label.textContent = result.label;
  element.append(label);
  if (result.detail) {
    const detail = document.createElement("small");
    detail.textContent = result.detail;
    element.append(" ", detail);
  }
  return element;
}

function open(input, state, isOpen) {
  state.list.hidden = !isOpen;
  input.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) input.removeAttribute("aria-activedescendant");
}

function close(input, state) {
  clearTimeout(state.timer);
  state.request?.abort();
  state.active = -1;
  state.said.textContent = "";
  open(input, state, false);
}

function key(event, input, state) {
  const isOpen = !state.list.hidden;
  if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    close(input, state);
  } else if (event.key === "Enter" && isOpen && state.active >= 0) {
    event.preventDefault();
    choose(input, state, state.active);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isOpen) move(input, state, event.key === "ArrowDown" ? 1 : -1);
    else ask(input, state);
  }
}

// From the last option to the box itself, and round again.
function move(input, state, step) {
  const places = state.options.length + 1;
  state.active = ((state.active + 1 + step + places) % places) - 1;
  state.options.forEach(({ element }, index) => element.setAttribute("aria-selected", String(index === state.active)));
  if (state.active < 0) return input.removeAttribute("aria-activedescendant");
  const { element } = state.options[state.active];
  input.setAttribute("aria-activedescendant", element.id);
  element.scrollIntoView({ block: "nearest" });
}

function choose(input, state, index) {
  const { label, value, goes, url, box } = state.options[index];
  if (goes) {
    close(input, state);
    state.said.textContent = `${label} choisi`;
    return location.assign(url);
  }
  // A box that sends a hidden value has lent it its name.
  const other = box && input.form?.querySelector(`[data-combobox]:is([name="${box}"], [data-name="${box}"])`);
  if (other && other !== input) {
    forget(input, state);
    input.value = "";
    close(input, state);
    other.focus();
    return fill(other, states.get(other), label, value);
  }
  fill(input, state, label, value);
}

function fill(input, state, label, value) {
  forget(input, state);
  input.value = label;
  if (value !== undefined && value !== label && input.name) {
    state.hidden = Object.assign(document.createElement("input"), { type: "hidden", name: input.name, value });
    input.dataset.name = input.name;
    input.removeAttribute("name");
    input.after(state.hidden);
  }
  close(input, state);
  state.said.textContent = `${label} choisi`;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  if (input.hasAttribute("data-submit")) input.form?.requestSubmit();
}

// The box speaks for itself again as soon as it is changed.
function forget(input, state) {
  if (!state.hidden) return;
  state.hidden.remove();
  state.hidden = null;
  input.name = input.dataset.name;
}

function enhanceAll() {
  for (const input of document.querySelectorAll("[data-combobox]")) enhance(input);
}

document.addEventListener("htmx:afterSettle", enhanceAll);
enhanceAll();
