// Shows the next dates of a schedule while it is entered. Without this script they
// stand there after saving.

const WAIT_MS = 400;
const waiting = new WeakMap();
const asking = new WeakMap();

const fieldsOf = (schedule) => {
  const prefix = `${schedule.dataset.schedule}-`;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(schedule.closest("form"))) {
    const own = name.startsWith(prefix) && typeof value === "string";
    if (own) fields.append(name.slice(prefix.length), value);
  }
  for (const secret of ["note", "id", "place", "DELETE"]) fields.delete(secret);
  return fields;
};

const refresh = async (schedule) => {
  asking.get(schedule)?.abort();
  const controller = new AbortController();
  asking.set(schedule, controller);
  try {
    const url = `${schedule.dataset.datesUrl}?${fieldsOf(schedule)}`;
    const answer = await fetch(url, { signal: controller.signal });
    if (answer.ok && !answer.redirected) {
      schedule.querySelector("[data-dates]").innerHTML = await answer.text();
    }
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error);
  }
};

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const schedule = event.target.closest("[data-schedule]");
    if (!schedule) return;
    clearTimeout(waiting.get(schedule));
    waiting.set(schedule, setTimeout(() => refresh(schedule), WAIT_MS));
  });
}
