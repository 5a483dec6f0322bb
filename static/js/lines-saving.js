// Saves each line of the page of findings as it is typed (a pause, or leaving the line), and says so. What does not reach the
// server stays in the page and in this tab's storage, and is sent again until it does; what someone else wrote meanwhile is
// shown, never overwritten. A line not saved has data-dirty.

const PAUSE = 800; // milliseconds without typing
const WAITS = [2000, 5000, 10000, 20000]; // before trying again
const page = document.querySelector("[data-entering]");
const said = page.querySelector("[data-saved]");
const store = `lines:${location.pathname}`;
const states = new WeakMap();

const stateOf = (line) => states.get(line) ?? states.set(line, { timer: 0, tries: 0, sending: null }).get(line);
const formOf = (line) => line.querySelector("form");
const lineOf = (element) => (element instanceof Element ? element.closest("[data-line]") : null);
const text = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
const isNothing = (line) => !line.querySelector("[data-statement]").value.trim() && line.dataset.version === "0";

function say(words, isLate = false) {
  said.textContent = words;
  said.classList.toggle("late", isLate);
}

function schedule(line, wait) {
  const state = stateOf(line);
  clearTimeout(state.timer);
  line.dataset.dirty = "";
  keep(line);
  state.timer = setTimeout(() => send(line), wait);
}

// --- What this tab keeps until the server has it

const kept = () => JSON.parse(sessionStorage.getItem(store) ?? "{}");
const write = (lines) => sessionStorage.setItem(store, JSON.stringify(lines));

function keep(line) {
  if (isNothing(line)) return;
  const session = line.closest("[data-lines]")?.dataset.session ?? "";
  write({ ...kept(), [line.dataset.key]: { session, values: [...text(formOf(line))].filter(([name]) => name !== "csrfmiddlewaretoken") } });
}

function forget(line) {
  const lines = kept();
  delete lines[line.dataset.key];
  write(lines);
}

// --- Sending

async function send(line) {
  const state = stateOf(line);
  if (state.sending) return state.sending;
  if (!line.isConnected || isNothing(line) || state.conflict) return;
  clearTimeout(state.timer);
  state.sending = inTurn(line, state);
  await state.sending;
  state.sending = null;
}

const isKnown = (line) => Boolean(line) && line.dataset.version !== "0";

// A new line says after which one it comes: two sent at once could arrive in the other order.
async function inTurn(line, state) {
  const above = line.previousElementSibling;
  if (above && !isKnown(line)) await stateOf(above).sending;
  await post(line, state);
}

async function post(line, state) {
  const form = formOf(line);
  const body = text(form);
  const typed = body.toString();
  const above = line.previousElementSibling;
  // Of a place that the server cannot know it makes the last one.
  const isMisplaced = !isKnown(line) && !isKnown(above) && isKnown(line.nextElementSibling);
  body.set("after", above?.dataset.key ?? "");
  let response = null;
  try {
    response = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
  } catch {
    return later(line, "Pas encore enregistré : la connexion est coupée. Rien n’est perdu, la page réessaie.");
  }
  if (response.type === "opaqueredirect") return later(line, "Pas encore enregistré : reconnectez-vous dans un autre onglet.");
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
  if (response.ok && answer) {
    saved(line, answer, typed);
    if (isMisplaced && line.isConnected) order(line.parentElement);
  } else if (answer && [409, 410, 422].includes(response.status)) refuse(line, state, response.status, answer);
  else later(line, "Pas encore enregistré : le serveur ne répond pas. Rien n’est perdu, la page réessaie.");
}

function saved(line, answer, typed) {
  const form = formOf(line);
  const isUnchanged = text(form).toString() === typed;
  stateOf(line).tries = 0;
  line.dataset.version = form.elements.namedItem("version").value = answer.version;
  line.classList.remove("proposed");
  line.querySelector("[data-proposed]")?.remove();
  trouble(line, "");
  say(answer.said);
  if (!isUnchanged) return schedule(line, PAUSE);
  delete line.dataset.dirty;
  forget(line);
  const box = form.elements.namedItem("statement");
  form.elements.namedItem("kind").value = answer.kind;
  if (box.value.trim() !== answer.statement) box.value = answer.statement;
  form.elements.namedItem("theme_name").value = "";
  const side = line.querySelector("[data-side]");
  if (!side.contains(document.activeElement)) side.innerHTML = answer.side;
}

function later(line, words) {
  const state = stateOf(line);
  say(words, true);
  const wait = WAITS[Math.min(state.tries, WAITS.length - 1)];
  state.tries += 1;
  state.timer = setTimeout(() => send(line), wait);
}

