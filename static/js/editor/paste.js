// Pasting on the writing page. A table becomes rows, after a preview; words keep what a cell can show: bold,
// links and struck out.

import "../rich-paste.js";
import { cleaned, parsed } from "../word-html.js";
import { post } from "./api.js";
import { escaped, linesOf } from "./inline.js";
import * as outbox from "./outbox.js";
import { focus, mainCell, plan, rowByKey, rowOf } from "./page.js";
import { reconcile } from "./reconcile.js";
import * as rich from "./rich.js";
import { say } from "./status.js";
import * as structure from "./structure.js";

const dialog = document.getElementById("lim-inn");
const part = Object.fromEntries([...dialog.querySelectorAll("[data-paste]")].map((node) => [node.dataset.paste, node]));
let pasted = null; // what the dialog is about: the row, the cell, the clipboard's words
const MOST = 3_000_000; // characters, as the server takes
let asked = 0, plainly = false;

// Ctrl+Shift+V: whoever asks for plain words gets them.
document.addEventListener("keydown", ({ key, ctrlKey, metaKey, shiftKey }) => {
  if (key.toLowerCase() === "v" && (ctrlKey || metaKey)) plainly = shiftKey;
}, true);

// Before the rich text editor takes it: a table in a goal or a measure is rows there too.
addEventListener("paste", (event) => {
  const row = plan.contains(event.target) ? rowOf(event.target) : null;
  if (!row || !event.clipboardData || plainly) return void (plainly = false);
  const [html, text] = ["text/html", "text/plain"].map((type) => event.clipboardData.getData(type));
  const taken = row.dataset.kind !== "section" && isTable(html, text)
    ? ask(row, event.target, html, text)
    : event.target.matches("textarea.cell") && html && words(event.target, html, text);
  if (!taken) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

function isTable(html, text) {
  const body = html && parsed(html);
  if (body && body.querySelector("table")) return body.querySelectorAll("td, th").length > 1;
  const rows = text.split("\n").filter((line) => line.trim()).map((line) => line.split("\t").length);
  return !html && rows.length > 1 && rows[0] > 1 && rows.every((cells) => cells === rows[0]);
}

// --- a table: the preview, and then the rows ---

function ask(row, target, html, text) {
  const selection = target.matches("textarea") ? [target.selectionStart, target.selectionEnd] : null;
  // Pictures may come along as endless addresses; no row has any.
  pasted = { row, target, html: html.replace(/="data:[^"]*"/g, '=""'), text, selection, roles: [] };
  part.text.hidden = !(target.matches("textarea") || target.isContentEditable);
  part.shown.replaceChildren();
  dialog.showModal();
  part.rows.focus();
  preview();
  return true;
}

async function preview() {
  const mine = ++asked;
  part.rows.setAttribute("aria-disabled", "true");
  part.state.textContent = word("Leser tabellen …");
  const { html, text, roles } = pasted;
  const { status, data } = html.length + text.length > MOST
    ? { status: 413, data: { error: word("Tabellen er for stor. Last den heller opp som en fil.") } }
    : await post(dialog.dataset.preview, { html, text, roles });
  if (mine !== asked || !dialog.open) return;
  const ready = status === 200 && data.rows > 0;
  part.state.textContent = status === 200 ? data.said : why(status, data);
  if (status === 200) show(data.html);
  document.dispatchEvent(new Event("rows"));
  part.shown.hidden = !part.shown.hasChildNodes();
  part.rows.setAttribute("aria-disabled", String(!ready));
}

function show(html) {
  const open = part.shown.querySelector("[data-columns]")?.open;
  part.shown.innerHTML = html; // made by our own template, cleaned on the way
  part.shown.querySelector("[data-columns]").open = open;
  for (const link of part.shown.querySelectorAll("a")) link.target = "_blank";
}

function why(status, data) {
  if (status === 401) return word("Du er logget ut. Logg inn i en ny fane, og lim inn på nytt.");
  return data.error ?? word("Tjeneren svarer ikke. Avbryt, og lim inn på nytt om litt.");
}

part.shown.addEventListener("change", async ({ target }) => {
  const all = [...part.shown.querySelectorAll("[data-column]")];
  const place = all.indexOf(target);
  const roles = all.map((column) => column.value);
  // No two columns are the same: the other takes over what this one was.
  const other = roles.findIndex((role, n) => n !== place && role === target.value && !["extra", "left_out"].includes(role));
  if (other >= 0) roles[other] = [...target.options].find((option) => option.defaultSelected).value;
  pasted.roles = roles;
  await preview();
  part.shown.querySelectorAll("[data-column]")[place]?.focus();
});

part.rows.addEventListener("click", async () => {
  if (part.rows.getAttribute("aria-disabled") === "true") return;
  const { row, html, text, roles } = pasted;
  dialog.close();
  Object.assign(structure.last, { act: "step", cell: null });
  const clip = { html, text, roles };
  const { status, data } = await outbox.step({ verb: "paste", key: row.dataset.key, to: dialog.dataset.paste, clip });
  if (status !== 200) return; // said already
  for (const key of data.gone) structure.takeAway(key);
  await reconcile();
  const first = rowByKey(data.key);
  if (first) focus(mainCell(first));
  say(word.many("%(n)s rad satt inn. Ctrl+Z tar den bort igjen.", "%(n)s rader satt inn. Ctrl+Z tar dem bort igjen.", data.keys.length));
});

part.text.addEventListener("click", () => {
  const { target, text, selection } = pasted;
  dialog.close();
  // The page is not awake under the dialog until it has been drawn without it.
  requestAnimationFrame(() => {
    target.focus();
    if (selection) target.setSelectionRange(...selection);
    insert(target, text);
  });
});

part.cancel.addEventListener("click", () => dialog.close());
// The browser tells of it some time after: another table may be in by then.
dialog.addEventListener("close", () => { if (!dialog.open) asked += 1; });

// --- words ---

// Whether they were put in; else the browser does.
function words(cell, html, text) {
  const lines = linesOf(cleaned(html, { lists: false }));
  const kept = lines.map((line) => line.html).join("<br>");
  if (cell.dataset.field !== "html" || !/<(strong|s|a)\b/.test(kept)) {
    // What one line begins and ends with, only the plain words know.
    return insert(cell, lines.length === 1 && text ? text : lines.map((line) => line.text).join("\n"));
  }
  const { value, selectionStart, selectionEnd } = cell;
  const before = value.slice(0, selectionStart) + (text.match(/^ /) ?? ""), after = value.slice(selectionEnd);
  rich.formatting(rowOf(cell), escaped(before) + kept + escaped((text.match(/ $/) ?? "") + after));
  return true;
}

// The old command is the only way to put words in that the browser's own undo takes out again.
function insert(cell, text) {
  const words = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  const editor = cell.closest(".ProseMirror")?.editor;
  if (editor) return editor.chain().focus().insertContent(escaped(words)).run();
  cell.focus();
  return document.execCommand("insertText", false, words);
}
