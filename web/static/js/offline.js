// Keeps a contact on a coach's phone until it is sent, and sends it again when
// there is internet. Kept are what the coach typed and first names of members,
// for one role: they go when somebody else signs in, and at sign-out. The server
// keeps what has the same id once, so that sending twice does no harm.
const place = "meent-kept";
const owner = document.body.dataset.owner; // nobody on the page for no internet
let sent = []; // on this page

export function keepOffline(root) {
  if (owner && kept().owner && kept().owner !== owner) forget();
  for (const form of root.querySelectorAll('form[action^="/signout"]')) form.addEventListener("submit", () => navigator.onLine && forget());
  if (!("serviceWorker" in navigator)) return;
  if (owner && document.body.classList.contains("face-coach")) {
    navigator.serviceWorker.register("/sw.js");
    learnNames(root.querySelector("[data-names]"));
  }
  for (const form of root.querySelectorAll("form[data-keep]")) prepare(form);
  show();
  addEventListener("online", sendAll);
  sendAll();
}

function kept() {
  return JSON.parse(localStorage.getItem(place) ?? '{"names":{},"contacts":{}}');
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
    for (const one of list.children) all.names[one.dataset.member] = one.textContent;
  });
}

// prepare fills what only the phone knows, and lets the form go through it.
function prepare(form) {
  const { names, contacts, owner: by } = kept();
  if ("anybody" in form.dataset) {
    form.hidden = Object.keys(names).length === 0;
    document.querySelector("[data-nobody]").hidden = !form.hidden;
    for (const [member, first] of Object.entries(names)) form.elements.member.add(new Option(first, member));
    const here = location.pathname.split("/")[2];
    if (here in names) form.elements.member.value = here;
    form.elements.id.value = crypto.randomUUID();
    form.elements.by.value = by;
  }
  const again = contacts[new URLSearchParams(location.search).get("kept")];
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
  const member = fields.get("member") ?? form.dataset.keep;
  fields.delete("member");
  const id = fields.get("id");
  change((all) => {
    const since = all.contacts[id]?.since ?? Date.now() - 1000 * fields.get("ago");
    all.contacts[id] = { member, since, body: new URLSearchParams(fields).toString(), state: "waits" };
  });
  const state = await send(id);
  if (state === "sent") return location.assign(`/caseload/${member}/contacts`);
  if (state === "waits" || state === "signin" || "anybody" in form.dataset) return rest(form);
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  form.submit(); // the server's page says what is the matter
}

function rest(form) {
  form.remove();
  show();
  document.getElementById("kept").focus();
}

async function sendAll() {
  for (const [id, contact] of Object.entries(kept().contacts)) {
    if (contact.state === "waits" || contact.state === "signin") await send(id);
  }
  show();
}

// send gives what became of it. A fault of the server or the network waits.
async function send(id) {
  const { contacts, names } = kept();
  const contact = contacts[id];
  if (!contact) return "sent"; // by another page, meanwhile
  const body = new URLSearchParams(contact.body);
  body.set("ago", Math.round((Date.now() - contact.since) / 1000)); // no clock of a phone is trusted
  let state = "waits";
  try {
    const answer = await fetch(`/caseload/${contact.member}/contacts/new`, {
      method: "POST", redirect: "manual", headers: { Accept: "application/json" }, body,
    });
    if (answer.type === "opaqueredirect") state = "signin";
    else if (answer.status === 201) state = "sent";
    else if (answer.status === 403 || answer.status === 404) state = "refused";
    else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) state = "look";
  } catch {
    // no internet
  }
  change((all) => {
    if (state === "sent") delete all.contacts[id];
    else if (all.contacts[id]) all.contacts[id].state = state;
  });
  if (state === "sent") sent.push({ ...contact, state, first: names[contact.member] });
  return state;
}

// show lists what is kept, but for what stands in a form on this page.
function show() {
  const section = document.querySelector("[data-kept]");
  if (!section) return;
  const { contacts, names } = kept();
  const typed = document.querySelector('form[data-keep] [name="id"]')?.value;
  const lines = Object.entries(contacts).filter(([id]) => id !== typed).map(([id, one]) => line(section, id, one, names[one.member]));
  for (const one of sent) lines.push(line(section, "", one, one.first));
  section.querySelector("ul").replaceChildren(...lines);
  section.hidden = lines.length === 0;
}

function line(section, id, contact, first = "") {
  const row = section.querySelector(`template[data-state="${contact.state}"]`).content.firstElementChild.cloneNode(true);
  const why = new URLSearchParams(contact.body).get("why");
  row.querySelector("[data-first]").textContent = first;
  row.querySelector("[data-what]").textContent = why;
  row.querySelector("[data-open]")?.setAttribute("href", `/caseload/${contact.member}/contacts/new?kept=${id}`);
  row.querySelector("[data-remove]")?.addEventListener("click", () => {
    change((all) => delete all.contacts[id]);
    show();
  });
  row.querySelector("[data-copy]")?.addEventListener("click", async ({ target }) => {
    await navigator.clipboard.writeText(why);
    target.textContent = target.dataset.copied;
  });
  return row;
}