// --- What stops a line

function refuse(line, state, status, answer) {
  if (status === 422) return trouble(line, answer.error);
  state.conflict = true;
  say("Une ligne attend votre choix.", true);
  if (status === 410) trouble(line, answer.error, [["La remettre", () => again(line, 0)], ["La retirer", () => discard(line)]]);
  else {
    trouble(line, answer.error, [
      ["Garder ma version", () => again(line, answer.version)],
      ["Prendre la sienne", () => take(line)],
    ]);
  }
}

function trouble(line, words, choices = []) {
  const place = line.querySelector("[data-trouble]");
  place.replaceChildren(words, ...choices.map(([label, act]) => button(label, act)));
  place.hidden = !words;
}

function button(label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: label });
  made.addEventListener("click", act);
  return made;
}

function again(line, version) {
  stateOf(line).conflict = false;
  formOf(line).elements.namedItem("version").value = version;
  line.dataset.version = version;
  send(line);
}

function discard(line) {
  forget(line);
  line.remove();
}

async function take(line) {
  forget(line);
  line.dispatchEvent(new CustomEvent("line:refresh", { bubbles: true }));
}

// --- Moves and drops: small, sent at once, repeated by the next one if they fail

async function tell(url, body) {
  body.set("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const response = await fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
    if (response.ok) return true;
  } catch {
    // said below
  }
  say("Pas encore enregistré : réessayez dans un instant.", true);
  return false;
}

const unordered = new Set(); // lists whose order the server does not know yet
let ordering = 0;
function order(list) {
  unordered.add(list);
  clearTimeout(ordering);
  ordering = setTimeout(tellOrder, 400);
}

async function tellOrder() {
  clearTimeout(ordering);
  const lists = [...unordered];
  unordered.clear();
  for (const list of lists) {
    const body = new URLSearchParams({ session: list.dataset.session });
    for (const line of list.children) if (isKnown(line)) body.append("keys", line.dataset.key);
    if (await tell(page.dataset.orderUrl, body)) say("Ordre enregistré.");
  }
}

async function dropLine(line) {
  const state = stateOf(line);
  clearTimeout(state.timer);
  forget(line);
  const url = formOf(line).action;
  await state.sending;
  if (line.dataset.version !== "0" && (await tell(url, new URLSearchParams({ drop: "1" })))) say("Ligne retirée.");
}

// --- Listening

document.addEventListener("input", (event) => {
  const line = lineOf(event.target);
  // The name of a theme means something once it is whole: `change` says so.
  if (line && event.target.name !== "theme_name") schedule(line, PAUSE);
});
document.addEventListener("change", (event) => {
  const line = lineOf(event.target);
  if (line) schedule(line, PAUSE / 4);
});
document.addEventListener("line:save", (event) => {
  // A proposal that one goes past is kept; a line that was put back is new to the server.
  if (event.target.matches(".proposed, [data-dirty], [data-version='0']")) schedule(event.target, 0);
});
document.addEventListener("line:moved", (event) => order(event.target.parentElement));
document.addEventListener("line:drop", (event) => dropLine(event.target));
window.addEventListener("online", () => sendAll());
window.addEventListener("beforeunload", (event) => {
  if (page.querySelector("[data-line][data-dirty]")) event.preventDefault();
});

const dirty = () => [...page.querySelectorAll("[data-line][data-dirty]")].filter((line) => !isNothing(line));
const sendAll = () => Promise.all(dirty().map(send));

// « Enregistrer les constats » waits until every line is with the server, in its place.
const record = page.querySelector("[data-record]");
record.addEventListener("submit", async (event) => {
  if (!dirty().length && !unordered.size) return;
  event.preventDefault();
  await sendAll();
  await tellOrder();
  if (dirty().length) say("Certaines lignes ne sont pas encore enregistrées : la page réessaie.", true);
  else record.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && lineOf(event.target)) {
    event.preventDefault();
    record.requestSubmit();
  }
});

// What a closed or reloaded tab had not sent yet comes back first.
for (const [key, { session, values }] of Object.entries(kept())) {
  const list = [...page.querySelectorAll("[data-lines]")].find((one) => one.dataset.session === session);
  if (!list) continue;
  const known = document.getElementById(`ligne-${key}`);
  if (known) known.dispatchEvent(new CustomEvent("line:restore", { bubbles: true, detail: values }));
  else document.dispatchEvent(new CustomEvent("lines:missing", { detail: { list, key, values } }));
  const line = document.getElementById(`ligne-${key}`);
  if (line) schedule(line, PAUSE);
}
