// Says aloud which field an autocompleted choice belongs to: select2 replaces the
// field by elements of its own that no label points at.

const name = (select) => {
  const label = select.labels[0];
  const choice = select.nextElementSibling;
  if (!label || !choice?.classList.contains("select2")) return;
  label.id ||= `${select.id}_label`;
  const shown = choice.querySelector(".select2-selection__rendered");
  shown.removeAttribute("role");
  shown.removeAttribute("aria-readonly");
  for (const part of choice.querySelectorAll("[role=combobox], .select2-search__field")) {
    part.setAttribute("aria-labelledby", `${label.id} ${shown.id}`.trim());
    const help = select.getAttribute("aria-describedby");
    if (help) part.setAttribute("aria-describedby", help);
  }
};

// Its button that takes all choices away stands in the list, no item of it, and no key reaches it;
// each choice has a button of its own.
const keepOutOfList = (root) => {
  for (const select of root.querySelectorAll("select.admin-autocomplete[multiple]")) {
    select.dataset.allowClear = "false";
  }
};

const nameAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(name);

// Before Django's own, which waits for the whole page, and for the event to come up again.
keepOutOfList(document);
document.addEventListener("formset:added", (event) => keepOutOfList(event.target), true);
// After Django's own, which stands in line before it.
django.jQuery(() => nameAll(document));
document.addEventListener("formset:added", (event) => nameAll(event.target));
django.jQuery(document).on("select2:open", (event) => {
  const search = document.querySelector(".select2-container--open .select2-search--dropdown input");
  search?.setAttribute("aria-labelledby", event.target.labels[0].id);
});
