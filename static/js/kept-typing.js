// Keeps on this device what is typed into a form until the server says that it is saved, and
// offers it again: after a session that ended, a page that was closed, a step back.
// The page says what it keeps, where and for whom in <template data-kept-typing>. Passwords and
// files are never kept; of a file only its name.

const PREFIX = "getippt:";
const LONGEST_DAYS = 7;
const WAIT_MS = 300;
const NEVER = new Set(["password", "file", "submit", "button", "reset", "image"]);
const TECHNICAL = /^(csrfmiddlewaretoken|_typing|_marks|_popup|_to_field)$|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;
const FORMS = "form[data-keep-typing], .change-form #content-main > form[method=post]";

const words = document.querySelector("template[data-kept-typing]");
const popup = document.body.classList.contains("popup");
const store = words?.dataset.store === "local" && !popup ? "localStorage" : "sessionStorage";
const key = `${PREFIX}${words?.dataset.user}:${location.pathname}`;

// A browser may keep nothing; then a form is as it always was.
const storages = () => {
  try {
    return [localStorage, sessionStorage];
  } catch {
    return [];
  }
};
const keys = (storage) => Object.keys(storage).filter((name) => name.startsWith(PREFIX));
const read = (storage, name) => {
  try {
    return JSON.parse(storage.getItem(name));
  } catch {
    return null;
  }
};
const forget = (isForgotten) => {
  for (const storage of storages()) {
    for (const name of keys(storage)) if (isForgotten(name, read(storage, name))) storage.removeItem(name);
  }
};

// After signing out or leaving in a hurry nothing is written any more.
let isOver = false;
const forgetForGood = (isForgotten) => {
  isOver = true;
  forget(isForgotten);
};

const kept = {
  get: () => {
    try {
      return read(window[store], key);
    } catch {
      return null;
    }
  },
  set: (draft) => {
    if (isOver) return;
    try {
      window[store].setItem(key, JSON.stringify(draft));
    } catch {
      // Full or forbidden: the page itself still holds what was typed.
    }
  },
  drop: () => forget((name) => name === key),
};

// --- What stands in a form: names, each with the values of its fields ---

const fieldsOf = (form) =>
  [...form.elements].filter(
    ({ name, type, disabled }) => name && !disabled && !NEVER.has(type) && !TECHNICAL.test(name),
  );
const isTicked = ({ type }) => type === "checkbox" || type === "radio";

const valuesOf = (field, fresh) => {
  if (field.options) {
    const chosen = [...field.options].filter((one) => (fresh ? one.defaultSelected : one.selected));
    const first = fresh && !chosen.length && field.type === "select-one" ? [...field.options].slice(0, 1) : chosen;
    return first.map((one) => [one.value, one.text]);
  }
  if (isTicked(field)) return (fresh ? field.defaultChecked : field.checked) ? [[field.value]] : [];
  const value = fresh && field.type !== "hidden" ? field.defaultValue : field.value;
  return [[value.replaceAll("\r\n", "\n")]];
};

// What the form holds; with fresh, what the server sent.
const snapshot = (form, fresh = false) => {
  const found = {};
  for (const field of fieldsOf(form)) (found[field.name] ??= []).push(...valuesOf(field, fresh));
  return found;
};
const same = (one, other) => JSON.stringify(one?.map(([value]) => value)) === JSON.stringify(other?.map(([value]) => value));
const counts = (form) =>
  Object.fromEntries([...form.querySelectorAll("[name$=_FORMS]")].map(({ name, value }) => [name, value]));
const files = (form) =>
  [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files].map((file) => file.name));

// --- Putting it back ---

const addRows = (form, wanted) => {
  const names = Object.keys(wanted).filter((name) => name.endsWith("-TOTAL_FORMS"));
  for (const name of names.sort((a, b) => a.length - b.length)) {
    const prefix = name.slice(0, -"-TOTAL_FORMS".length);
    const total = form.elements[name];
    const rows = form.querySelector(`[data-rows="${CSS.escape(prefix)}"], [data-blocks="${CSS.escape(prefix)}"]`);
    const button = rows?.querySelector(":scope > [data-add-row], [data-add-block]");
    for (let more = Number(wanted[name]) - Number(total?.value); button && more > 0; more -= 1) button.click();
  }
};

