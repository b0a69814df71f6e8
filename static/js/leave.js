// Leaves the site at once: the page disappears from the back button, and Esc pressed twice does the same.
const link = document.querySelector("[data-leave]");
const PAUSE_MS = 1500;
let lastEscape = 0;

function leave(event) {
  event?.preventDefault();
  document.documentElement.hidden = true;
  window.location.replace(link.href);
}

if (link) {
  link.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    if (now - lastEscape < PAUSE_MS) leave();
    lastEscape = now;
  });
}
