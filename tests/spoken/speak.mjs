// What a screen reader says of the page on standard input, from its beginning to its end, a line a step.
import { readFileSync } from "node:fs";
import { JSDOM, VirtualConsole } from "jsdom";

const { window } = new JSDOM(readFileSync(0, "utf8"), { virtualConsole: new VirtualConsole() });
globalThis.window = window;
for (const name of ["document", "Node", "Element", "HTMLElement", "MutationObserver", "getComputedStyle", "NodeFilter", "Event", "KeyboardEvent", "MouseEvent", "FocusEvent"]) {
  globalThis[name] = window[name];
}

const { virtual } = await import("@guidepup/virtual-screen-reader");
await virtual.start({ container: window.document.body, window });
for (let step = 0; step < 5000 && (await virtual.lastSpokenPhrase()) !== "end of document"; step++) await virtual.next();
console.log((await virtual.spokenPhraseLog()).join("\n"));
await virtual.stop();
