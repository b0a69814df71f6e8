// Tells the page around how high this list is; that is no secret.
const tell = () => parent.postMessage({ height: document.body.offsetHeight }, "*");
new ResizeObserver(tell).observe(document.body);
