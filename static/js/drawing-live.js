// The projected screen: asks every few seconds whether something arrived, and shows it. Nothing arrived costs a 304.
// <div data-arrivals data-url data-tag>; inside, [data-said] is what a screen reader is told, through [data-live].

const EVERY = 3000; // milliseconds
const place = document.querySelector("[data-arrivals]");
const live = document.querySelector("[data-live]");
let tag = place.dataset.tag;

async function look() {
  if (document.hidden) return;
  try {
    const response = await fetch(place.dataset.url, { redirect: "manual", headers: { "If-None-Match": tag } });
    live.classList.toggle("late", !response.ok && response.status !== 304);
    if (!response.ok) return;
    tag = response.headers.get("ETag") ?? tag;
    place.innerHTML = await response.text();
    live.textContent = place.querySelector("[data-said]").dataset.said;
  } catch {
    live.textContent = "Pas de réseau\u00a0: l’écran se remettra à jour seul.";
    live.classList.add("late");
  }
}

setInterval(look, EVERY);
