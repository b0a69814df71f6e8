// What a device keeps to be read without a network. It is registered by a tap alone (pocket.js) and keeps what its
// page told it to; online everything still comes from the server, and what is kept is made new when that changed.
const KEPT = "ohne-netz";
// Below the root of a language, as "/tr"; German has none.
const STATE = "/ohne-netz/stand.json";
const START = "/ohne-netz/";
const NOTEPAD = "/merkzettel/";
const ROOT = /^\/[a-z]{2}(?=\/)/u;
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

function pathOf(request) {
  return new URL(request.url).pathname;
}

function rootOf(path) {
  return ROOT.exec(path)?.[0] ?? "";
}

function isNotepad(path) {
  return path === rootOf(path) + NOTEPAD;
}

// The roots of the languages in which something is kept.
async function keptRoots(store) {
  const paths = (await store.keys()).map(pathOf);
  return paths.filter((path) => path === rootOf(path) + STATE).map(rootOf);
}

async function kept(request) {
  const store = await caches.open(KEPT);
  const found = await store.match(request, { ignoreVary: true });
  if (request.mode !== "navigate") return found;
  const path = pathOf(request);
  const page = found || (isNotepad(path) && await store.match(request, { ignoreSearch: true, ignoreVary: true }));
  if (page) return withNotice(store, page, rootOf(path));
  for (const root of [rootOf(path), ...await keptRoots(store)]) {
    const start = await store.match(root + START, { ignoreVary: true });
    if (start) return withNotice(store, start, root);
  }
  return undefined;
}

// A kept page says of now what was true when it was kept: it tells the reader when that was.
async function withNotice(store, page, root) {
  const state = await store.match(root + STATE, { ignoreVary: true });
  if (!state) return page;
  const { notice, language } = await state.json();
  const form = { dateStyle: "long", timeStyle: "short", calendar: "gregory", numberingSystem: "latn" };
  const when = new Date(page.headers.get("Date")).toLocaleString(language, form);
  const html = (await page.text()).replace(/<main[^>]*>/u, (main) => `${main}<p role="status"><strong>${notice} ${when}</strong></p>`);
  const headers = new Headers(page.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(html, { headers });
}

// Keeps all of a language anew, the directory too if it is wanted. The browser checks it against its digest: half a
// file, or that of another day, is refused, and what was kept before stays.
async function keep(root, withDirectory, notepad) {
  const state = await (await fetch(root + STATE, { cache: "no-cache" })).json();
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
  await store.put(root + STATE, new Response(JSON.stringify(state)));
}

async function keepNotepad(store, address) {
  const answer = await fetch(address, { cache: "no-cache" });
  for (const one of await store.keys()) {
    if (address.startsWith(`${pathOf(one)}?`) && new URL(one.url).search) await store.delete(one);
  }
  if (answer.ok) await store.put(address, answer);
}

async function refresh() {
  if (!await caches.has(KEPT)) return;
  const store = await caches.open(KEPT);
  for (const root of await keptRoots(store)) {
    const before = await (await store.match(root + STATE, { ignoreVary: true })).json();
    const now = await (await fetch(root + STATE, { cache: "no-cache" })).json();
    if (before.version !== now.version) await keep(root, Boolean(await store.match(now.pack, { ignoreVary: true })), null);
  }
}

async function answer(event) {
  try {
    const found = await fetch(event.request);
    if (found.ok && isNotepad(pathOf(event.request)) && await caches.has(KEPT)) {
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
  const said = keep(rootOf(pathOf(event.source)), directory, notepad).then(() => "kept", () => "failed");
  event.waitUntil(said.then((words) => event.ports[0].postMessage(words)));
});
