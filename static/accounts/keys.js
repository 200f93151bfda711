// A security key, or the passkey of a device, as the second step of signing in. The page carries
// what the server asks of it; what the browser answers goes back in a field of the form.

const asked = JSON.parse(document.getElementById("js-data").textContent);
const form = document.getElementById("key-form");
const trouble = document.getElementById("key-trouble");

async function answer() {
  if (asked.creation_options) {
    const { publicKey } = asked.creation_options;
    return navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
    });
  }
  const { publicKey } = asked.request_options;
  return navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  trouble.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await answer());
    form.submit();
  } catch {
    // It was called off, took too long, or the browser knows no keys: which of these, it hides.
    trouble.hidden = false;
  }
});
