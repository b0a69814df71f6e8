// Suggestions while typing, as an ARIA combobox: the focus stays in the field, arrow keys walk through the list.
const SHORTEST = 2;
const PAUSE_MS = 150;
const boxes = new WeakMap();

class Suggestions {
  constructor(form) {
    this.address = form.dataset.suggestions;
    this.input = form.elements.q;
    this.list = form.querySelector("[role=listbox]");
    this.status = form.querySelector("[data-suggestions-status]");
    this.current = -1;
    this.announceItself();
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    // A press in the list must not take the focus from the field, or the list would be gone before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  announceItself() {
    const states = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(states)) this.input.setAttribute(name, value);
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get isOpen() {
    return !this.list.hidden;
  }

  wait() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.input.value.trim().length < SHORTEST) this.close();
    else this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    this.asking = new AbortController();
    const address = `${this.address}?${new URLSearchParams({ q: this.input.value })}`;
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" }, signal: this.asking.signal });
      const html = answer.ok ? await answer.text() : "";
      if (document.activeElement === this.input) this.show(html);
    } catch {
      // Without suggestions the field still searches.
    }
  }

  show(html) {
    this.list.innerHTML = html;
    this.options.forEach((option, number) => {
      option.id = `${this.list.id}-${number}`;
      option.tabIndex = -1;
    });
    this.mark(-1);
    this.open(this.options.length > 0);
    this.status.textContent = this.list.firstElementChild?.dataset.words ?? "";
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.mark(-1);
    this.open(false);
    this.status.textContent = "";
  }

  mark(number) {
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    this.current = number;
    const option = this.options[number];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  // Beyond either end of the list is the field itself.
  walk(step) {
    const places = this.options.length + 1;
    this.mark(((this.current + 1 + step + places) % places) - 1);
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.options.length) return;
      event.preventDefault();
      if (this.isOpen) this.walk(event.key === "ArrowDown" ? 1 : -1);
      else {
        this.open(true);
        if (!event.altKey) this.mark(event.key === "ArrowDown" ? 0 : this.options.length - 1);
      }
    } else if (event.key === "Enter" && this.isOpen && this.current >= 0) {
      event.preventDefault();
      this.options[this.current].click();
    } else if (event.key === "Escape" && this.isOpen) {
      // Closes the list and nothing else: neither the text nor the page goes.
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}

function enhance() {
  for (const form of document.querySelectorAll("form[data-suggestions]")) {
    if (!boxes.has(form)) boxes.set(form, new Suggestions(form));
  }
}

enhance();
document.addEventListener("htmx:load", enhance); // a list that was swapped in brings a new field
