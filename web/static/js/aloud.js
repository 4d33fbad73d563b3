// Lets a button read its card aloud, in the card's language; browsers that cannot
// speak never show it. Parts of the page that renew themselves need nothing more.
export function readAloud(root) {
  if (!("speechSynthesis" in window)) return;
  root.documentElement.dataset.speaks = "yes";
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-aloud]");
    if (button) toggle(button);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

function toggle(button) {
  const speaking = button.getAttribute("aria-pressed") === "true";
  speechSynthesis.cancel();
  for (const other of document.querySelectorAll("button[data-aloud]")) other.setAttribute("aria-pressed", "false");
  if (speaking) return;
  const card = document.getElementById(button.dataset.aloud);
  const speech = new SpeechSynthesisUtterance(words(card));
  speech.lang = card.closest("[lang]").lang;
  speech.onend = () => button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
  speechSynthesis.speak(speech);
}

function words(card) {
  const copy = card.cloneNode(true);
  for (const silent of copy.querySelectorAll("button, svg, [data-silent]")) silent.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}
