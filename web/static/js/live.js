// Keeps parts of a page up to date: an element with data-live="/live/…" and an
// id is fetched again when the server says that something changed.
export function follow(root) {
  const streams = new Map(); // parts of one page share a stream and a fetch
  for (const element of root.querySelectorAll("[data-live][id]")) {
    const ids = streams.get(element.dataset.live) ?? [];
    streams.set(element.dataset.live, [...ids, element.id]);
  }
  for (const [path, ids] of streams) listen(path, ids);
}

function listen(path, ids) {
  const source = new EventSource(path);
  let waiting, lost;
  const look = () => {
    clearTimeout(waiting); // several changes at once need one look
    waiting = setTimeout(() => renew(ids), 200);
  };
  source.addEventListener("changed", look);
  source.addEventListener("error", () => (lost = true)); // the browser connects again by itself
  source.addEventListener("open", () => {
    for (const id of ids) document.getElementById(id).dataset.following = "yes";
    if (lost) look(); // something may have changed meanwhile
    lost = false;
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

async function renew(ids) {
  const path = location.href, asked = fetch(path, { headers: { Accept: "text/html" } });
  const text = await asked.then((answer) => (answer.ok ? answer.text() : "")).catch(() => ""); // without an answer all stays
  const page = new DOMParser().parseFromString(text, "text/html");
  if (path !== location.href) return; // somebody looks for something else by now
  for (const id of ids) replace(document.getElementById(id), page.getElementById(id));
}

// replace leaves alone what did not change, and what somebody typed in it.
function replace(old, fresh) {
  if (!fresh || !old) return;
  keepFolds(old, fresh);
  if (fresh.innerHTML === old.innerHTML) return;
  const focused = old.contains(document.activeElement) && document.activeElement.id;
  old.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
  announce(old.dataset.changed);
}

// keepFolds leaves open what somebody opened, and shut what they shut.
function keepFolds(old, fresh) {
  const name = (fold) => fold.id || fold.querySelector("summary")?.textContent;
  const open = new Map(Array.from(old.querySelectorAll("details"), (fold) => [name(fold), fold.open]));
  for (const fold of fresh.querySelectorAll("details")) fold.open = open.get(name(fold)) ?? fold.open;
}

// The words stand in the page, in the reader's language.
function announce(words) {
  const region = document.getElementById("announce");
  if (region && words) region.textContent = words;
}
