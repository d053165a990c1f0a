// The workbench: a sent form says that it works; the rich text editor gets a name and Norwegian words.
"use strict";

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[type=submit]");
    // After the browser has gathered the form's values, which leave out disabled buttons.
    setTimeout(() => {
      button.setAttribute("aria-busy", "true");
      button.disabled = true;
      form.querySelector("[data-busy-words]").textContent = form.dataset.busy;
    });
  });
}

// Coming back by the browser's own button shows the page as it was left: wake the button up.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-busy] button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
    button.form.querySelector("[data-busy-words]").textContent = "";
  }
});
