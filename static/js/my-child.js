// "Mein Faden": keeps the months of birth on the device once the box is ticked, and forgets them when it is not.
import "./print.js";

const NAME = "mein-kind";
const form = document.querySelector("[data-children]");
const box = form.querySelector("[data-keep-box]");
const forget = form.querySelector("[data-forget]");
const rows = () => [...form.querySelectorAll("[data-child]")];
const inputs = (row) => [...row.querySelectorAll("input")];

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME));
    return Array.isArray(found) ? found.filter(Array.isArray) : null;
  } catch {
    return null; // a browser that keeps nothing, or something else under this name
  }
}

function say(state) {
  const isKept = kept() !== null;
  box.checked = isKept;
  forget.hidden = !isKept;
  form.querySelector("[data-keep-status]").textContent = state;
}

function keep() {
  try {
    const typed = rows().map((row) => inputs(row).map((input) => input.value));
    localStorage.setItem(NAME, JSON.stringify(typed.filter((values) => values.some(Boolean))));
  } catch {
    // A browser that keeps nothing shows an empty box again.
  }
}

function addRow() {
  const number = rows().length + 1;
  const row = rows()[0].cloneNode(true);
  for (const one of row.querySelectorAll("[id], [for], [name]")) {
    for (const attribute of ["id", "for", "name"]) {
      const said = one.getAttribute(attribute);
      if (said) one.setAttribute(attribute, said.replace(/-1$/, `-${number}`));
    }
  }
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace("1", number);
  rows().at(-1).after(row);
  form.elements.kinder.value = number;
}

function fillIn(children) {
  if (rows().some((row) => inputs(row).some((input) => input.value))) return;
  while (rows().length < children.length) addRow();
  children.forEach((values, place) => inputs(rows()[place]).forEach((input, which) => { input.value = values[which] ?? ""; }));
}

form.querySelector("[data-keep]").hidden = false;
box.addEventListener("change", () => {
  if (box.checked) keep();
  else localStorage.removeItem(NAME);
  say("");
});
forget.addEventListener("click", () => {
  localStorage.removeItem(NAME);
  for (const input of rows().flatMap(inputs)) input.value = "";
  say(forget.dataset.forget);
  box.focus();
});
form.addEventListener("submit", () => { if (box.checked) keep(); });
if (kept()) fillIn(kept());
say("");

// The address says nothing of the months, so the way to a shown plan in another language takes them along.
function showIn(address) {
  const here = form.action;
  form.action = address;
  form.submit();
  form.action = here;
}

for (const link of document.querySelector(".child-plan") ? document.querySelectorAll("#sprachen a") : []) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showIn(link.href);
  });
}
