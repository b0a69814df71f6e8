// The list of remembered offers: this device keeps it once something was put on it, and forgets it when told.
// A list that an address holds ("?a=12-7") is this device's own if it is the same; then both change together.
const KEPT_AS = "merkzettel";
const notepad = document.querySelector("[data-notepad]");

function remembered() {
  try {
    return (localStorage.getItem(KEPT_AS) ?? "").split("-").filter((key) => /^[1-9][0-9]*$/.test(key));
  } catch {
    return []; // a browser that keeps nothing
  }
}

function remember(keys) {
  try {
    if (keys.length) localStorage.setItem(KEPT_AS, [...new Set(keys)].join("-"));
    else localStorage.removeItem(KEPT_AS);
  } catch {
    // The link beside still leads to a list that holds the offer.
  }
}

const without = (gone) => remembered().filter((key) => key !== gone);

function showState(link) {
  const isKept = remembered().includes(link.dataset.remember);
  const words = link.querySelector("[data-words]");
  words.dataset.first ??= words.textContent;
  words.textContent = isKept ? link.dataset.kept : words.dataset.first;
  link.setAttribute("role", "button");
  link.parentElement.querySelector("[data-remembered]").hidden = !isKept;
}

function toggle(event, link) {
  const key = link.dataset.remember;
  const isKept = remembered().includes(key);
  remember(isKept ? without(key) : [...remembered(), key]);
  if (remembered().includes(key) === isKept) return; // nothing can be kept here: follow the link
  event.preventDefault();
  showState(link);
}

function openOwnList() {
  const keys = remembered();
  const shown = notepad.dataset.notepad;
  if (!shown && keys.length && !notepad.dataset.asked) location.replace(`?a=${keys.join("-")}`);
  notepad.querySelector("[data-keep-list]").hidden = shown.split("-").every((key) => !key || keys.includes(key));
  notepad.querySelector("[data-forget-list]").hidden = !keys.length;
}

function press(event) {
  const link = event.target.closest("a, button");
  if (!link) return;
  const isOwn = remembered().length && notepad.dataset.notepad === remembered().join("-");
  const { add, drop } = link.dataset;
  if (add && isOwn) remember([...remembered(), add]);
  if (drop && isOwn) remember(without(drop));
  // What somebody sent is added: whoever has a list of their own loses nothing of it.
  const isKept = link.matches("[data-keep-list]");
  if (isKept) remember([...remembered(), ...notepad.dataset.notepad.split("-")]);
  notepad.querySelector("[data-list-kept]").hidden = !isKept || !remembered().length;
  if (link.matches("[data-forget-list]")) remember([]);
  if (link.matches("[data-keep-list], [data-forget-list]")) openOwnList();
}

for (const link of document.querySelectorAll("[data-remember]")) {
  showState(link);
  link.addEventListener("click", (event) => toggle(event, link));
  link.addEventListener("keydown", (event) => { if (event.key === " ") toggle(event, link); });
}
if (notepad) {
  openOwnList();
  notepad.addEventListener("click", press);
  const print = notepad.querySelector("[data-print]");
  print?.addEventListener("click", () => window.print());
  print?.removeAttribute("hidden");
}
