// Turns a text area into a small editor: paragraph, heading, list, bold, link.
// What the server would not keep does not get in: pasted text is plain.

const KEPT = new Set(["P", "H2", "H3", "H4", "UL", "OL", "LI", "STRONG", "EM", "A", "BR", "ADDRESS"]);
const SAME = { B: "STRONG", I: "EM", DIV: "P" };
const BLOCKS = new Set(["P", "H2", "H3", "H4", "UL", "OL", "ADDRESS"]);

// Copies what may stay into an empty element; works on inert documents too.
const copy = (from, into) => {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const name = SAME[node.tagName] ?? node.tagName;
    const wraps = name === "P" && node.querySelector([...BLOCKS].join());
    if (!KEPT.has(name) || wraps) {
      copy(node, into);
      continue;
    }
    const element = document.createElement(name);
    for (const attribute of ["href", "lang"]) {
      if (node.hasAttribute(attribute)) element.setAttribute(attribute, node.getAttribute(attribute));
    }
    copy(node, element);
    into.append(element);
  }
  return into;
};

const paragraphs = (text) =>
  text.split(/\n\s*\n/).map((part) => {
    const paragraph = document.createElement("p");
    part.trim().split("\n").forEach((line, index) => {
      if (index) paragraph.append(document.createElement("br"));
      paragraph.append(line);
    });
    return paragraph;
  });

const fill = (editor, text) => {
  const parsed = new DOMParser().parseFromString(text, "text/html").body;
  if (parsed.querySelector([...BLOCKS].join())) copy(parsed, editor);
  else if (text.trim()) editor.append(...paragraphs(text));
};

const enhance = (box) => {
  const area = box.querySelector("textarea");
  const tools = box.querySelector("[data-rich-text-tools]");
  const label = document.querySelector(`label[for="${area.id}"]`);
  const editor = document.createElement("div");
  editor.className = "rich-text__editor";
  editor.contentEditable = "true";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  if (label) {
    label.id ||= `${area.id}_label`;
    editor.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.focus());
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (area.hasAttribute(name)) editor.setAttribute(name, area.getAttribute(name));
  }
  // What the area holds, also when a browser or a script puts something back later.
  let shown = null;
  const refill = () => {
    if (area.value === shown) return;
    shown = area.value;
    editor.replaceChildren();
    fill(editor, shown);
  };
  refill();
  area.addEventListener("typing:restored", refill);
  window.addEventListener("pageshow", refill);
  area.before(editor);
  area.hidden = true;
  tools.hidden = false;

  const keep = () => {
    const kept = copy(editor, document.createElement("div"));
    area.value = shown = kept.textContent.trim() ? kept.innerHTML : "";
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // Where the writing stood, for tools that are reached by keyboard.
  let place = null;
  const remember = () => {
    const selection = document.getSelection();
    if (selection.rangeCount && editor.contains(selection.anchorNode)) {
      place = selection.getRangeAt(0).cloneRange();
    }
  };
  document.addEventListener("selectionchange", remember);
  editor.addEventListener("blur", remember); // a busy browser tells of the last letters too late
  const begin = () => {
    document.execCommand("defaultParagraphSeparator", false, "p");
    if (editor.textContent.trim()) return;
    editor.innerHTML = "<p><br></p>";
    document.getSelection().collapse(editor.firstChild, 0);
  };
  const run = (command, value = null) => {
    if (document.activeElement !== editor) {
      const back = place;
      editor.focus();
      if (back) document.getSelection().setBaseAndExtent(
        back.startContainer, back.startOffset, back.endContainer, back.endOffset,
      );
    }
    const selection = document.getSelection();
    const wasCaret = selection.isCollapsed;
    document.execCommand(command, false, value);
    // Browsers put a list into the block it was made of, and go back to the start of its line.
    const line = selection.anchorNode;
    for (const outer of editor.querySelectorAll(":is(p, h2, h3, h4):has(ul, ol)")) outer.replaceWith(...outer.childNodes);
    if (wasCaret && command === "insertUnorderedList" && editor.contains(line)) {
      selection.selectAllChildren(line.parentElement.closest("li, p") ?? line);
      selection.collapseToEnd();
    }
    keep();
    mark();
  };
  const mark = () => {
    if (!editor.contains(document.getSelection()?.anchorNode)) return;
    for (const button of tools.querySelectorAll("button")) {
      const { block, command } = button.dataset;
      const is = block
        ? document.queryCommandValue("formatBlock") === block
        : Boolean(command) && document.queryCommandState(command);
      button.setAttribute("aria-pressed", is);
    }
  };
  const link = () => {
    const { linkQuestion, linkStart } = tools.dataset;
    const address = window.prompt(linkQuestion, linkStart);
    if (address === null) return;
    if (["", linkStart].includes(address.trim())) run("unlink");
    else run("createLink", address.trim());
  };

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.block) run("formatBlock", button.dataset.block);
    else if (button.dataset.command) run(button.dataset.command);
    else link();
  });
  // A click on a tool leaves the writing where it stood.
  tools.addEventListener("mousedown", (event) => event.preventDefault());
  editor.addEventListener("focus", begin);
  editor.addEventListener("input", keep);
  editor.addEventListener("keyup", mark);
  editor.addEventListener("mouseup", mark);
  editor.addEventListener("drop", (event) => event.preventDefault());
  editor.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
};

const enhanceAll = (root) => root.querySelectorAll("[data-rich-text]").forEach(enhance);
enhanceAll(document);
document.addEventListener("formset:added", (event) => enhanceAll(event.target));
