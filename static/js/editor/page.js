// The page's parts: what was said in attributes, where rows and cells are, and their names.

export const plan = document.getElementById("plan");
export const at = plan.dataset;

export const rowOf = (element) => element?.closest?.("[data-key]") ?? null;
export const rowByKey = (key) => (key ? plan.querySelector(`[data-key="${CSS.escape(key)}"]`) : null);
export const sectionOf = (row) => row.closest(".w-section");
export const sections = () => [...plan.querySelectorAll(":scope > .w-section")];
export const lines = (section) => [...section.querySelector("tbody").rows];

// The cells of a row, not those of rows inside it (a section's table).
export const cellsOf = (row) => [...row.querySelectorAll(".cell")].filter((cell) => rowOf(cell) === row);
export const cellOf = (row, field) => cellsOf(row).find((cell) => cell.dataset.field === field);
export const mainCell = (row) => cellOf(row, row.dataset.kind === "section" ? "heading" : "html");

export const formOf = (cell) => (cell.matches("textarea") ? "text" : "html");
export const nameOfCell = (cell) => `${rowOf(cell).dataset.key}/${cell.dataset.field}`;

// What people call the cell: «Ansvarlig», «Mål».
export const calledOf = (cell) => cell.dataset.name ?? cell.closest("td")?.dataset.label;

export function valueOf(cell) {
  return cell.matches("textarea") ? cell.value : cell.dataset.value;
}

// Shows words in a cell without taking it for typing.
export function show(cell, words, form = formOf(cell)) {
  if (cell.matches("textarea")) {
    if (form !== "text") return false; // formatting that a textarea cannot show: a reload puts it right
    if (cell.value !== words) cell.value = words;
    return true;
  }
  const html = form === "text" ? escaped(words) : words;
  cell.dataset.value = html;
  cell.querySelector(".w-read").innerHTML = html; // cleaned by the server when it was stored
  return true;
}

const escaped = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>");

export function note(cell, words) {
  const place = cell.closest("td")?.querySelector(".note");
  if (!place || words === null || words === undefined) return;
  place.textContent = words;
  if (words && cell.dataset.field === "responsible_text") place.append(" ", linking(cell));
}

// To the form where names are linked by hand. Tab passes it by: «Alle felt» leads there too.
function linking(cell) {
  const link = document.createElement("a");
  link.className = "ds-link";
  link.tabIndex = -1;
  link.href = `${at.row}${rowOf(cell).dataset.key}/`;
  link.textContent = word("Koble");
  return link;
}

// Writes the labels that the server counted, and what the cells of these rows are called.
export function relabel(labels, printed) {
  for (const [key, label] of Object.entries(labels ?? {})) {
    const row = rowByKey(key);
    if (!row) continue;
    const own = cellOf(row, "label");
    if (own) {
      own.placeholder = label;
      show(own, printed[key] ?? "");
      setBase(own, printed[key] ?? "");
    }
    for (const cell of cellsOf(row)) {
      if (calledOf(cell) && cell.matches("textarea")) cell.setAttribute("aria-label", `${calledOf(cell)} ${label}`);
    }
  }
}

export function focus(cell, { end = false } = {}) {
  const target = cell?.matches(".w-rich") ? cell.querySelector("button, [contenteditable]") : cell;
  target?.focus();
  if (end && target?.setSelectionRange) target.setSelectionRange(target.value.length, target.value.length);
}

// The words that a cell's stored value had when the page last heard of it: a change is a change from these.
export const baseOf = (cell) => (cell.matches("textarea") ? cell.defaultValue : cell.dataset.base ?? cell.dataset.value);

export function setBase(cell, words) {
  if (cell.matches("textarea")) {
    const typed = cell.value;
    cell.defaultValue = words;
    if (cell.value !== typed) cell.value = typed; // a cell never typed in would follow its default
  } else {
    cell.dataset.base = words;
  }
}
