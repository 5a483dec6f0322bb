// « Copier le lien » and « Imprimer »: the buttons are hidden without this script.

function show() {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy-link]")) button.hidden = false;
}

async function copyLink(button) {
  const said = button.parentElement.querySelector("[data-copy-said]");
  try {
    await navigator.clipboard.writeText(location.href);
    if (said) said.textContent = "Lien copié.";
  } catch {
    if (said) said.textContent = "Le navigateur a refusé la copie : copiez l’adresse de la page.";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-print], [data-copy-link]") : null;
  if (!button) return;
  if (button.hasAttribute("data-print")) window.print();
  else copyLink(button);
});

document.addEventListener("htmx:afterSettle", show);
show();
