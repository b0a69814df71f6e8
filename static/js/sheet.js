// The filters as a sheet on phones. Its address opens it and Back closes it, without this script too; here the
// keyboard stays inside while it is open, Escape closes it, and its button says how many offers it leads to.
const behind = new Set();

function isOpen(sheet) {
  return getComputedStyle(sheet).position === "fixed";
}

function hideWhatLiesBehind(sheet) {
  for (let one = sheet; one !== document.body; one = one.parentElement) {
    for (const other of one.parentElement.children) {
      if (other === one || other.inert || other.localName === "script") continue;
      other.inert = true;
      behind.add(other);
    }
  }
}

function show() {
  const wasOpen = behind.size > 0;
  for (const one of behind) one.inert = false;
  behind.clear();
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  const words = sheet.querySelector("[data-count]");
  if (words) {
    words.textContent = words.dataset.count;
    delete words.dataset.count; // what is counted while one chooses stays
  }
  if (isOpen(sheet)) {
    hideWhatLiesBehind(sheet);
    const target = sheet.querySelector(":target");
    for (let one = target; one && one !== sheet; one = one.parentElement) if (one.localName === "details") one.open = true;
    if (!wasOpen && !sheet.contains(document.activeElement)) sheet.querySelector("h2").focus();
  } else if (wasOpen && !document.activeElement.closest("main")) {
    document.querySelector("[data-sheet-link]")?.focus();
  }
}

function close() {
  window.location.replace(document.querySelector("[data-sheet-close]").hash); // no entry more in the history
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && behind.size && !event.defaultPrevented) close();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-sheet-close]")) return;
  event.preventDefault();
  close();
});
for (const event of ["hashchange", "resize"]) window.addEventListener(event, show);
document.addEventListener("htmx:load", show);
show();
