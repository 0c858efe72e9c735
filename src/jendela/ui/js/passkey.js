/* Passkeys (people/factors). A form with data-passkey carries the challenge of the server in data-options; its button
   shows where the device can answer, asks it, and sends the answer with the form. Without this script, or without such
   a device, the page offers a code. */
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function withBytes(options) {
  const key = options.publicKey;
  key.challenge = toBytes(key.challenge);
  if (key.user) key.user.id = toBytes(key.user.id);
  for (const list of [key.excludeCredentials, key.allowCredentials]) {
    for (const one of list || []) one.id = toBytes(one.id);
  }
  return options;
}

function plain(credential) {
  const answer = { clientDataJSON: toText(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) answer[part] = toText(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

document.querySelectorAll("[data-passkey]").forEach((form) => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  form.querySelector("[data-passkey-works]").hidden = false;
  form.querySelector("[data-passkey-missing]").hidden = true;
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    const name = form.elements.name;
    if (name && !name.value.trim()) return form.submit();
    try {
      const options = withBytes(JSON.parse(form.dataset.options));
      const create = form.dataset.passkey === "create";
      const credential = await navigator.credentials[create ? "create" : "get"](options);
      form.elements.answer.value = JSON.stringify(plain(credential));
      form.submit();
    } catch (error) {
      const words = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" };
      said.textContent = form.dataset[words[error.name] || "failed"];
    }
  });
});
