// Filters fold on a narrow screen, where they would stand between the search and its results: <details open
// data-fold-narrow>. Without this script, and on a wide screen, they stay open. What a visitor opened stays so when
// htmx brings a new list.

const narrow = window.matchMedia("(max-width: 800px)");
let opened = false;

function fold() {
  for (const details of document.querySelectorAll("details[data-fold-narrow]")) details.open = !narrow.matches || opened;
}

document.addEventListener("click", (event) => {
  const summary = event.target instanceof Element ? event.target.closest("[data-fold-narrow] > summary") : null;
  if (summary) opened = !summary.parentElement.open;
});

narrow.addEventListener("change", fold);
document.addEventListener("htmx:afterSettle", fold);
fold();
