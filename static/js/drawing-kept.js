// The evening is over: what a telephone still keeps (see drawing-phone.js) is shown as text, to be copied.

const page = document.querySelector("[data-closed]");
const store = `dessin:${page.dataset.token}`;
const text = page.querySelector("[data-kept-text]");
const said = page.querySelector("[data-said]");

function kept() {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "null");
  } catch {
    return null;
  }
}

const state = kept();
if (state?.ties?.length) {
  const who = [state.who.name, state.who.function, state.who.label].filter(Boolean).join(", ");
  const lines = state.ties.map((tie) => (tie.told ? `${tie.label}\u00a0: ${tie.told}` : tie.label));
  text.value = [who, ...lines].filter(Boolean).join("\n");
  page.querySelector("[data-forget]").hidden = false;
}
if (text.value.trim()) {
  page.querySelector("[data-kept]").hidden = false;
  page.querySelector("[data-copy]").hidden = false;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(text.value);
    said.textContent = "Copié.";
  } catch {
    text.select();
    said.textContent = document.execCommand("copy") ? "Copié." : "Le texte est choisi\u00a0: copiez-le.";
  }
}

page.querySelector("[data-copy]").addEventListener("click", copy);
page.querySelector("[data-forget]").addEventListener("click", () => {
  localStorage.removeItem(store);
  text.value = "";
  page.querySelector("[data-kept]").hidden = true;
});
