// htmx notes the address of a list, and with it what was searched, in the tab. It works without that: forget it at once.
const NOTED = ["htmx-current-path-for-history", "htmx-history-cache"];

function forget() {
  try {
    for (const key of NOTED) sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

for (const event of ["htmx:load", "htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"]) {
  document.addEventListener(event, forget);
}
forget();
