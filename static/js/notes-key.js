// Alt + N opens the notes of the page where findings are typed, from anywhere in it.

const notes = document.getElementById("notes");

document.addEventListener("keydown", (event) => {
  const plain = event.altKey && !event.ctrlKey && !event.metaKey && !event.getModifierState("AltGraph");
  if (!plain || event.code !== "KeyN" || !notes) return;
  event.preventDefault();
  notes.open = true;
  notes.querySelector("textarea").focus();
});
