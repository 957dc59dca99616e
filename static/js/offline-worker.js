// Keeps the page for a check without a network, and shows it where there is none. It sees nothing
// but the pages below its own folder: those that verify certificates.
// What it keeps is written before it by the site: `self.KEPT`.
const CACHE = "offline-check";
const RENEWED = "/verify/offline.renewed";
const LANGUAGE = "/verify/offline.language";
const MARKS = [RENEWED, LANGUAGE];
const PATIENCE = 8000; // milliseconds until a network that does not answer counts as none
const DAY = 24 * 60 * 60 * 1000;
const { version, data, pages, parts } = self.KEPT;
// Pages that came from here: their parts come from here too.
const shown = new Set();

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(begin());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(event) : part(event));
});
self.addEventListener("message", (event) => {
  const answer = (done) => event.ports[0].postMessage(done);
  event.waitUntil(keepAll().then(() => answer(true), () => answer(false)));
});

async function page(event) {
  try {
    const answer = await Promise.race([fetch(event.request), tooLong()]);
    event.waitUntil(renew().catch(() => {}));
    return answer;
  } catch {
    shown.add(event.resultingClientId);
    return (await found(await pageFor(event.request.url))) ?? Response.error();
  }
}

async function part(event) {
  if (shown.has(event.clientId)) return (await found(event.request.url)) ?? fetch(event.request);
  try {
    return await fetch(event.request);
  } catch (away) {
    const answer = await found(event.request.url);
    if (answer) return answer;
    throw away;
  }
}

async function pageFor(address) {
  const language = new URL(address).pathname.split("/")[1];
  if (pages[language]) return pages[language];
  const kept = await found(LANGUAGE);
  return pages[kept ? await kept.text() : ""] ?? Object.values(pages)[0];
}

async function found(address) {
  return (await caches.open(CACHE)).match(address, { ignoreVary: true });
}

// What another worker of the same version has kept already is there for this one too.
async function begin() {
  if ((await renewed()).version !== version) await keepAll();
}

// The data whenever there is a network; the rest once a day. A worker that is not the newest any
// more leaves the rest alone.
async function renew() {
  const { version: last, at } = await renewed();
  return last === version && Date.now() - at > DAY ? keepAll() : keep([data]);
}

async function renewed() {
  const mark = await found(RENEWED);
  return mark ? mark.json() : {};
}

async function keepAll() {
  const wanted = [data, ...Object.values(pages), ...parts];
  await keep(wanted);
  const cache = await caches.open(CACHE);
  await cache.put(RENEWED, new Response(JSON.stringify({ version, at: Date.now() })));
  const here = new Set([...wanted, ...MARKS].map((address) => new URL(address, location).href));
  for (const request of await cache.keys()) if (!here.has(request.url)) await cache.delete(request);
}

// All of it or nothing, and all of this version: a page never meets parts of another time.
async function keep(addresses) {
  const answers = await Promise.all(addresses.map(whole));
  const cache = await caches.open(CACHE);
  await Promise.all(addresses.map((address, place) => cache.put(address, answers[place])));
}

async function whole(address) {
  // Without cookies: what is kept is what a stranger sees.
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  const other = (answer.headers.get("Offline-Version") ?? version) !== version;
  if (!answer.ok || answer.redirected || other) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

function tooLong() {
  return new Promise((_done, failed) => setTimeout(() => failed(new Error("no answer")), PATIENCE));
}
