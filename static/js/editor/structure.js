// Adding, moving and deleting rows, and taking steps back. The page does it at once, the server after it.

import { newId } from "./api.js";
import * as contents from "./contents.js";
import * as outbox from "./outbox.js";
import { cellOf, cellsOf, focus, lines, mainCell, nameOfCell, plan, relabel, rowByKey, sectionOf, sections, setBase, show, valueOf } from "./page.js";
import { changeLevel as level, dropAt, goalOf, group, moveByOne, placeOf } from "./places.js";
import { reconcile } from "./reconcile.js";
import { say } from "./status.js";
import * as panels from "./panels.js";

export const seen = new Set(); // the steps of the log that are this page's own
export const last = { act: "" }; // what Ctrl+Z takes back: «typed» in `cell`, or a step

const ADDED = { measure: word("Nytt tiltak"), goal: word("Nytt mål"), section: word("Nytt kapittel") };
const DELETED = { measure: word("Tiltak slettet."), goal: word("Mål slettet."), section: word("Kapittel slettet.") };

function fresh(kind, section) {
  const template = kind === "section" ? document.getElementById("ny-section") : section.querySelector(`.ny-${kind}`);
  const row = template.content.firstElementChild.cloneNode(true);
  row.dataset.key = newId();
  return row;
}

function added(row) {
  act();
  document.dispatchEvent(new Event("rows"));
  focus(mainCell(row));
  const { key, kind } = row.dataset;
  outbox.step({ verb: "add", key, kind, ...placeOf(row) });
  say(ADDED[kind]);
}

export function addMeasure(row) {
  if (row.dataset.kind === "section") {
    const end = lines(row).at(-1);
    return end ? addMeasure(end) : addGoal(row);
  }
  const measure = fresh("measure", sectionOf(row));
  row.after(measure);
  added(measure);
}

export function addGoal(row) {
  const section = sectionOf(row);
  const goal = fresh("goal", section);
  const body = section.querySelector("tbody");
  const own = row.dataset.kind === "measure" ? goalOf(row) : row;
  if (row.dataset.kind === "section") body.prepend(goal);
  else group(own).at(-1).after(goal);
  added(goal);
}

export function addGoalLast(section) {
  const end = lines(section).at(-1);
  end ? addGoal(end) : addGoal(section);
}

export function addSection(row) {
  const section = fresh("section");
  const own = row && sectionOf(row);
  section.dataset.parent = own?.dataset.parent ?? "";
  section.dataset.depth = own?.dataset.depth ?? "1";
  const id = `k-${section.dataset.key}`;
  section.querySelector("h2").id = id;
  section.setAttribute("aria-labelledby", id);
  own ? group(own).at(-1).after(section) : plan.append(section);
  contents.refresh();
  added(section);
}

export function move(row, down) {
  if (!moveByOne(row, down)) return say(down ? word("Står nederst") : word("Står øverst"));
  moved(row);
}

export function changeLevel(row, deeper) {
  if (row.dataset.kind !== "section") return;
  if (!level(row, deeper)) return say(deeper ? word("Kan ikke ligge dypere") : word("Ligger øverst"));
  moved(row);
}

export function drop(row, target, after) {
  if (dropAt(row, target, after)) moved(row);
}

function moved(row) {
  act();
  if (row.dataset.kind === "section") contents.refresh();
  outbox.step({ verb: "move", key: row.dataset.key, ...placeOf(row) });
}

export function remove(row) {
  act();
  outbox.hurry(); // the words go into the log before the row goes
  const rows = group(row);
  const near = row.dataset.kind === "section" ? sections().find((s) => !rows.includes(s)) : rows.at(-1).nextElementSibling ?? row.previousElementSibling;
  outbox.step({ verb: "delete", key: row.dataset.key });
  for (const one of rows) one.remove();
  if (row.dataset.kind === "section") contents.refresh();
  if (near) focus(mainCell(near));
  panels.deleted(DELETED[row.dataset.kind], undo);
  say(DELETED[row.dataset.kind]);
}

export const undo = () => back("undo");
export const redo = () => back("redo");

function back(verb) {
  panels.clear();
  act();
  outbox.step({ verb });
}

function act() {
  last.act = "step";
  last.cell = null;
  panels.wentOn();
}

export function typed(cell) {
  last.act = "typed";
  last.cell = cell;
  panels.wentOn();
}

// --- what the server answered ---

export async function stepped(step, answer) {
  for (const edit of answer.edits) seen.add(edit);
  relabel(answer.labels, answer.printed);
  renumber(answer.numbers ?? {});
  if (step.verb === "move") say(answer.place ? word("Flyttet til %(place)s", { place: answer.place }) : word("Flyttet"));
  const told = { undo: [word("Angret"), word("Ingenting å angre")], redo: [word("Gjort om igjen"), word("Ingenting å gjøre om igjen")] }[step.verb];
  if (!told) return;
  if (answer.nothing) return say(told[1]);
  for (const cell of answer.cells) undone(cell);
  if (answer.structure) {
    for (const key of answer.gone) takeAway(key);
    await reconcile();
    const row = rowByKey(answer.key);
    if (row) focus(mainCell(row));
  }
  say(told[0]);
}

function renumber(numbers) {
  for (const [key, number] of Object.entries(numbers)) {
    const row = rowByKey(key);
    const cell = row && cellOf(row, "number");
    if (!cell || outbox.isWaiting(nameOfCell(cell))) continue;
    show(cell, number);
    setBase(cell, number);
  }
  if (Object.keys(numbers).length) contents.refresh();
}

function undone({ key, field, value, form }) {
  const row = rowByKey(key);
  const cell = row && cellOf(row, field);
  if (!cell || outbox.isWaiting(nameOfCell(cell))) return;
  if (!show(cell, value, form)) return void reconcile();
  setBase(cell, value);
  focus(cell, { end: true });
}

export async function refused(step, why) {
  panels.trouble(why);
  if (step.verb === "add") takeAway(step.key);
  say(why);
  await reconcile();
}

// A row that is not stored leaves the page, even under the hand; words that somebody typed in it are shown.
export function takeAway(key) {
  const row = rowByKey(key);
  if (!row) return;
  const near = row.nextElementSibling ?? row.previousElementSibling;
  const focused = row.contains(document.activeElement);
  const words = cellsOf(row).map(valueOf).filter(Boolean).join("\n");
  const waits = cellsOf(row).some((cell) => outbox.isWaiting(nameOfCell(cell)));
  for (const cell of cellsOf(row)) outbox.drop(nameOfCell(cell));
  row.remove();
  if (words && waits) panels.lost(words, () => {});
  if (focused && near?.dataset.key) focus(mainCell(near));
}
