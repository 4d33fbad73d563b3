// Keeps parts of a page up to date: an element with data-live="/live/…" and an
// id is fetched again when the server says that something changed.
export function follow(root) {
  for (const element of root.querySelectorAll("[data-live][id]")) listen(element);
}

function listen(element) {
  const source = new EventSource(element.dataset.live);
  let waiting, lost;
  const look = () => {
    clearTimeout(waiting); // several changes at once need one look
    waiting = setTimeout(() => renew(element.id), 200);
  };
  source.addEventListener("changed", look);
  source.addEventListener("error", () => (lost = true)); // the browser connects again by itself
  source.addEventListener("open", () => {
    element.dataset.following = "yes";
    if (lost) look(); // something may have changed meanwhile
    lost = false;
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

async function renew(id) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  if (!fresh || !old || fresh.innerHTML === old.innerHTML) return;
  const focused = old.contains(document.activeElement) && document.activeElement.id;
  old.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
  announce(old.dataset.changed);
}

// The words stand in the page, in the reader's language.
function announce(words) {
  const region = document.getElementById("announce");
  if (region && words) region.textContent = words;
}
