// Dragging a row by its handle. Everything that it does, the keys and the buttons do too.

import { plan, rowOf } from "./page.js";
import { drop } from "./structure.js";

let dragged = null, target = null, after = false;

plan.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip) return;
  dragged = rowOf(grip);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(dragged, 0, 0);
});

plan.addEventListener("dragover", (event) => {
  const over = dragged && rowOf(event.target);
  if (!over) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  mark(over, event.clientY > top + height / 2);
});

plan.addEventListener("drop", (event) => {
  if (!dragged || !target) return;
  event.preventDefault();
  drop(dragged, target, after);
});

plan.addEventListener("dragend", () => {
  mark(null, false);
  dragged = null;
});

function mark(row, below) {
  if (target) delete target.dataset.drop;
  [target, after] = [row, below];
  if (target) target.dataset.drop = below ? "after" : "before";
}
