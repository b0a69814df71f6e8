// Every form of an entry: Ctrl+S saves and stays, leaving with something unsaved asks first.

const form = document.querySelector(".change-form #content-main > form[method=post]");
let isUnsaved = false;

const mainButton = () =>
  ["[name=_continue]", "[name=_save]"].map((one) => form.querySelector(`.submit-bar ${one}`)).find(Boolean);

if (form && mainButton()) {
  const note = () => (isUnsaved = true);
  // What scripts fill in on their own is nobody's work.
  for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => event.isTrusted && note());
  for (const kind of ["formset:added", "typing:restored"]) form.addEventListener(kind, note);
  if (form.querySelector(".errornote")) note();
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.formTarget !== "_blank") isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => isUnsaved && event.preventDefault());

  mainButton().setAttribute("aria-keyshortcuts", "Control+S Meta+S");
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    mainButton().click();
  });
}
