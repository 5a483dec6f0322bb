// Keeps a participant's page on the telephone while something of it is not sent: reloaded without a network, it is there again,
// with what was typed (see drawing-phone.js). Forgotten once all is sent, or the evening over. Needs HTTPS, as browsers want;
// without it the page is as before. The worker tries the network first: what it kept is for when nobody answers.

const page = document.querySelector("[data-worker]");
const name = `dessin:${page?.dataset.token}`;
const PARTS = ["script", "link", "css"]; // what a page is made of, by who asked for it

if (page && "serviceWorker" in navigator) begin();

function begin() {
  let isWanted = !page.hasAttribute("data-closed");
  let isKept = null;
  let work = new Promise((done) => addEventListener("load", done));
  const follow = () => {
    work = work.then(async () => {
      if (isWanted === isKept) return;
      isKept = isWanted;
      await (isWanted ? keep() : forget());
    }).catch(() => (isKept = null)); // no room, or no network: tried again at the next change
  };
  page.addEventListener("drawing", (event) => {
    isWanted = event.detail.isWaiting;
    follow();
  });
  follow();
}

async function keep() {
  await navigator.serviceWorker.register(page.dataset.worker);
  const parts = performance.getEntriesByType("resource").filter(({ initiatorType }) => PARTS.includes(initiatorType));
  const ours = parts.map((part) => part.name).filter((url) => url.startsWith(`${location.origin}/`));
  await (await caches.open(name)).addAll([location.pathname, ...new Set(ours)]);
}

async function forget() {
  await caches.delete(name);
  await (await navigator.serviceWorker.getRegistration())?.unregister();
}
