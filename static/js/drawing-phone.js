// A participant's drawing, kept on the telephone until it is sent: who they are, then actors one by one. The list grows
// without a connection; the server draws the solar system when it can be reached. Sent with a key that this telephone
// made, so that what is sent twice is one drawing; tried again until it is received. Without this script the page's
// forms do the same, and the server keeps the draft. See questions.js for the one question at a time.

const WAITS = [2000, 5000, 10000, 20000, 40000]; // before trying again, in milliseconds
const PATIENCE = 20000; // for an answer
const page = document.querySelector("[data-drawing]");
const part = (name) => page.querySelector(`[data-${name}]`);

if (page) begin();

function begin() {
  const store = `dessin:${page.dataset.token}`;
  let isKept = true;
  let state = load() ?? { key: newKey(), revision: 0, sent: 0, isAsked: false, who: null, ties: [] };
  let isSending = false;
  let tries = 0;
  let timer = 0;
  let drawingTimer = 0;

  // --- What the telephone keeps

  function load() {
    try {
      return JSON.parse(localStorage.getItem(store));
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      localStorage.setItem(store, JSON.stringify(state));
      isKept = true;
    } catch {
      isKept = false;
    }
  }

  function changed() {
    state.revision += 1;
    keep();
    if (!isKept) say("Ce téléphone ne garde rien\u00a0: envoyez avant de fermer la page.", true);
    else say(state.sent ? "Gardé sur ce téléphone. Envoyez de nouveau pour que ce soit reçu." : "Gardé sur ce téléphone.");
    show();
  }

  function say(words, isLate = false) {
    part("said").textContent = words;
    part("said").classList.toggle("late", isLate);
  }

  // --- What the page shows

  function show() {
    part("who").hidden = Boolean(state.who);
    part("around").hidden = !state.who;
    for (const name of ["mine", "send-box"]) part(name).hidden = !state.ties.length;
    part("list").replaceChildren(...state.ties.map(line));
    const isReceived = state.sent > 0 && state.sent === state.revision;
    part("send-button").textContent = state.sent ? "Envoyer de nouveau" : `Envoyer mon dessin (${state.ties.length})`;
    part("send").hidden = isReceived;
    part("after").hidden = !state.sent;
    const isFull = state.ties.length >= Number(page.dataset.most);
    part("add").hidden = isFull;
    page.dispatchEvent(new CustomEvent("drawing", { detail: { isWaiting: !isReceived } })); // see drawing-offline.js
    if (isFull) say(`${state.ties.length} acteurs\u00a0: c’est le plus qu’un dessin peut montrer.`);
    clearTimeout(drawingTimer);
    if (state.ties.length) drawingTimer = setTimeout(draw, 150);
  }

  function line(tie, index) {
    const made = part("line").content.cloneNode(true).firstElementChild;
    const place = (name) => made.querySelector(`[data-${name}]`);
    place("number").textContent = index + 1;
    place("name").textContent = tie.label;
    place("told").textContent = tie.told;
    place("whom").textContent = ` ${tie.label}`;
    place("remove").addEventListener("click", () => {
      state.ties.splice(index, 1);
      changed();
      (part("list").querySelectorAll("[data-remove]")[Math.max(0, index - 1)] ?? part("add").querySelector("input:not([type=hidden])")).focus();
    });
    return made;
  }

  // The picture is a help: without an answer the list says it all.
  async function draw() {
    const response = await post(page.dataset.systemUrl, body());
    if (response?.ok) part("system").innerHTML = await response.text();
  }

  // --- What is typed

  part("who").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const who = read(form);
    who.label = form.querySelector("[data-combobox]").value.trim();
    who.may_be_named = Boolean(who.may_be_named);
    if (!who.label && !who.name.trim()) return say("Écrivez votre organisation ou, à défaut, votre nom.", true);
    state.who = who;
    changed();
    part("add").querySelector("input:not([type=hidden])").focus();
  });

  // A reproach does not outlive what one writes next.
  part("who").addEventListener("input", () => {
    if (part("said").classList.contains("late")) say("");
  });

  part("add").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const tie = read(form);
    const box = form.querySelector("[data-combobox]");
    tie.label = box.value.trim();
    tie.told = told(form, tie);
    state.ties.push(tie);
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true })); // combobox.js forgets what was chosen
    form.reset();
    changed();
    box.focus();
  });

  function told(form, tie) {
    const words = (name) => (tie[name] ? form.querySelector(`[name="${name}"]:checked`).closest("label").textContent.trim() : "");
    const since = tie.since ? `depuis ${tie.since}` : "";
    const occasion = tie.occasion ? `né de\u00a0: ${tie.occasion}` : "";
    return [tie.subject, words("frequency"), since, occasion, words("closeness")].filter(Boolean).join(", ");
  }

  // --- Sending

  function body() {
    const sent = new URLSearchParams({ key: state.key, revision: state.revision });
    sent.set("drawing", JSON.stringify({ who: state.who, ties: state.ties.map(({ label, told, ...tie }) => tie) }));
    return sent;
  }

  async function send() {
    if (isSending || !state.isAsked || state.revision <= state.sent) return;
    clearTimeout(timer);
    isSending = true;
    say("Envoi…");
    const revision = state.revision;
    const response = await post(page.dataset.sending, body());
    isSending = false;
    if (!response) return later("Pas de réseau\u00a0: rien n’est perdu, on réessaie.");
    if (response.ok) return received(revision);
    if (response.status === 410) return location.reload(); // the page then says that it is over, and what is kept
    if (response.status === 403) await renew();
    if ([409, 422].includes(response.status)) return refused(response);
    const wait = Number(response.headers.get("Retry-After")) * 1000;
    later(wait ? "Beaucoup d’envois en même temps\u00a0: rien n’est perdu, on réessaie." : "Le serveur ne répond pas\u00a0: rien n’est perdu, on réessaie.", wait);
  }

  function received(revision) {
    tries = 0;
    state.sent = revision;
    state.isAsked = state.revision > revision;
    keep();
    say("Envoyé. Merci\u202f!");
    show();
    send();
  }

  async function refused(response) {
    state.isAsked = false;
    keep();
    say((await response.json()).error, true);
  }

  function later(words, wait = 0) {
    say(words, true);
    timer = setTimeout(send, wait || WAITS[Math.min(tries, WAITS.length - 1)]);
    tries += 1;
  }

  // The page was open so long that its form is no longer believed: a fresh page has another token.
  async function renew() {
    try {
      const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const token = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
      for (const box of page.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token;
    } catch {
      // the next try says so again
    }
  }

  part("send").addEventListener("submit", (event) => {
    event.preventDefault();
    state.isAsked = true;
    tries = 0;
    keep();
    send();
  });
  part("forget").addEventListener("click", () => {
    localStorage.removeItem(store);
    location.reload();
  });
  window.addEventListener("online", () => {
    send();
    if (state.ties.length) draw();
  });

  if (state.who) {
    say(state.sent && state.sent === state.revision ? "Envoyé. Merci\u202f!" : "Gardé sur ce téléphone.");
    show();
    send(); // what a closed page had not sent yet
  }
  if (!navigator.onLine && Date.now() > Number(page.dataset.closes) * 1000) {
    say("L’heure de la fin est passée\u00a0: un envoi ne sera peut-être plus reçu. Ce que vous avez écrit reste ici.", true);
  }
}

function read(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string"));
}

async function post(url, sent) {
  sent.set("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]").value);
  const patience = new AbortController(); // AbortSignal.timeout is missing on older telephones
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(url, { method: "POST", body: sent, redirect: "manual", signal: patience.signal });
  } catch {
    return null; // no network, or no answer
  } finally {
    clearTimeout(timer);
  }
}

// A random UUID; crypto.randomUUID is missing where a workshop's server has no HTTPS.
function newKey() {
  return [4, 2, 2, 2, 6]
    .map((size) => Array.from(crypto.getRandomValues(new Uint8Array(size)), (byte) => byte.toString(16).padStart(2, "0")).join(""))
    .join("-");
}
