// The keyboard. Tab and Shift+Tab are the browser's own: the cells stand in reading order.

import * as combobox from "./combobox.js";
import { focus, mainCell, rowOf } from "./page.js";
import * as structure from "./structure.js";

const dialog = document.getElementById("snarveier");
const bar = document.querySelector(".write-bar");

export const showKeys = () => dialog.showModal();

export function keydown(event, current) {
  if (event.isComposing || combobox.key(event)) return;
  const { target } = event;
  const row = rowOf(target);
  const ctrl = event.ctrlKey || event.metaKey;
  const inCell = target.matches?.("textarea.cell");
  const act = found(event, { ctrl, inCell, row, current });
  if (!act) return;
  event.preventDefault();
  act();
}

function found(event, { ctrl, inCell, row, current }) {
  const { key, shiftKey: shift, altKey: alt, target } = event;
  if (key === "F1" || (key === "?" && !isText(target))) return showKeys;
  if (alt && key === "F10") return () => bar.querySelector("[data-do]").focus();
  if (key === "Escape" && bar.contains(target) && current) return () => focus(mainCell(current));
  const again = ctrl && ((key.toLowerCase() === "z" && shift) || key.toLowerCase() === "y");
  if (again && !target.isContentEditable) return back(structure.redo, target, inCell);
  if (ctrl && key.toLowerCase() === "z" && !target.isContentEditable) return back(structure.undo, target, inCell);
  if (!inCell || !row) return null;
  if (alt && shift && (key === "ArrowUp" || key === "ArrowDown")) return () => structure.move(row, key === "ArrowDown");
  if (alt && shift && (key === "ArrowLeft" || key === "ArrowRight")) return level(row, key === "ArrowRight");
  if (alt && shift && key === "Delete") return () => structure.remove(row);
  if (key !== "Enter" || alt) return null;
  if (ctrl) return () => (shift ? structure.addSection(row) : structure.addGoal(row));
  if (shift) return null;
  return () => (row.dataset.kind === "section" ? structure.addGoal(row) : structure.addMeasure(row));
}

// Only sections have levels; elsewhere the keys are the browser's.
const level = (row, deeper) => (row.dataset.kind === "section" ? () => structure.changeLevel(row, deeper) : null);

const isText = (target) => target.matches?.("textarea, input") || target.isContentEditable;

// What was typed last in this cell is the browser's to take back and do again; everything else the server's.
function back(act, target, inCell) {
  if (!inCell || structure.last.cell !== target) return act;
  const before = target.value;
  setTimeout(() => { if (target.value === before) act(); });
  return null;
}
