// Lets a browser that knows passkeys use them: a form with data-passkey asks
// there what to sign, and is sent with the answer. Without it the form stays away.
export function usePasskeys(root) {
  if (!window.PublicKeyCredential) return;
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form).then(() => form.submit(), () => failed(form));
    });
  }
}

function failed(form) {
  delete form.dataset.sent;
  form.querySelector("[data-wrong]").hidden = false;
}

async function answer(form) {
  const asked = await fetch(form.dataset.passkey, { method: "POST" });
  if (!asked.ok) throw new Error("refused");
  const { publicKey } = await asked.json();
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  for (const key of publicKey.excludeCredentials ?? []) key.id = bytes(key.id);
  const made = publicKey.user ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
  form.elements.credential.value = JSON.stringify(flat(made));
}

function flat({ id, rawId, type, response }) {
  const parts = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) parts[part] = text(response[part]);
  }
  return { id, rawId: text(rawId), type, response: parts, clientExtensionResults: {} };
}

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
