// "Auch ohne Netz": keeps help lines, list and directory on the device when told, searches in it, takes it all away.
import { Directory } from "./pocket-search.js";

const KEPT = "ohne-netz";
const OF_THIS_DEVICE = ["merkzettel", "mein-kind"];
const part = document.querySelector("[data-pocket]");
const find = (name) => part.querySelector(`[data-${name}]`);
const { pack: packAddress, list: notepad, state, worker } = part.dataset;

function say(name) {
  find("status").textContent = part.dataset[name] ?? "";
}

async function keptHere(address) {
  const store = await caches.has(KEPT) && await caches.open(KEPT);
  return store ? store.match(address, { ignoreVary: true }) : undefined;
}

function ownList() {
  try {
    const keys = localStorage.getItem("merkzettel");
    return keys ? `${notepad}?a=${keys}` : null;
  } catch {
    return null;
  }
}

async function keep(directory) {
  say("saving");
  try {
    await navigator.serviceWorker.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    const channel = new MessageChannel();
    const answered = new Promise((resolve) => { channel.port1.onmessage = ({ data }) => resolve(data); });
    active.postMessage({ directory, notepad: ownList() }, [channel.port2]);
    say(await answered === "kept" ? "saved" : "failed");
  } catch {
    say("failed");
  }
  await show();
}

async function removeAll() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  for (const name of OF_THIS_DEVICE) localStorage.removeItem(name);
  await show();
  say("removed");
}

function lines(offer) {
  const [, , ages, where, when, cost, name] = offer;
  return [[ages, where, cost].filter(Boolean).join(" · "), when, name].filter(Boolean);
}

// A number to tap; what is no number alone stays text.
function numberOf(phone) {
  if (!/^[+\d][\d\s/()-]+$/u.test(phone)) return document.createTextNode(phone);
  const link = document.createElement("a");
  [link.href, link.textContent] = [`tel:${phone.replace(/[^+\d]/gu, "")}`, phone];
  return link;
}

function showOffer(offer) {
  const item = document.createElement("li");
  const title = item.appendChild(document.createElement("h3"));
  title.className = "offer-link__title";
  const link = title.appendChild(document.createElement("a"));
  [link.href, link.textContent] = [offer[1], offer[0]];
  for (const words of lines(offer)) item.appendChild(document.createElement("p")).textContent = words;
  if (offer[7]) item.appendChild(document.createElement("p")).append(numberOf(offer[7]));
  item.className = "offer-link";
  return item;
}

async function offerSearch() {
  const kept = await keptHere(packAddress);
  find("search").hidden = !kept;
  if (!kept) return;
  const directory = new Directory(await kept.json());
  const form = find("search");
  const answer = () => {
    const found = directory.search(form.elements.q.value).map((place) => directory.offers[place]);
    find("count").textContent = found.length ? "" : part.dataset.nothing;
    find("found").replaceChildren(...found.map(showOffer));
  };
  form.onsubmit = (event) => { event.preventDefault(); answer(); };
  form.oninput = answer;
  if (form.elements.q.value) answer(); // typed while the directory was read
}

async function show() {
  const isKept = await caches.has(KEPT);
  find("remove").hidden = !isKept && !OF_THIS_DEVICE.some((name) => localStorage.getItem(name));
  find("keep-directory").hidden = Boolean(await keptHere(packAddress));
  find("keep").hidden = Boolean(await keptHere(state));
  await offerSearch();
}

if ("serviceWorker" in navigator && "caches" in window) {
  find("offered").hidden = false;
  find("keep").addEventListener("click", () => keep(false));
  find("keep-directory").addEventListener("click", () => keep(true));
  find("remove").addEventListener("click", removeAll);
  show();
}
