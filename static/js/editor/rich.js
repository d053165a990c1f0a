// The rich text editor, put in the place of one text when somebody asks for it.

import * as outbox from "./outbox.js";
import { at, baseOf, calledOf, cellOf, nameOfCell, rowOf, setBase, show, valueOf } from "./page.js";
import { button } from "./panels.js";

// What the editor would drop without a word: such text is written in its form.
const UNKNOWN = /<caption|<(th|td)\b[^>]*\bscope=/;
let count = 0;

export async function open(cell) {
  if (cell.dataset.open !== undefined) return;
  if (UNKNOWN.test(cell.dataset.value)) return void location.assign(`${at.row}${rowOf(cell).dataset.key}/`);
  cell.dataset.open = "";
  cell.dataset.base = baseOf(cell);
  const template = document.getElementById(cell.dataset.field === "html" ? "rik-inline" : "rik-block");
  const place = document.createElement("div");
  place.className = "w-editor";
  place.append(template.content.cloneNode(true));
  const area = place.querySelector("textarea");
  area.id = `rik-${++count}`;
  area.value = cell.dataset.value;
  const label = document.createElement("label");
  label.className = "ds-sr-only";
  label.htmlFor = area.id;
  label.textContent = cell.dataset.name;
  place.prepend(label);
  place.hidden = true; // until the editor is there to be written in
  cell.append(place);
  const { createEditor } = await import("django-prose-editor/configurable");
  const editor = await createEditor(area);
  editor.on("update", () => written(cell, editor));
  place.append(button(word("Ferdig"), () => done(cell, editor, place)));
  cell.querySelector(".w-read").hidden = true;
  cell.querySelector(".w-open").hidden = true;
  place.hidden = false;
  // The editor's own command gives the focus in the next frame only: the first letters would be lost.
  editor.commands.setTextSelection(editor.state.doc.content.size);
  editor.view.focus();
}

function written(cell, editor) {
  cell.dataset.value = editor.getHTML();
  save(cell);
}

function save(cell) {
  const { key, kind } = rowOf(cell).dataset;
  const { field, base, value } = cell.dataset;
  outbox.write(nameOfCell(cell), { key, kind, field, form: "html", base, value });
}

function done(cell, editor, place) {
  outbox.hurry();
  editor.destroy();
  place.remove();
  delete cell.dataset.open;
  show(cell, cell.dataset.value, "html");
  const opener = cell.querySelector(".w-open");
  cell.querySelector(".w-read").hidden = false;
  opener.hidden = false;
  opener.focus();
}

// A plain cell gets formatting: a place for the editor instead of the textarea. `html` is what it holds then.
export function formatting(row, html) {
  const cell = cellOf(row, row.dataset.kind === "section" ? "body" : "html");
  if (cell.matches(".w-rich")) return open(cell);
  outbox.hurry();
  const rich = document.createElement("div");
  rich.className = "cell w-rich";
  Object.assign(rich.dataset, { field: cell.dataset.field, form: "html", name: calledOf(cell) });
  const read = document.createElement("div");
  read.className = "prose w-read";
  const opener = button(word("Rediger med formatering"), () => open(rich));
  opener.classList.add("w-open");
  rich.append(read, opener);
  const words = valueOf(cell), base = baseOf(cell);
  cell.replaceWith(rich);
  show(rich, words, "text");
  setBase(rich, base.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>"));
  if (html !== undefined) {
    show(rich, html, "html");
    save(rich);
  }
  return open(rich);
}
