// Stands between the pages of a coach or a member and the network: where there is
// none, the page for a contact or the clock comes from this browser. It keeps that page and the files with
// which it is drawn, and never a page about anybody.
const files = ["FILES"];
const store = "meent-" + files.join();

addEventListener("install", (event) => {
  event.waitUntil(caches.open(store).then((cache) => cache.addAll(files)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (name) => name !== store;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const page = request.mode === "navigate" && /^\/(caseload|home|engagements)/.test(pathname);
  if (page) event.respondWith(fetch(request).catch(() => caches.match("/offline")));
  else if (files.includes(pathname)) event.respondWith(fetch(request).catch(() => caches.match(pathname)));
});
