// Shows what others type on the page of findings: asks the server every few seconds which lines it holds, and brings those that
// changed. A line that one is writing, or that is not saved yet, is left alone: saving it will tell.

const EVERY = 4000; // milliseconds
const page = document.querySelector("[data-entering]");

const isBusy = (line) => line.hasAttribute("data-dirty") || line.contains(document.activeElement);
const urlOf = (list, key) => {
  const pattern = list.parentElement.querySelector("template[data-blank]").content.querySelector("[data-line]");
  return pattern.querySelector("form").getAttribute("action").replace(pattern.dataset.key, key);
};

async function fetchLine(list, key) {
  const response = await fetch(urlOf(list, key), { redirect: "manual" });
  if (!response.ok) return null;
  const holder = document.createElement("ol");
  holder.innerHTML = await response.text();
  return holder.firstElementChild;
}

async function refresh(list, known, key) {
  const line = await fetchLine(list, key);
  if (!line || (known && isBusy(known) && !known.hasAttribute("data-take"))) return;
  if (known) known.replaceWith(line);
  else list.lastElementChild.before(line);
  line.dispatchEvent(new CustomEvent("lines:swapped", { bubbles: true }));
}

async function compare(list, lines) {
  for (const { key, version } of lines) {
    const known = document.getElementById(`ligne-${key}`);
    if (!known) await refresh(list, null, key);
    else if (!isBusy(known) && Number(known.dataset.version) < version) await refresh(list, known, key);
  }
  const held = new Set(lines.map(({ key }) => key));
  for (const line of [...list.children]) {
    if (line.dataset.version !== "0" && !held.has(line.dataset.key) && !isBusy(line)) line.remove();
  }
  arrange(list, lines);
}

// The order of the server, unless one is at work in this list.
function arrange(list, lines) {
  if (list.contains(document.activeElement) || list.querySelector("[data-dirty]")) return;
  const order = lines.map(({ key }) => document.getElementById(`ligne-${key}`)).filter((line) => line?.parentElement === list);
  const now = [...list.children].filter((line) => order.includes(line));
  if (order.every((line, index) => line === now[index])) return;
  for (const line of [...order].reverse()) list.prepend(line);
}

async function look() {
  if (document.hidden) return;
  try {
    const response = await fetch(page.dataset.stateUrl, { redirect: "manual", headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const { sessions } = await response.json();
    for (const list of page.querySelectorAll("[data-lines]")) await compare(list, sessions[list.dataset.session] ?? []);
  } catch {
    // no connection: what one types is kept by lines-saving.js, and the next look may succeed
  }
}

// « Prendre la sienne »: what is here gives way to what the server holds.
document.addEventListener("line:refresh", (event) => {
  event.target.setAttribute("data-take", "");
  refresh(event.target.parentElement, event.target, event.target.dataset.key);
});

setInterval(look, EVERY);
