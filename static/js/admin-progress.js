// Renews the numbers of a newsletter while it is being sent; without it the page can be reloaded.
const SECONDS = 3;

const box = document.querySelector("[data-progress]");

function isMoving() {
  return box.querySelector("[data-moving]") !== null;
}

async function renew() {
  if (!isMoving()) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(box.dataset.progress, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) box.innerHTML = await answer.text();
    } catch {
      // The network is away for a moment; the next round asks again.
    }
  }
  if (isMoving()) setTimeout(renew, SECONDS * 1000);
  else location.reload(); // what can be done now is different
}

if (box && isMoving()) setTimeout(renew, SECONDS * 1000);
