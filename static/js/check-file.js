// The file stays here: its SHA-256 is counted by the browser, and only that is sent.

const form = document.querySelector("[data-check-file]");
const typed = document.querySelector("[data-check-hash]");
const words = form.querySelector("[data-check-words]");
const chosen = form.elements.file;

async function check(file) {
  words.textContent = words.dataset.working;
  try {
    const counted = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const hex = Array.from(new Uint8Array(counted), (byte) => byte.toString(16).padStart(2, "0")).join("");
    typed.elements.sha256.value = hex;
    typed.submit();
  } catch {
    words.textContent = words.dataset.failed;
  }
}

// Browsers count only on secure addresses; elsewhere the form is sent as without a script.
if (window.crypto?.subtle) {
  form.querySelector("[data-without-script]").hidden = true;
  form.querySelector("[data-with-script]").hidden = false;
  chosen.addEventListener("change", () => chosen.files[0] && check(chosen.files[0]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen.files[0]) check(chosen.files[0]);
  });
  if (chosen.files[0]) check(chosen.files[0]); // before this script ran
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => event.preventDefault()); // a miss would open the file
  }
  const place = form.querySelector(".drop-file");
  place.addEventListener("dragover", () => place.setAttribute("data-over", ""));
  for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.removeAttribute("data-over"));
  place.addEventListener("drop", (event) => event.dataTransfer.files[0] && check(event.dataTransfer.files[0]));
}