const put = (form, name, values) => {
  const fields = fieldsOf(form).filter((field) => field.name === name);
  const texts = values.map(([value]) => value);
  fields.forEach((field, number) => {
    if (field.options) {
      for (const [value, text] of values) {
        if (![...field.options].some((one) => one.value === value)) field.add(new Option(text, value));
      }
      for (const option of field.options) option.selected = texts.includes(option.value);
    } else if (isTicked(field)) field.checked = texts.includes(field.value);
    else field.value = texts[number] ?? "";
    field.closest("details:not([open])")?.setAttribute("open", "");
    for (const kind of ["input", "change", "typing:restored"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  });
  return fields.length > 0;
};

// Returns the names of what found no place any more.
const restore = (form, draft) => {
  addRows(form, draft.counts);
  const order = (name) => (name.endsWith("-position") ? 1 : 0);
  const names = Object.keys(draft.fields).sort((a, b) => order(a) - order(b));
  return names.filter((name) => {
    const row = name.match(/^(.+-\d+)-/)?.[1];
    const moved = row && draft.ids[`${row}-id`] !== form.elements[`${row}-id`]?.value;
    return moved || !put(form, name, draft.fields[name]);
  });
};

// --- One form ---

const watch = (form) => {
  const fresh = snapshot(form, true);
  const isAnswer = Boolean(form.querySelector(".errornote, .errorlist, [aria-invalid=true]"));
  let before = kept.get();
  let note = null;
  let timer;

  const token = document.createElement("input");
  Object.assign(token, { type: "hidden", name: "_typing" });
  form.append(token);

  const keep = () => {
    clearTimeout(timer);
    const now = snapshot(form);
    const changed = Object.entries(now).filter(([name, values]) => !same(values, fresh[name]) || (!note && before?.fields[name]));
    const fields = { ...(note ? before.fields : {}), ...Object.fromEntries(changed) };
    if (!Object.keys(fields).length) return before || kept.drop();
    const ids = Object.fromEntries(Object.entries(now).filter(([name]) => name.endsWith("-id")).map(([name, values]) => [name, values[0][0]]));
    const draft = { fields, ids, counts: counts(form), files: files(form), seen: form.elements._seen?.value, marks: form.elements._marks?.value, at: Date.now(), token: token.value };
    return kept.set(draft);
  };
  token.value = before?.token ?? crypto.getRandomValues(new Uint32Array(4)).join("-");

  const offer = () => {
    note = words.content.firstElementChild.cloneNode(true);
    const at = new Date(before.at).toLocaleString("de-DE", { dateStyle: "short", timeStyle: "short" });
    for (const place of note.querySelectorAll("[data-kept-at]")) place.textContent = at;
    if (before.files.length) {
      const hint = note.querySelector("[data-kept-files]");
      hint.hidden = false;
      hint.querySelector("[data-kept-names]").textContent = before.files.join(", ");
    }
    note.querySelector("[data-restore]").addEventListener("click", () => {
      const draft = before;
      note.remove();
      note = null;
      const lost = restore(form, draft);
      if (draft.seen && form.elements._seen) form.elements._seen.value = draft.seen;
      if (draft.marks && form.elements._marks) form.elements._marks.value = draft.marks;
      if (lost.length) showLost(lost, draft);
      keep();
      form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    note.querySelector("[data-discard]").addEventListener("click", () => {
      note.remove();
      note = before = null;
      kept.drop();
    });
    form.prepend(note);
  };

  // What has no field any more is shown to be copied.
  const showLost = (names, draft) => {
    const list = words.content.querySelector("[data-kept-lost]").cloneNode(true);
    list.hidden = false;
    for (const name of names) {
      const text = draft.fields[name].map(([value, label]) => label ?? value).join(", ");
      if (text) list.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: text }));
    }
    form.prepend(list);
  };

  const differs = () => Object.entries(before.fields).some(([name, values]) => !same(values, snapshot(form)[name]));
  if (before && !isAnswer && differs()) offer();

  for (const kind of ["input", "change", "formset:added"]) {
    form.addEventListener(kind, (event) => {
      if (kind !== "formset:added" && !event.isTrusted && event.type === "change" && note) return;
      clearTimeout(timer);
      timer = setTimeout(keep, WAIT_MS);
    });
  }
  form.addEventListener("submit", () => timer && keep());
  window.addEventListener("pagehide", () => timer && keep());
};

const saved = new Set([...document.querySelectorAll("[data-typing-saved]")].map((one) => one.dataset.typingSaved));
const savedAt = new Set([...document.querySelectorAll("[data-typing-saved-at]")].map((one) => `${PREFIX}:${one.dataset.typingSavedAt}`));
const oldest = Date.now() - LONGEST_DAYS * 24 * 60 * 60 * 1000;
forget((name, draft) => !draft || saved.has(draft.token) || savedAt.has(name) || draft.at < oldest);
for (const form of document.querySelectorAll("#logout-form, form[data-signs-out]")) {
  form.addEventListener("submit", () => forgetForGood((name) => name.startsWith(`${PREFIX}${words?.dataset.user}:`)));
}
for (const link of document.querySelectorAll("[data-leave]")) link.addEventListener("click", () => forgetForGood(() => true));
// After the scripts that make more of single fields.
if (words) window.addEventListener("load", () => document.querySelectorAll(FORMS).forEach(watch));
