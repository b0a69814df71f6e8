// Puts a list of offers where this script stands on somebody else's page: a frame as high as its list.
(() => {
  const script = document.currentScript;
  const portal = new URL(script.src).origin;
  const list = new URL(script.dataset.list, portal);
  if (list.origin !== portal) return;
  const frame = document.createElement("iframe");
  Object.assign(frame, { title: script.dataset.title, loading: "lazy", referrerPolicy: "no-referrer" });
  Object.assign(frame, { width: "100%", height: "600", src: list.href });
  frame.style.border = "0";
  addEventListener("message", (event) => {
    const isTheList = event.source === frame.contentWindow && event.origin === portal;
    if (isTheList && event.data?.height > 0) frame.height = Math.ceil(event.data.height);
  });
  script.after(frame);
})();
