// Keeps a form with data-keep on a phone until it is sent, and sends it again when
// there is internet: a coach's contact, a member's press on the clock. Kept are
// what was typed and whom or what it can be about (data-names), for one role:
// they go when somebody else signs in, and at sign-out. The server keeps what has
// the same id once, so that sending twice does no harm. A form says where it goes
// (data-to) and which page comes then; * stands for what it is about.
const place = "meent-kept-2";
const owner = document.body.dataset.owner; // nobody on the page for no internet
let sent = []; // on this page

export function keepOffline(root) {
  if (owner && kept().owner && kept().owner !== owner) forget();
  for (const form of root.querySelectorAll('form[action^="/signout"]')) form.addEventListener("submit", () => navigator.onLine && forget());
  if (!("serviceWorker" in navigator)) return;
  if (owner && /face-(coach|member)/.test(document.body.className)) {
    navigator.serviceWorker.register("/sw.js");
    learnNames(root.querySelector("[data-names]"));
  }
  for (const form of root.querySelectorAll("form[data-keep]")) prepare(form);
  show();
  addEventListener("online", sendAll);
  sendAll();
}

function kept() {
  return JSON.parse(localStorage.getItem(place) ?? '{"names":{},"entries":{}}');
}

function change(how) {
  const all = kept();
  how(all);
  localStorage.setItem(place, JSON.stringify(all));
}

function forget() {
  localStorage.removeItem(place);
}

function learnNames(list) {
  if (!list) return;
  change((all) => {
    all.owner = owner;
    if ("whole" in list.dataset) all.names = {};
    for (const one of list.children) all.names[one.dataset.name] = { text: one.textContent, of: list.dataset.names };
  });
}

// prepare fills what only the phone knows, and lets the form go through it.
function prepare(form) {
  const { names, entries, owner: by } = kept();
  const of = form.dataset.anybody;
  if (of) {
    const mine = Object.entries(names).filter(([, name]) => name.of === of);
    form.hidden = mine.length === 0;
    document.querySelector("[data-nobody]").hidden = Object.keys(names).length > 0;
    const choice = form.querySelector("select");
    for (const [about, { text }] of mine) choice.add(new Option(text, about));
    const here = location.pathname.split("/")[2];
    if (here in names) choice.value = here;
    form.elements.id.value = crypto.randomUUID();
    form.elements.by.value = by;
  }
  const again = entries[new URLSearchParams(location.search).get("kept")];
  if (again) for (const [name, value] of new URLSearchParams(again.body)) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // pressed twice
    event.preventDefault();
    submit(form, event.submitter);
  });
}

async function submit(form, button) {
  const fields = new FormData(form);
  if (button?.name) fields.set(button.name, button.value);
  const about = form.dataset.keep || form.querySelector("select").value;
  const [to, then] = [form.dataset.to, form.dataset.then].map((path) => path.replace("*", about));
  const id = fields.get("id");
  change((all) => {
    const since = all.entries[id]?.since ?? Date.now() - 1000 * fields.get("ago");
    const what = fields.get("why") ?? button.textContent.trim();
    all.entries[id] = { about, to, what, look: fields.has("why") ? to : then, since, body: new URLSearchParams(fields).toString(), state: "waits" };
  });
  const state = await send(id);
  if (state === "sent") return location.assign(then);
  if (state === "waits" || state === "signin" || form.dataset.anybody) return rest(form);
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  form.submit(); // the server's page says what is the matter
}

function rest(form) {
  form.remove();
  show();
  document.getElementById("kept").focus();
}

async function sendAll() {
  for (const [id, entry] of Object.entries(kept().entries)) {
    if (entry.state === "waits" || entry.state === "signin") await send(id);
  }
  show();
}

// send gives what became of it. A fault of the server or the network waits.
async function send(id) {
  const { entries, names } = kept();
  const entry = entries[id];
  if (!entry) return "sent"; // by another page, meanwhile
  const body = new URLSearchParams(entry.body);
  body.set("ago", Math.round((Date.now() - entry.since) / 1000)); // no clock of a phone is trusted
  let state = "waits";
  try {
    const answer = await fetch(entry.to, { method: "POST", redirect: "manual", headers: { Accept: "application/json" }, body });
    if (answer.type === "opaqueredirect") state = "signin";
    else if (answer.status === 201) state = "sent";
    else if (answer.status === 403 || answer.status === 404) state = "refused";
    else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) state = "look";
  } catch {
    // no internet
  }
  change((all) => {
    if (state === "sent") delete all.entries[id];
    else if (all.entries[id]) all.entries[id].state = state;
  });
  if (state === "sent") sent.push({ ...entry, state, first: names[entry.about]?.text });
  return state;
}

// show lists what is kept, but for what stands in a form on this page.
function show() {
  const section = document.querySelector("[data-kept]");
  if (!section) return;
  const { entries, names } = kept();
  const typed = document.querySelector('form[data-keep] [name="id"]')?.value;
  const lines = Object.entries(entries).filter(([id]) => id !== typed).map(([id, one]) => line(section, id, one, names[one.about]?.text));
  for (const one of sent) lines.push(line(section, "", one, one.first));
  section.querySelector("ul").replaceChildren(...lines);
  section.hidden = lines.length === 0;
}

function line(section, id, entry, first = "") {
  const row = section.querySelector(`template[data-state="${entry.state}"]`).content.firstElementChild.cloneNode(true);
  row.querySelector("[data-first]").textContent = first;
  row.querySelector("[data-what]").textContent = entry.what;
  row.querySelector("[data-open]")?.setAttribute("href", `${entry.look}?kept=${id}`);
  row.querySelector("[data-remove]")?.addEventListener("click", () => {
    change((all) => delete all.entries[id]);
    show();
  });
  row.querySelector("[data-copy]")?.addEventListener("click", async ({ target }) => {
    await navigator.clipboard.writeText(entry.what);
    target.textContent = target.dataset.copied;
  });
  return row;
}
