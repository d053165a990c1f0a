// Where a row stands among the others, and moving it by one place: pure work on the page, no requests.
// The neighbour's node is moved and not the row itself, so that focus and the browser's own undo survive.

import { at, lines, plan, rowByKey, sectionOf, sections } from "./page.js";

const isGoal = (row) => row?.dataset.kind === "goal";

export function goalOf(measure) {
  let row = measure.previousElementSibling;
  while (row && !isGoal(row)) row = row.previousElementSibling;
  return row;
}

// A goal's row with its measures' rows; a section with those below it.
export function group(row) {
  if (row.dataset.kind === "measure") return [row];
  const found = [row];
  const ends = isGoal(row) ? isGoal : (next) => Number(next.dataset.depth) <= Number(row.dataset.depth);
  for (let next = row.nextElementSibling; next?.dataset.key && !ends(next); next = next.nextElementSibling) {
    found.push(next);
  }
  return found;
}

// The parent's key and the key of the neighbour above, as the server takes a place.
export function placeOf(row) {
  if (row.dataset.kind === "measure") {
    const above = row.previousElementSibling;
    return { under: goalOf(row).dataset.key, after: isGoal(above) ? null : above.dataset.key };
  }
  if (isGoal(row)) {
    const above = row.previousElementSibling;
    const goal = above && (isGoal(above) ? above : goalOf(above));
    return { under: sectionOf(row).dataset.key, after: goal?.dataset.key ?? null };
  }
  const same = children(row.dataset.parent);
  const above = same[same.indexOf(row) - 1];
  return { under: row.dataset.parent || null, after: above?.dataset.key ?? null };
}

// Moves the row one place up or down, across goals and sections; whether it could.
export function moveByOne(row, down) {
  const move = { measure: moveMeasure, goal: moveGoal, section: moveSection }[row.dataset.kind];
  return move(row, down);
}

function moveMeasure(row, down) {
  const next = down ? row.nextElementSibling : row.previousElementSibling;
  // A first goal stays above its measures; past any other goal's row one is in the goal beside it.
  if (next && (down || !isGoal(next) || next.previousElementSibling)) {
    down ? row.before(next) : row.after(next);
    return true;
  }
  const goals = beside(row, down, (section) => lines(section).some(isGoal));
  if (!goals) return false;
  put([row], goals.querySelector("tbody"), down ? lines(goals)[0].nextSibling : null);
  return true;
}

function moveGoal(row, down) {
  const own = group(row);
  const above = row.previousElementSibling && (isGoal(row.previousElementSibling) ? row.previousElementSibling : goalOf(row));
  const next = down ? own.at(-1).nextElementSibling : above;
  if (next) {
    down ? row.before(...group(next)) : own.at(-1).after(...group(next));
    return true;
  }
  const section = beside(row, down, () => true);
  if (!section) return false;
  put(own, section.querySelector("tbody"), down ? section.querySelector("tbody").firstChild : null);
  return true;
}

// Among those of the same parent; at the end into the parent beside; where none is, out of its own.
function moveSection(row, down) {
  const own = group(row);
  const same = children(row.dataset.parent);
  const other = same[same.indexOf(row) + (down ? 1 : -1)];
  if (other) {
    down ? row.before(...group(other)) : own.at(-1).after(...group(other));
    return true;
  }
  const parent = rowByKey(row.dataset.parent);
  if (!parent) return false;
  const parents = children(parent.dataset.parent);
  const into = parents[parents.indexOf(parent) + (down ? 1 : -1)];
  if (into) {
    lay(own, into.dataset.key, 0);
    put(own, plan, down ? into.nextSibling : parent);
  } else {
    lay(own, parent.dataset.parent, -1);
    if (!down) put(own, plan, parent);
  }
  return true;
}

// One level down, under the section above it; or up, behind the one that it lay under. Whether it could.
export function changeLevel(row, deeper) {
  const own = group(row);
  if (!deeper) {
    const parent = rowByKey(row.dataset.parent);
    if (!parent) return false;
    const end = group(parent).at(-1).nextSibling;
    lay(own, parent.dataset.parent, -1);
    put(own, plan, end);
    return true;
  }
  const same = children(row.dataset.parent);
  const above = same[same.indexOf(row) - 1];
  if (!above || isTooDeep(own, 1)) return false;
  lay(own, above.dataset.key, 1);
  return true;
}

const children = (parent) => sections().filter((section) => section.dataset.parent === parent);

// A section with those below it lies under another parent now, so many levels further down.
function lay(own, parent, levels) {
  own[0].dataset.parent = parent;
  for (const section of own) section.dataset.depth = Number(section.dataset.depth) + levels;
}

const isTooDeep = (own, levels) =>
  levels > 0 && Math.max(...own.map((section) => Number(section.dataset.depth))) + levels > Number(at.deepest);

function beside(row, down, fits) {
  const all = sections();
  const from = all.indexOf(sectionOf(row));
  const rest = down ? all.slice(from + 1) : all.slice(0, from).reverse();
  return rest.find(fits);
}

// Moves the rows themselves. Focus, and what is selected, come along.
export function put(rows, parent, before) {
  const focused = document.activeElement;
  const selection = focused?.matches?.("textarea") ? [focused.selectionStart, focused.selectionEnd] : null;
  for (const row of rows) {
    if (parent.moveBefore && row.isConnected) parent.moveBefore(row, before);
    else parent.insertBefore(row, before);
  }
  if (document.activeElement !== focused && focused?.isConnected) {
    focused.focus();
    if (selection) focused.setSelectionRange(...selection);
  }
}

// Puts a row (with what belongs to it) before or after another of the same page; whether it can stand there.
export function dropAt(row, target, after) {
  const kind = row.dataset.kind;
  if (row === target || group(row).includes(target)) return false;
  if (kind === "section") {
    const other = target.closest(".w-section");
    const own = group(row);
    const levels = Number(other.dataset.depth) - Number(row.dataset.depth);
    if (own.includes(other) || isTooDeep(own, levels)) return false;
    const before = after ? group(other).at(-1).nextSibling : other;
    lay(own, other.dataset.parent, levels);
    put(own, plan, before);
    return true;
  }
  const line = target.closest("tr");
  const body = line?.parentElement ?? target.closest(".w-section").querySelector("tbody");
  if (kind === "goal") {
    const goal = line && (isGoal(line) ? line : goalOf(line));
    put(group(row), body, goal ? (after ? group(goal).at(-1).nextSibling : goal) : null);
    return true;
  }
  if (!line) return false;
  put([row], body, after || isGoal(line) ? line.nextSibling : line);
  return true;
}

