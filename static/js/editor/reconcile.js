// Brings the page in line with what is stored, row by row: rows are known by their keys, and nothing that
// is focused or waits to be saved is touched.

import { get } from "./api.js";
import * as contents from "./contents.js";
import * as outbox from "./outbox.js";
import { cellOf, cellsOf, lines, nameOfCell, plan, rowByKey, sections, setBase, show } from "./page.js";

let stands = new Set(); // the keys of all rows that are stored: one that moved is taken along, not removed

export async function reconcile() {
  plan.setAttribute("aria-busy", "true");
  const fresh = await fetched();
  plan.removeAttribute("aria-busy");
  if (!fresh) return;
  stands = new Set([...fresh.querySelectorAll("[data-key]")].map((node) => node.dataset.key));
  order(plan, sections(), [...fresh.querySelectorAll(":scope > .w-section")], section);
  contents.refresh();
  document.dispatchEvent(new Event("rows"));
}

// The plan as it is stored. What was fetched while something was done or saved is old before it comes.
async function fetched() {
  for (;;) {
    while (outbox.steps().length) await new Promise((done) => { setTimeout(done, 50); });
    const before = outbox.changesSoFar();
    const response = await get(location.pathname + location.search);
    if (!response) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (outbox.changesSoFar() === before) return page.getElementById("plan");
  }
}

function section(old, fresh) {
  for (const name of ["depth", "parent"]) old.dataset[name] = fresh.dataset[name];
  columns(old, fresh);
  cells(old, fresh);
  order(old.querySelector("tbody"), lines(old), lines(fresh), line);
}

// Headings of columns that came or went, and the form of new rows.
function columns(old, fresh) {
  const [was, is] = [old, fresh].map((one) => [...one.querySelectorAll("thead th")].map((th) => th.textContent).join("|"));
  if (was === is) return;
  for (const part of ["thead", ".ny-goal", ".ny-measure"]) {
    old.querySelector(part).replaceWith(document.importNode(fresh.querySelector(part), true));
  }
}

function line(old, fresh) {
  const field = (place) => place.querySelector(".cell").dataset.field;
  const wanted = [...fresh.cells].map(field);
  for (const place of [...old.cells]) if (!wanted.includes(field(place)) && !isBusy(old)) place.remove();
  [...fresh.cells].forEach((place, n) => {
    if (!cellOf(old, wanted[n])) old.insertBefore(document.importNode(place, true), old.cells[n] ?? null);
    else cellOf(old, wanted[n]).closest("td").colSpan = place.colSpan;
  });
  cells(old, fresh);
}

// Puts the children of `parent` in the order that is wanted; the old node of a key stays, whatever it holds.
function order(parent, before, wanted, update) {
  const keys = new Set(wanted.map((node) => node.dataset.key));
  for (const node of before) {
    if (!keys.has(node.dataset.key) && !isBusy(node) && !stands.has(node.dataset.key)) node.remove();
  }
  let place = [...parent.children].find((node) => node.dataset.key) ?? null;
  for (const fresh of wanted) {
    let node = rowByKey(fresh.dataset.key);
    if (node) update(node, fresh);
    else node = arrived(document.importNode(fresh, true));
    if (node === place) place = next(place);
    else if (parent.moveBefore && node.isConnected) parent.moveBefore(node, place);
    else parent.insertBefore(node, place);
  }
}

// A row that the page did not have: words that an earlier page left, and that wait for it, are shown in it.
function arrived(row) {
  for (const cell of row.querySelectorAll(".cell")) {
    const entry = outbox.pending(nameOfCell(cell));
    if (entry) show(cell, entry.value, entry.form);
  }
  return row;
}

function next(node) {
  const after = node.nextElementSibling;
  return after?.dataset.key ? after : null;
}

// A row that somebody writes in, or that waits to be saved, stays until its words have gone somewhere.
function isBusy(row) {
  return row.contains(document.activeElement)
    || outbox.steps().some((step) => step.key === row.dataset.key)
    || [...row.querySelectorAll(".cell")].some((cell) => outbox.isWaiting(nameOfCell(cell)));
}

function cells(old, fresh) {
  for (const cell of cellsOf(fresh)) {
    const mine = cellOf(old, cell.dataset.field);
    if (!mine) continue;
    if (mine.matches("textarea") && cell.matches("textarea")) {
      mine.placeholder = cell.placeholder;
      mine.setAttribute("aria-label", cell.getAttribute("aria-label"));
    }
    if (mine === document.activeElement || mine.contains(document.activeElement)) continue;
    if (outbox.isWaiting(nameOfCell(mine)) || mine.dataset.open !== undefined) continue;
    if (mine.tagName !== cell.tagName) {
      mine.replaceWith(document.importNode(cell, true));
      continue;
    }
    const words = cell.matches("textarea") ? cell.defaultValue : cell.dataset.value;
    show(mine, words);
    setBase(mine, words);
    mine.closest("td")?.querySelector(".note")?.replaceWith(...cell.closest("td").querySelectorAll(".note"));
  }
}
