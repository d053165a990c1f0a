// What others do: asked for every five seconds while the page is looked at. A cell that is neither focused
// nor waiting follows by itself; rows that came, moved or went are offered, never changed under a hand.

import { post } from "./api.js";
import * as hints from "./hints.js";
import * as outbox from "./outbox.js";
import { at, baseOf, cellOf, nameOfCell, note, rowByKey, rowOf, setBase, show } from "./page.js";
import { structureChanged } from "./panels.js";
import { reconcile } from "./reconcile.js";
import { seen } from "./structure.js";

const EVERY = 5000;
const here = document.getElementById("her");
const savedHere = new Map(); // cell → when the server last confirmed words of this page
let since = at.since, opened = true;
let newest = ""; // when the last cell was saved that this page has heard of

export const confirmed = (name, when) => savedHere.set(name, when);

export function start() {
  poll();
  setInterval(() => { if (!document.hidden) poll(); }, EVERY);
}

async function poll() {
  const row = rowOf(document.activeElement)?.dataset.key ?? null;
  const { status, data } = await post(at.news, { since, row, opened });
  if (status !== 200) return;
  outbox.heard();
  opened = false;
  since = data.now;
  if (data.cells.length) outbox.changed();
  data.cells.forEach(take);
  const saved = data.cells.map((cell) => cell.at).sort().at(-1) ?? "";
  people(data.here);
  // A step of one's own is known by its answer, which may come after the news of it.
  while (outbox.steps().length) await new Promise((done) => { setTimeout(done, 50); });
  // What the page was opened with is asked for again, since a save may take its time; it is no news.
  const steps = data.steps.filter(({ id }) => id > Number(at.edit) && !seen.has(id));
  if (saved > newest || steps.length) hints.soon();
  if (saved > newest) newest = saved;
  for (const step of steps) seen.add(step.id);
  if (steps.length) structureChanged([...new Set(steps.map((step) => step.by))].join(" og "), reconcile);
}

function take({ key, field, value, form, note: words, at: when }) {
  const row = rowByKey(key);
  const cell = row && cellOf(row, field);
  if (!cell) return;
  const name = nameOfCell(cell);
  const busy = outbox.isWaiting(name) || cell.contains(document.activeElement) || cell.dataset.open !== undefined;
  if (busy || baseOf(cell) === value || when < (savedHere.get(name) ?? "")) return;
  if (!show(cell, value, form)) return void reconcile();
  setBase(cell, value);
  note(cell, words);
}

function people(list) {
  for (const mark of document.querySelectorAll(".w-here")) mark.remove();
  here.textContent = list.length ? word("Her nå: %(names)s", { names: list.map((person) => person.name).join(", ") }) : "";
  for (const { name, key } of list) {
    const row = rowByKey(key);
    if (!row) continue;
    const mark = document.createElement("span");
    mark.className = "w-here";
    mark.textContent = name;
    (row.querySelector(".w-words") ?? row.querySelector(".w-head")).append(mark);
  }
}
