// The writing page: what happens in the cells, sent to the parts that know what to do about it.

import * as combobox from "./combobox.js";
import { conflict } from "./conflict.js";
import * as contents from "./contents.js";
import "./drag.js";
import * as hints from "./hints.js";
import { keydown, showKeys } from "./keys.js";
import * as outbox from "./outbox.js";
import { at, baseOf, cellOf, focus, formOf, nameOfCell, note, plan, rowByKey, rowOf, sectionOf, sections, setBase, show, valueOf } from "./page.js";
import * as panels from "./panels.js";
import "./paste.js";
import { reconcile } from "./reconcile.js";
import * as rich from "./rich.js";
import * as structure from "./structure.js";
import * as together from "./together.js";

const levels = document.querySelectorAll("[data-do^=level-]"); // only sections have them
let current = null; // the row that one is in, which the toolbar serves

function written(cell) {
  const { key, kind } = rowOf(cell).dataset;
  outbox.write(nameOfCell(cell), {
    key, kind, field: cell.dataset.field, form: formOf(cell), base: baseOf(cell), value: valueOf(cell),
  });
}

plan.addEventListener("input", ({ target }) => {
  if (!target.matches("textarea.cell")) return;
  structure.typed(target);
  written(target);
  if (["heading", "number"].includes(target.dataset.field)) contents.refresh();
  combobox.suggest(target);
});

let byTab = false;
document.addEventListener("keydown", ({ key }) => { byTab = key === "Tab"; }, true);
document.addEventListener("pointerdown", () => { byTab = false; }, true);

plan.addEventListener("focusin", ({ target }) => {
  // Coming by Tab one goes on after the words that stand there.
  if (byTab && target.matches("textarea.cell")) target.setSelectionRange(target.value.length, target.value.length);
  current = rowOf(target) ?? current;
  for (const row of plan.querySelectorAll("[data-current]")) delete row.dataset.current;
  if (current) current.dataset.current = "";
  for (const button of levels) button.disabled = current?.dataset.kind !== "section";
  contents.follow(current && sectionOf(current));
});

plan.addEventListener("focusout", () => {
  combobox.close();
  outbox.hurry();
});

document.addEventListener("keydown", (event) => keydown(event, current));

const act = {
  "add-measure": () => (current ? structure.addMeasure(current) : structure.addSection(null)),
  "add-goal": () => (current ? structure.addGoal(current) : structure.addSection(null)),
  "add-section": () => structure.addSection(current ?? sections().at(-1)),
  "add-section-last": () => structure.addSection(topLast()),
  "add-goal-last": (button) => structure.addGoalLast(sectionOf(button)),
  up: () => current && structure.move(current, false),
  down: () => current && structure.move(current, true),
  "level-up": () => current && structure.changeLevel(current, false),
  "level-down": () => current && structure.changeLevel(current, true),
  label: () => current && focus(cellOf(current, current.dataset.kind === "section" ? "number" : "label")),
  rich: () => current && rich.formatting(current),
  form: () => current && location.assign(`${at.row}${current.dataset.key}/`),
  delete: () => current && structure.remove(current),
  undo: () => structure.undo(),
  redo: () => structure.redo(),
  keys: () => showKeys(),
  "open-rich": (button) => rich.open(button.closest(".w-rich")),
};

function topLast() {
  return sections().filter((section) => !section.dataset.parent).at(-1) ?? null;
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-do]");
  if (!button) return;
  if (current && !current.isConnected) current = null;
  act[button.dataset.do](button);
});

// The toolbar leaves the focus in the cell, so that it serves the row one is in.
document.querySelector(".write-bar").addEventListener("pointerdown", (event) => {
  if (event.target.closest("button")) event.preventDefault();
});

// --- what the server answers ---

outbox.on({
  saved(name, entry, answer) {
    together.confirmed(name, answer.at);
    hints.soon();
    const row = rowByKey(entry.key);
    const cell = row && cellOf(row, entry.field);
    if (!cell) return;
    setBase(cell, answer.value);
    note(cell, answer.note);
    if (formOf(cell) === "text" && answer.form === "html") reconcile();
    if (entry.field === "label") reconcile();
  },
  conflict,
  gone(name, entry) {
    panels.lost(entry.value, () => outbox.drop(name));
  },
  stepped(step, answer) {
    hints.soon();
    return structure.stepped(step, answer);
  },
  stepRefused: structure.refused,
});

// --- what an earlier page left, and what was typed before this script ran ---

const found = outbox.takeOver();
for (const [, entry] of found) {
  const row = rowByKey(entry.key);
  const cell = row && entry.field && cellOf(row, entry.field);
  if (cell) show(cell, entry.value, entry.form);
}
if (found.some(([, entry]) => entry.verb)) reconcile();
for (const cell of plan.querySelectorAll("textarea.cell")) {
  if (cell.value !== cell.defaultValue && !outbox.isWaiting(nameOfCell(cell))) written(cell);
}
together.start();
if (!sections().length) document.querySelector("[data-do=add-section-last]").focus(); // Enter begins an empty plan
hints.refresh();
plan.dataset.ready = "";
