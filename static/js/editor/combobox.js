// Suggestions while one types who is responsible: the name at the cursor, several names in one cell.
// A textarea, since cells hold lines: the browser's own textbox with a list that it controls.

import { get } from "./api.js";
import { at } from "./page.js";
import { say } from "./status.js";

const list = document.getElementById("forslag");
const MOST = 8;
let names = null, box = null, chosen = -1;

const isField = (target) => target.dataset?.field === "responsible_text";

// Where the name that one is typing begins, and what it is.
function typed(cell) {
  const before = cell.value.slice(0, cell.selectionStart);
  const start = Math.max(...[",", ";", "\n", "/", " og "].map((sign) => {
    const found = before.lastIndexOf(sign);
    return found < 0 ? 0 : found + sign.length;
  }));
  const lead = before.slice(start).length - before.slice(start).trimStart().length;
  return { start: start + lead, words: before.slice(start).trim() };
}

export async function suggest(cell) {
  if (!isField(cell)) return;
  names ??= get(at.names).then((response) => response?.json() ?? { names: [] });
  const known = (await names).names;
  if (document.activeElement !== cell) return;
  const { words } = typed(cell);
  const sought = words.toLocaleLowerCase("nb");
  const fits = ([short, full]) => [short, full].some((name) => name.toLocaleLowerCase("nb").startsWith(sought))
    || full.toLocaleLowerCase("nb").includes(` ${sought}`);
  const found = sought ? known.filter(fits).filter(([short]) => short !== words).slice(0, MOST) : [];
  found.length ? open(cell, found) : close();
}

function open(cell, found) {
  box = cell;
  chosen = -1;
  list.replaceChildren(...found.map(([short, full], n) => {
    const option = document.createElement("li");
    option.id = `forslag-${n}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.words = short;
    option.textContent = full ? `${short} – ${full}` : short;
    return option;
  }));
  cell.after(list);
  list.hidden = false;
  say(word.many("%(n)s forslag, bruk pil ned", "%(n)s forslag, bruk pil ned", found.length));
}

export function close() {
  if (list.hidden) return;
  list.hidden = true;
  box?.removeAttribute("aria-activedescendant");
  document.querySelector("main").append(list);
  box = null;
  chosen = -1;
}

function choose(n) {
  const options = [...list.children];
  chosen = (n + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  box.setAttribute("aria-activedescendant", options[chosen].id);
  options[chosen].scrollIntoView({ block: "nearest" });
}

function accept(words) {
  const cell = box;
  const { start } = typed(cell);
  cell.focus();
  cell.setSelectionRange(start, cell.selectionStart);
  // The old command is the only way to put words in that the browser's own undo takes out again.
  if (!document.execCommand("insertText", false, words)) cell.setRangeText(words, start, cell.selectionStart, "end");
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  close();
}

// Whether the key was for the list.
export function key(event) {
  if (list.hidden || event.target !== box) return false;
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
  else if (event.key === "Escape") close();
  else if (["Enter", "Tab"].includes(event.key) && chosen >= 0 && !event.shiftKey) accept(list.children[chosen].dataset.words);
  else {
    if (["Enter", "Tab"].includes(event.key)) close();
    return false;
  }
  event.preventDefault();
  return true;
}

list.addEventListener("pointerdown", (event) => {
  event.preventDefault(); // the cell keeps the focus
  const option = event.target.closest("[role=option]");
  if (option) accept(option.dataset.words);
});
