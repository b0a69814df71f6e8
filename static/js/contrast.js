// High contrast by choice, with nothing kept on the device: the address says it, and links and forms take it along.
const CHOSEN = "#kontrast";
const look = document.querySelector("link[media*=contrast]");
const way = document.querySelector(`[href$="${CHOSEN}"]`);
let isChosen;

function show() {
  if (!location.hash || location.hash === CHOSEN) isChosen = !!location.hash;
  look.media = isChosen ? "all" : "(prefers-contrast:more)";
  way.href = isChosen ? "#" : CHOSEN;
  way.ariaCurrent = isChosen;
}

function takeAlong({ target }) {
  const one = target.closest("a, form");
  const part = one?.href ? "href" : "action";
  if (isChosen && one?.[part]?.startsWith(location.origin) && !one[part].includes("#")) one[part] += CHOSEN;
}

show();
window.addEventListener("hashchange", show);
for (const event of ["click", "submit"]) document.addEventListener(event, takeAlong, true);
