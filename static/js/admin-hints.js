// Refreshes the hints about an offer's texts while they are typed. Without this script they
// stand there after saving.

const WAIT_MS = 800;
const TEXTS = ["title", "teaser", "description", "how_to_apply", "provider", "csrfmiddlewaretoken"];

const panel = document.querySelector("[data-hints]");
const form = panel?.closest("form");
let timer;
let asking;
let asked;

const typed = () => {
  const all = new FormData(form);
  const fields = new URLSearchParams({ offer: panel.dataset.offer });
  for (const name of TEXTS) fields.set(name, all.get(name) ?? "");
  for (const [name, value] of all) {
    if (/^places-\d+-location$/.test(name) && value) fields.append("location", value);
  }
  return fields;
};

const refresh = async () => {
  const fields = typed();
  if (fields.toString() === asked) return;
  asked = fields.toString();
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(panel.dataset.hints, { method: "POST", body: fields, signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    const shown = panel.querySelector("[data-typed]");
    const next = document.createElement("div");
    next.innerHTML = html;
    // Only what changed is announced.
    if (next.textContent !== shown.textContent) shown.innerHTML = html;
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error);
  }
};

if (form) {
  asked = typed().toString();
  for (const event of ["input", "change"]) {
    form.addEventListener(event, () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, WAIT_MS);
    });
  }
}
