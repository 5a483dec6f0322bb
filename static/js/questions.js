// One question at a time: <form data-questions> holds [data-question] parts, and [data-next], [data-back], [data-progress].
// The button that sends is there all along: only the first question needs an answer. What a box must hold is said by
// data-needed (the words when it is empty) and data-pattern with data-wrong. Without this script all questions show at once.

const partsOf = (form) => [...form.querySelectorAll("[data-question]")];
const current = new WeakMap();

function show(form, index, isAsked = true) {
  const parts = partsOf(form);
  current.set(form, index);
  parts.forEach((part, rank) => (part.hidden = rank !== index));
  const isLast = index === parts.length - 1;
  const next = form.querySelector("[data-next]");
  const send = form.querySelector("[type=submit]");
  form.querySelector("[data-back]").hidden = index === 0;
  next.hidden = isLast;
  send.classList.toggle("quiet", !isLast);
  const progress = form.querySelector("[data-progress]");
  progress.hidden = false;
  progress.textContent = `Question ${index + 1} sur ${parts.length}`;
  if (isAsked) parts[index].querySelector("input:not([type=hidden]):checked, input:not([type=hidden]), textarea")?.focus();
}

// What is wrong in a part, said beside the box; nothing when it is right.
function trouble(part) {
  for (const box of part.querySelectorAll("[data-needed], [data-pattern]")) {
    const text = box.value.trim();
    const wrong = !text ? box.dataset.needed : box.dataset.pattern && !new RegExp(box.dataset.pattern).test(text) && box.dataset.wrong;
    say(box, wrong || "");
    if (wrong) return box;
  }
  return null;
}

function say(box, words) {
  const id = `${box.id}-wrong`;
  let place = document.getElementById(id);
  if (!place && words) {
    place = Object.assign(document.createElement("p"), { id, className: "errorlist" });
    box.before(place);
    box.setAttribute("aria-describedby", `${id} ${box.getAttribute("aria-describedby") ?? ""}`.trim());
  }
  if (place) place.textContent = words && `⚠ ${words}`;
  box.toggleAttribute("aria-invalid", Boolean(words));
}

function go(form, step) {
  const parts = partsOf(form);
  const index = current.get(form);
  const wrong = step > 0 && trouble(parts[index]);
  if (wrong) return wrong.focus();
  show(form, Math.max(0, Math.min(parts.length - 1, index + step)));
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-next], [data-back]") : null;
  const form = button?.closest("[data-questions]");
  if (form) go(form, button.hasAttribute("data-next") ? 1 : -1);
});

// Enter in a box goes on to the next question; on the last, it sends.
document.addEventListener("keydown", (event) => {
  const form = event.target instanceof HTMLInputElement ? event.target.closest("[data-questions]") : null;
  if (!form || event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
  if (current.get(form) === partsOf(form).length - 1) return;
  event.preventDefault();
  go(form, 1);
});

// Before anyone else hears of the form: the first question that is wrong is shown instead.
document.addEventListener(
  "submit",
  (event) => {
    if (!event.target.matches("[data-questions]")) return;
    const parts = partsOf(event.target);
    const index = parts.findIndex((part) => trouble(part));
    if (index < 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(event.target, index);
  },
  true,
);

document.addEventListener("reset", (event) => {
  if (event.target.matches("[data-questions]")) show(event.target, 0, false);
});

for (const form of document.querySelectorAll("[data-questions]")) {
  // The server said what is wrong: there it begins.
  const wrong = partsOf(form).findIndex((part) => part.querySelector(".wrong"));
  form.classList.add("has-script");
  show(form, Math.max(0, wrong), wrong >= 0);
}
