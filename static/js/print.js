// Shows buttons that print the page; without JavaScript they would do nothing, so they stay hidden.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
