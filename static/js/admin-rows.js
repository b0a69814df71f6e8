// Adds rows to the form of an offer: places, schedules, prices, contacts.
// Without this script there is one empty row of each, which is enough for one save.

const show = (root) => {
  for (const button of root.querySelectorAll("[data-add-row]")) button.hidden = false;
};

const add = (rows) => {
  const template = rows.querySelector(":scope > template");
  const total = rows.querySelector(`:scope > [name="${rows.dataset.rows}-TOTAL_FORMS"]`);
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll(template.dataset.rowTemplate, total.value);
  const row = holder.content.firstElementChild;
  template.before(row);
  total.value = Number(total.value) + 1;
  show(row);
  // Django's own scripts listen to this, for autocompletion.
  const detail = { formsetName: rows.dataset.rows };
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail }));
  row.querySelector("select, input:not([type=hidden]), textarea").focus();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (button) add(button.closest("[data-rows]"));
});
show(document);
