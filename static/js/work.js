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

// --- the rich text editor (django-prose-editor) ---

const WORDS = {
  "Alternative Text": "Alternativ tekst",
  "Bullets": "Punkter",
  "Cancel": "Avbryt",
  "Caption": "Bildetekst",
  "Columns": "Kolonner",
  "Decimal numbers": "Tall",
  "Edit Link": "Rediger lenke",
  "Include header row": "Med overskriftsrad",
  "Insert": "Sett inn",
  "Insert Table": "Sett inn tabell",
  "List properties": "Listens egenskaper",
  "List type": "Slags liste",
  "Lowercase Roman numerals": "Små romertall",
  "Lowercase letters": "Små bokstaver",
  "Rows": "Rader",
  "Start at": "Begynn på",
  "Table Properties": "Tabellens egenskaper",
  "Title": "Tittel",
  "URL": "Adresse",
  "Update": "Lagre",
  "Uppercase Roman numerals": "Store romertall",
  "Uppercase letters": "Store bokstaver",
};
window.gettext = (words) => WORDS[words] ?? words;
// The names of the toolbar's buttons do not pass through gettext.
const BUTTONS = {
  "paragraph": "Slags avsnitt",
  "unordered list": "Punktliste",
  "ordered list": "Nummerert liste",
  "blockquote": "Sitat",
  "bold": "Fet",
  "italic": "Kursiv",
  "underline": "Understreket",
  "strike": "Strøket ut",
  "subscript": "Senket",
  "superscript": "Hevet",
  "insert link": "Sett inn lenke",
  "remove link": "Ta bort lenken",
  "Insert table": "Sett inn tabell",
  "Add column": "Ny kolonne",
  "Delete column": "Slett kolonnen",
  "Add row": "Ny rad",
  "Delete row": "Slett raden",
  "Merge cells": "Slå sammen celler",
  "Split cell": "Del cellen",
  "Toggle header cell": "Overskriftscelle av eller på",
  "Delete table": "Slett tabellen",
  "undo": "Angre",
  "redo": "Gjør om",
};
const OPTIONS = { "Paragraph": "Avsnitt", "Heading 4": "Overskrift", "Heading 5": "Underoverskrift" };

// The editor adds a style element, which our content security policy refuses with an error in the console.
// It lets that be where one stands already: this one is of no namespace and says nothing, and what the
// editor's says is in work.css.
const placeholder = document.createElementNS("", "style");
placeholder.setAttribute("data-tiptap-style", "");
document.head.append(placeholder);
// The last editor that closes takes it away, and the next would add its own.
new MutationObserver(() => placeholder.isConnected || document.head.append(placeholder)).observe(document.head, { childList: true });

function speakNorwegian(editorBox) {
  for (const button of editorBox.querySelectorAll(".prose-menubar [title]")) {
    button.title = BUTTONS[button.title] ?? button.title;
    button.setAttribute("aria-label", button.title);
  }
  for (const option of editorBox.querySelectorAll(".prose-menubar__option, .prose-menubar__option *")) {
    if (!option.children.length) option.textContent = OPTIONS[option.textContent] ?? option.textContent;
  }
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const box = editor.view.dom;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  label.id ||= `${textarea.id}_label`;
  // The error summary links to the field by its id: that must be what can take the focus.
  box.id = textarea.id;
  textarea.id += "_source";
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "true");
  box.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", () => editor.commands.focus());
  // The toolbar comes a little after the editor.
  const editorBox = box.closest(".prose-editor");
  new MutationObserver(() => speakNorwegian(editorBox)).observe(editorBox, { childList: true });
  speakNorwegian(editorBox);
});
