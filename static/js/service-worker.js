// What a device keeps to be read without a network. It is registered by a tap alone (pocket.js) and keeps what its
// page told it to; online everything still comes from the server, and what is kept is made new when that changed.
const KEPT = "ohne-netz";
const STATE = "/ohne-netz/stand.json";
const START = "/ohne-netz/";
const NOTEPAD = "/merkzettel/";
const NAMED = {
  html: /(?:href|src)="(\/static\/[^"#]+)/gu,
  css: /@import url\("([^"]+)"\)/gu,
  javascript: /^import\b(?:[^"\n]* from)? "(\.[^"]+)"/gmu,
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A page, or a style or script, with all that it names. A page has to be there; without a picture it still reads.
async function keepWhole(store, address, done) {
  if (done.has(address)) return;
  done.add(address);
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok && address.startsWith("/static/")) return;
  if (!answer.ok) throw new Error(address);
  await store.put(address, answer.clone());
  const kind = Object.keys(NAMED).find((one) => answer.headers.get("Content-Type").includes(one));
  if (!kind) return;
  for (const [, one] of (await answer.text()).matchAll(NAMED[kind])) await keepWhole(store, new URL(one, new URL(address, location.origin)).pathname, done);
}

async function kept(request) {
  const store = await caches.open(KEPT);
  const found = await store.match(request, { ignoreVary: true });
  if (request.mode !== "navigate") return found;
  const isNotepad = new URL(request.url).pathname === NOTEPAD;
  const nearest = found || (isNotepad && await store.match(request, { ignoreSearch: true, ignoreVary: true })) || await store.match(START, { ignoreVary: true });
  return nearest && withNotice(store, nearest);
}

// A kept page says of now what was true when it was kept: it tells the reader when that was.
async function withNotice(store, page) {
  const { notice } = await (await store.match(STATE, { ignoreVary: true })).json();
  const when = new Date(page.headers.get("Date")).toLocaleString("de-DE", { dateStyle: "long", timeStyle: "short" });
  const html = (await page.text()).replace(/<main[^>]*>/u, (main) => `${main}<p role="status"><strong>${notice} ${when}</strong></p>`);
  const headers = new Headers(page.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(html, { headers });
}

// Keeps all anew, the directory too if it is wanted. The browser checks it against its digest: half a file, or that
// of another day, is refused, and what was kept before stays.
async function keep(withDirectory, notepad) {
  const state = await (await fetch(STATE, { cache: "no-cache" })).json();
  const store = await caches.open(KEPT);
  const done = new Set();
  for (const page of state.pages) await keepWhole(store, page, done);
  if (notepad) await keepNotepad(store, notepad);
  if (withDirectory) {
    const before = await store.match(state.pack, { ignoreVary: true });
    if (before?.headers.get("X-Integrity") !== state.integrity) {
      await store.put(state.pack, await fetch(state.pack, { integrity: state.integrity, cache: "no-cache" }));
    }
  }
  await store.put(STATE, new Response(JSON.stringify(state)));
}

async function keepNotepad(store, address) {
  const answer = await fetch(address, { cache: "no-cache" });
  for (const one of await store.keys()) {
    if (new URL(one.url).pathname === NOTEPAD && new URL(one.url).search) await store.delete(one);
  }
  if (answer.ok) await store.put(address, answer);
}

async function refresh() {
  if (!await caches.has(KEPT)) return;
  const store = await caches.open(KEPT);
  const before = await (await store.match(STATE, { ignoreVary: true }))?.json();
  const now = await (await fetch(STATE, { cache: "no-cache" })).json();
  if (before && before.version !== now.version) await keep(Boolean(await store.match(now.pack, { ignoreVary: true })), null);
}

async function answer(event) {
  try {
    const found = await fetch(event.request);
    const isNotepad = new URL(event.request.url).pathname === NOTEPAD;
    if (found.ok && isNotepad && await caches.has(KEPT)) {
      const copy = found.clone();
      event.waitUntil(caches.open(KEPT).then((store) => store.put(event.request.url, copy)));
    }
    if (event.request.mode === "navigate") event.waitUntil(refresh().catch(() => {}));
    return found;
  } catch (error) {
    const found = await caches.has(KEPT) && await kept(event.request);
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === location.origin) event.respondWith(answer(event));
});

self.addEventListener("message", (event) => {
  const { directory, notepad } = event.data;
  const said = keep(directory, notepad).then(() => "kept", () => "failed");
  event.waitUntil(said.then((words) => event.ports[0].postMessage(words)));
});
