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

// What is missing in the whole entry: the server looks at the form as if it were saved.
const RULES_WAIT_MS = 1500;
let rulesTimer;
let rulesAsking;

const refreshRules = async () => {
  const fields = new FormData(form);
  for (const file of form.querySelectorAll("input[type=file]")) fields.delete(file.name);
  fields.set("_hints", "1");
  rulesAsking?.abort();
  rulesAsking = new AbortController();
  try {
    const answer = await fetch(location.href, { method: "POST", body: fields, signal: rulesAsking.signal });
    const html = answer.ok && !answer.redirected ? await answer.text() : "";
    const next = document.createElement("div");
    next.innerHTML = html.includes("<html") ? "" : html; // a whole page is a form with errors
    const shown = panel.querySelector("[data-rules]");
    if (next.textContent.trim() && next.textContent !== shown.textContent) shown.replaceChildren(...next.childNodes);
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error);
  }
};

// Opens what is folded around a field and puts the cursor into it.
const goTo = (field) => {
  for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const shown = field.matches("select.admin-autocomplete") ? field.nextElementSibling.querySelector("[role=combobox], input") : field;
  const target = field.hidden ? field.previousElementSibling : shown;
  (target.matches("input, select, textarea, [role]") ? target : target.querySelector("input:not([type=hidden]), select, summary"))?.focus();
  target.scrollIntoView({ block: "center" });
};

if (form) {
  panel.addEventListener("click", (event) => {
    const field = document.getElementById(event.target.closest("[data-leads-to]")?.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    goTo(field);
  });
  asked = typed().toString();
  for (const event of ["input", "change"]) {
    form.addEventListener(event, () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, WAIT_MS);
      clearTimeout(rulesTimer);
      rulesTimer = setTimeout(refreshRules, RULES_WAIT_MS);
    });
  }
}
