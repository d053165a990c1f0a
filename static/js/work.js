// The workbench: a sent form says that it works; the rich text editor gets a name and words in the page's language.
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
  "Alternative Text": word("Alternativ tekst"),
  "Bullets": word("Punkter"),
  "Cancel": word("Avbryt"),
  "Caption": word("Bildetekst"),
  "Columns": word("Kolonner"),
  "Decimal numbers": word("Tall"),
  "Edit Link": word("Rediger lenke"),
  "Include header row": word("Med overskriftsrad"),
  "Insert": word("Sett inn"),
  "Insert Table": word("Sett inn tabell"),
  "List properties": word("Listens egenskaper"),
  "List type": word("Slags liste"),
  "Lowercase Roman numerals": word("Små romertall"),
  "Lowercase letters": word("Små bokstaver"),
  "Rows": word("Rader"),
  "Start at": word("Begynn på"),
  "Table Properties": word("Tabellens egenskaper"),
  "Title": word("Tittel"),
  "URL": word("Adresse"),
  "Update": word("Lagre"),
  "Uppercase Roman numerals": word("Store romertall"),
  "Uppercase letters": word("Store bokstaver"),
};
window.gettext = (words) => WORDS[words] ?? words;
// The names of the toolbar's buttons do not pass through gettext.
const BUTTONS = {
  "paragraph": word("Slags avsnitt"),
  "unordered list": word("Punktliste"),
  "ordered list": word("Nummerert liste"),
  "blockquote": word("Sitat"),
  "bold": word("Fet"),
  "italic": word("Kursiv"),
  "underline": word("Understreket"),
  "strike": word("Strøket ut"),
  "subscript": word("Senket"),
  "superscript": word("Hevet"),
  "insert link": word("Sett inn lenke"),
  "remove link": word("Ta bort lenken"),
  "Insert table": word("Sett inn tabell"),
  "Add column": word("Ny kolonne"),
  "Delete column": word("Slett kolonnen"),
  "Add row": word("Ny rad"),
  "Delete row": word("Slett raden"),
  "Merge cells": word("Slå sammen celler"),
  "Split cell": word("Del cellen"),
  "Toggle header cell": word("Overskriftscelle av eller på"),
  "Delete table": word("Slett tabellen"),
  "undo": word("Angre"),
  "redo": word("Gjør om"),
};
const OPTIONS = { "Paragraph": word("Avsnitt"), "Heading 4": word("Overskrift"), "Heading 5": word("Underoverskrift") };

// The editor adds a style element, which our content security policy refuses with an error in the console.
// It lets that be where one stands already: this one is of no namespace and says nothing, and what the
// editor's says is in work.css.
const placeholder = document.createElementNS("", "style");
placeholder.setAttribute("data-tiptap-style", "");
document.head.append(placeholder);
// The last editor that closes takes it away, and the next would add its own.
new MutationObserver(() => placeholder.isConnected || document.head.append(placeholder)).observe(document.head, { childList: true });

function speak(editorBox) {
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
  new MutationObserver(() => speak(editorBox)).observe(editorBox, { childList: true });
  speak(editorBox);
});
