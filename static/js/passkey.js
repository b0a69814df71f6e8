// Asks the browser for a passkey and sends what it answers: forms with data-passkey="get" or "create".
// The options come from the page (#passkey-data); webauthn-json turns them into what browsers want.
(() => {
  const data = document.getElementById("passkey-data");
  const failed = document.querySelector("[data-passkey-failed]");
  if (!data || !window.PublicKeyCredential || !window.webauthnJSON) return;
  const options = JSON.parse(data.textContent);

  for (const form of document.querySelectorAll("[data-passkey]")) {
    const create = form.dataset.passkey === "create";
    const ask = async () => {
      if (failed) failed.hidden = true;
      try {
        const answer = create
          ? await window.webauthnJSON.create(options.creation_options)
          : await window.webauthnJSON.get(options.request_options);
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch {
        if (failed) failed.hidden = false;
      }
    };
    form.hidden = false;
    form.querySelector("button").addEventListener("click", ask);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
  }
})();
