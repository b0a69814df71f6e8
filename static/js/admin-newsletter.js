// Blocks of a newsletter: one more without saving, put in order by dragging, by buttons or by
// number. Without this script a new block comes by saving, and the numbers give the order.

const board = document.querySelector("[data-blocks]");
const list = board?.querySelector("ol");
const blocks = () => [...list.querySelectorAll(":scope > [data-block]")];
const numberOf = (block) => block.querySelector('[name$="-position"]');

const renumber = () => blocks().forEach((block, index) => (numberOf(block).value = index + 1));

const tell = (block) => {
  const status = board.querySelector("[data-moved]");
  status.textContent = status.dataset.moved.replace("%s", numberOf(block).value);
};

// Puts a block at a place among the others. Its neighbours move, not the block itself: it keeps
// the focus and the pointer that drags it.
const place = (block, index) => {
  const at = Math.max(0, Math.min(index, blocks().length - 1));
  while (blocks().indexOf(block) > at) block.after(block.previousElementSibling);
  while (blocks().indexOf(block) < at) block.before(block.nextElementSibling);
  renumber();
};

const drag = (grip, event) => {
  const block = grip.closest("[data-block]");
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  block.classList.add("block--moving");
  const follow = ({ clientY }) => {
    const others = blocks().filter((one) => one !== block);
    const middle = ({ top, height }) => top + height / 2;
    const index = others.findIndex((one) => clientY < middle(one.getBoundingClientRect()));
    place(block, index < 0 ? others.length : index);
  };
  const end = () => {
    block.classList.remove("block--moving");
    grip.removeEventListener("pointermove", follow);
    tell(block);
  };
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", end, { once: true });
};

const enhance = (block) => {
  for (const tool of block.querySelectorAll("[data-grip], [data-move]")) tool.hidden = false;
};

const add = (kind) => {
  const template = list.querySelector(":scope > template");
  const total = board.querySelector('[name$="-TOTAL_FORMS"]');
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  const block = holder.content.firstElementChild;
  template.before(block);
  total.value = Number(total.value) + 1;
  const choice = block.querySelector('[name$="-kind"]');
  choice.value = kind;
  nameKind(choice);
  renumber();
  enhance(block);
  // Django's own scripts listen to this, for autocompletion.
  const detail = { formsetName: board.dataset.blocks };
  block.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail }));
  block.querySelector('[name$="-heading"]').focus();
};

const nameKind = (choice) => {
  const words = choice.closest("[data-block]").querySelector("[data-kind-words]");
  words.textContent = choice.selectedOptions[0].textContent;
};

// Says how long a line is; the browser keeps it from getting longer than it may.
const count = (field) => {
  const words = document.createElement("p");
  words.className = "entry__help";
  words.id = `${field.id}_count`;
  field.after(words);
  const described = field.getAttribute("aria-describedby") ?? "";
  field.setAttribute("aria-describedby", `${described} ${words.id}`.trim());
  const say = () => {
    words.textContent = field.dataset.counted
      .replace("%(typed)s", field.value.length)
      .replace("%(most)s", field.maxLength);
  };
  field.addEventListener("input", say);
  say();
};

if (list) {
  const sorted = blocks().sort((a, b) => (Number(numberOf(a)?.value) || Infinity) - (Number(numberOf(b)?.value) || Infinity));
  if (sorted.every(numberOf)) {
    for (const block of sorted) list.insertBefore(block, list.querySelector(":scope > template"));
    renumber();
  }
  blocks().forEach(enhance);
  board.addEventListener("click", (event) => {
    const more = event.target.closest("[data-add-block]");
    const move = event.target.closest("[data-move]");
    if (more) {
      event.preventDefault();
      add(more.dataset.addBlock);
    }
    if (move) {
      const block = move.closest("[data-block]");
      place(block, blocks().indexOf(block) + Number(move.dataset.move));
      tell(block);
    }
  });
  board.addEventListener("change", ({ target }) => {
    if (target.name?.endsWith("-kind")) nameKind(target);
    if (!target.name?.endsWith("-position") || !(target.valueAsNumber > 0)) return;
    const block = target.closest("[data-block]");
    place(block, target.valueAsNumber - 1);
    tell(block);
  });
  board.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip && event.button === 0) drag(grip, event);
  });
}
for (const field of document.querySelectorAll("[data-counted]")) count(field);
