// Leaves the site at once: the page disappears from the back button, and Esc pressed twice does the same.
// Where the address would tell what was searched, the words go from it. A search that was sent has none
// there: its entry in the history stays, so that reloading finds the same again.
const PAUSE_MS = 1500;
let lastEscape = 0;

function leave(link) {
  document.documentElement.hidden = true;
  window.location.replace(link.href);
}

function forgetAddress() {
  if (!document.querySelector("[data-forget-address]")) return;
  if (window.location.search) history.replaceState(history.state, "", window.location.pathname);
  try {
    sessionStorage.clear(); // htmx notes the address there
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-leave]");
  if (!link) return;
  event.preventDefault();
  leave(link);
});
document.addEventListener("keydown", (event) => {
  const link = document.querySelector("[data-leave]");
  if (event.key !== "Escape" || !link) return;
  const now = Date.now();
  if (now - lastEscape < PAUSE_MS) leave(link);
  lastEscape = now;
});
document.addEventListener("htmx:load", forgetAddress);
forgetAddress();
