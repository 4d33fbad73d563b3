// Leaves at once: the link, or Escape three times within two seconds, puts the
// other site in the place of this page. Pages from before stay in the history.
export function leaveQuickly(root) {
  const link = root.querySelector("a[data-leave]");
  if (!link) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
  let pressed = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    pressed = [...pressed.slice(-2), event.timeStamp];
    if (pressed.length === 3 && event.timeStamp - pressed[0] < 2000) location.replace(link.href);
  });
}
