// Check a file without sending it: its fingerprint is taken here and looked up. Where the browser
// cannot (no secure connection), the form is sent as it is, and the server takes the fingerprint.
const form = document.querySelector("form.drop-zone");
const field = form.querySelector("input[type=file]");
const said = form.querySelector("[data-said]");

if (globalThis.crypto?.subtle) {
  form.querySelector("[data-local]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.files.length) check(field.files[0]);
  });
  field.addEventListener("change", () => field.files.length && check(field.files[0]));
}

for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));

form.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change"));
});

async function check(file) {
  const reason = file.size === 0 ? "empty" : file.size > Number(form.dataset.most) ? "large" : "";
  refuse(reason);
  if (reason) return;
  said.textContent = "…";
  try {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    location.assign(form.dataset.lookup.replace("SHA256", sha256));
  } catch {
    said.textContent = ""; // a folder, or a file that has gone since
    refuse("unread");
  }
}

// Say why a file is not looked up; with an empty reason say nothing.
function refuse(reason) {
  const reasons = [...form.querySelectorAll("[data-refused]")];
  for (const one of reasons) one.hidden = one.dataset.refused !== reason;
  reasons[0].parentElement.hidden = !reason;
}
