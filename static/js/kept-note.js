// Says above the sign-in that what was typed into the page one comes back to is still kept here, if it is
// (kept-typing.js keeps it under the address of the form).
const note = document.querySelector("[data-kept-note]");
const next = new URLSearchParams(location.search).get("next");

function isKept() {
  try {
    const { pathname } = new URL(next, location.origin);
    const names = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    return names.some((name) => name.startsWith("getippt:") && name.endsWith(`:${pathname}`));
  } catch {
    return false; // a browser that keeps nothing, or an address that is none
  }
}

if (note && next && isKept()) note.hidden = false;
