// The hints beside the text: a quiet mark at each row that has any, its sentences in a box below the row's
// words when one asks, and a list of all under the toolbar. The list comes from the server some seconds
// after a save; nothing that is focused is swapped, and a box that stands open stays until it is closed.

import { get, send } from "./api.js";
import { at, calledOf, cellOf, cellsOf, focus, mainCell, plan, rowByKey, rowOf, valueOf } from "./page.js";
import { trouble } from "./panels.js";
import { say } from "./status.js";

// Milliseconds from a save; more where the server is slow to answer, yet never so long that one gives up.
const AFTER = 3000, AT_MOST = 10000;
const total = document.getElementById("merknad-tall");
const list = document.getElementById("merknader");
const listed = list.querySelector(".w-listed");

let latest = document.createElement("div"); // the fragment as it came last
let timer = 0, pace = AFTER, asked = 0;
let from = null; // where the focus was before the list or a box took it

const standing = () => [...latest.querySelectorAll("ul:not([data-let-be]) > .hint")];
const hintsOf = (row) => standing().filter((hint) => hint.dataset.row === row.dataset.key);

// --- fetching ---

// Something was saved, here or elsewhere.
export function soon() {
  timer ||= setTimeout(refresh, pace);
}

export async function refresh() {
  clearTimeout(timer);
  timer = 0;
  const mine = ++asked, start = performance.now();
  const response = await get(`${at.hints}?tag=${latest.dataset.tag ?? ""}`);
  pace = Math.min(AT_MOST, Math.max(AFTER, 20 * (performance.now() - start)));
  const html = response?.status === 200 ? await response.text() : "";
  if (html && mine === asked) take(html); // what was answered meanwhile is newer
}

function take(html) {
  latest = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  total.textContent = latest.dataset.total;
  marks();
  for (const box of boxes()) settle(box);
  if (!list.hidden && !list.contains(document.activeElement)) fillList();
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });

// --- the mark at a row ---

const placeOf = (row) => row.querySelector(row.dataset.kind === "section" ? ":scope > .w-head" : ".w-words");
const markOf = (row) => placeOf(row).querySelector(":scope > .w-mark-hint");

function marks() {
  const counts = new Map();
  for (const { dataset } of standing()) counts.set(dataset.row, (counts.get(dataset.row) ?? 0) + 1);
  for (const mark of plan.querySelectorAll(".w-mark-hint")) {
    const row = rowOf(mark);
    if (!counts.has(row.dataset.key) && !boxOf(row) && mark !== document.activeElement) mark.remove();
  }
  for (const row of plan.querySelectorAll("[data-key]")) {
    const count = counts.get(row.dataset.key);
    if (count) show(row, count);
  }
}

function show(row, count) {
  let mark = markOf(row);
  if (!mark) {
    mark = document.createElement("button");
    mark.type = "button";
    mark.className = "w-mark-hint";
    mark.tabIndex = -1; // Tab walks the cells; F8 comes here
    mark.setAttribute("aria-expanded", "false");
    mark.addEventListener("click", () => (boxOf(row) ? close(row) : open(row)));
    placeOf(row).append(mark);
  }
  const name = row.dataset.kind === "section" ? row.querySelector("h2").textContent : mainCell(row).ariaLabel ?? calledOf(mainCell(row));
  const words = `${word.many("%(n)s merknad", "%(n)s merknader", count)}: ${name.trim()}`;
  if (mark.ariaLabel === words) return;
  mark.textContent = count;
  mark.ariaLabel = mark.title = words;
}

// --- the box below a row's words ---

const boxes = () => [...plan.querySelectorAll(".w-hints")];
const boxOf = (row) => boxes().find((box) => rowOf(box) === row);

function open(row) {
  for (const box of boxes()) if (rowOf(box) !== row) close(rowOf(box));
  if (boxOf(row)) return fill(boxOf(row), [copies(row)]);
  const box = document.createElement("div");
  box.className = "w-hints";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", word("Merknader"));
  fill(box, [copies(row)]);
  const words = placeOf(row);
  row.dataset.kind === "section" ? words.after(box) : words.append(box);
  markOf(row)?.setAttribute("aria-expanded", "true");
}

function close(row) {
  const focused = boxOf(row).contains(document.activeElement);
  boxOf(row).remove();
  markOf(row)?.setAttribute("aria-expanded", "false");
  if (focused) back(row);
  marks();
}

function copies(row) {
  const rows = document.createElement("ul");
  rows.append(...hintsOf(row).map((hint) => hint.cloneNode(true)));
  for (const link of rows.querySelectorAll(".hint-go")) link.remove(); // one is there
  return rows;
}

// While somebody is in the plan an open box keeps its lines, so that nothing moves under a hand: what was
// put right is only said to be.
function settle(box) {
  const row = rowOf(box);
  const now = hintsOf(row);
  if (!plan.contains(document.activeElement)) return now.length ? fill(box, [copies(row)]) : close(row);
  for (const hint of box.querySelectorAll(".hint")) hint.toggleAttribute("data-gone", !now.some((one) => same(one, hint)));
}

const same = (one, other) => one.dataset.hint === other.dataset.hint;

// Puts new lines in; a reason that somebody began to write stays.
function fill(place, nodes) {
  const begun = [...place.querySelectorAll(".hint input:not([type=hidden])")].filter((input) => input.value);
  place.replaceChildren(...nodes);
  for (const old of begun) {
    const hint = [...place.querySelectorAll(".hint")].find((one) => same(one, old.closest(".hint")));
    const input = hint?.querySelector(`input[name="${old.name}"]`);
    if (!input) continue;
    input.value = old.value;
    input.closest("details").open = true;
  }
}

// --- the list of all ---

const fillList = () => fill(listed, [...latest.cloneNode(true).childNodes]);

function toggleList() {
  if (!list.hidden) return closeList();
  remember();
  fillList();
  list.hidden = false;
  total.setAttribute("aria-expanded", "true");
  first(listed).focus();
  return refresh();
}

function closeList() {
  const focused = list.contains(document.activeElement) || document.activeElement === total;
  list.hidden = true;
  total.setAttribute("aria-expanded", "false");
  if (focused) from?.isConnected ? from.focus() : total.focus();
}

total.addEventListener("click", toggleList);
list.querySelector(".w-close").addEventListener("click", closeList);

// --- where to go ---

function remember() {
  if (plan.contains(document.activeElement) && !document.activeElement.closest(".w-hints")) from = document.activeElement;
}

function back(row) {
  from?.isConnected && rowOf(from) === row ? from.focus() : focus(mainCell(row));
}

const first = (place) => place.querySelector("a, button, summary") ?? total;

// To the row: its box open, and the cell that the hint is about ready for typing, the words selected.
function go(key, hint) {
  const row = rowByKey(key);
  if (!row) return;
  if (!list.hidden) closeList();
  if (hintsOf(row).length) open(row);
  const { words, cell: field } = hint.dataset;
  const cell = (field && cellOf(row, field)) || cellsOf(row).find((one) => valueOf(one).includes(words)) || mainCell(row);
  focus(cell);
  const start = cell.value?.indexOf(words) ?? -1;
  if (start >= 0 && hint.dataset.aboutRow === undefined) cell.setSelectionRange(start, start + words.length);
}

// F8: to the hints of the row that one is in, and from there to those of the next row that has any.
function next() {
  const { activeElement } = document;
  const here = rowOf(activeElement);
  const keys = new Set(standing().map((hint) => hint.dataset.row));
  const rows = [...plan.querySelectorAll("[data-key]")].filter((row) => row === here || keys.has(row.dataset.key));
  const stay = here && keys.has(here.dataset.key) && !activeElement.closest(".w-hints");
  const row = stay ? here : rows[(rows.indexOf(here) + 1) % rows.length];
  if (!row || !keys.has(row.dataset.key)) return say(word("Ingen merknader"));
  remember();
  open(row);
  return first(boxOf(row)).focus();
}

// --- what one does ---

// Before the page's own keys, which in a field of ours are the field's.
document.addEventListener("keydown", (event) => {
  const act = actOf(event);
  if (act) event.preventDefault();
  if (act || event.target.matches?.(".hint input")) event.stopPropagation();
  act?.();
}, true);

function actOf({ key, target, isComposing }) {
  if (isComposing) return null;
  if (key === "F8") return next;
  const box = target.closest?.(".w-hints");
  if (box) return key === "Escape" ? () => close(rowOf(box)) : null;
  if (!list.contains(target)) return null;
  if (key === "Escape") return closeList;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  return step && !target.matches("input") ? () => walk(target, step) : null;
}

function walk(target, step) {
  const stops = [...listed.querySelectorAll(".hint")];
  const here = stops.indexOf(target.closest(".hint"));
  const there = stops[here < 0 ? 0 : here + step];
  if (there) first(there).focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".hint [data-go]");
  if (!link) return;
  event.preventDefault();
  go(link.dataset.go, link.closest(".hint"));
});

// «Se bort fra» and «Forklar» ask for a word: whoever opened one writes it there, from the next key on. (The
// browser's own toggle event comes too late for that: the first letters went nowhere.)
document.addEventListener("click", (event) => {
  const details = event.target.closest?.(".hint summary")?.parentElement;
  if (!details) return;
  event.preventDefault();
  details.open = !details.open;
  if (details.open) details.querySelector("input:not([type=hidden])").focus();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const hint = form.closest(".hint");
  if (!hint) return;
  event.preventDefault();
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  const { html, why } = await send(form);
  form.ariaBusy = null;
  if (why) return trouble(why);
  const place = form.closest(".w-hints") ?? list, row = rowOf(form);
  const left = !place.contains(document.activeElement) && document.activeElement !== document.body;
  asked += 1;
  take(html);
  say(form.dataset.done);
  if (left) return; // for somewhere else, while the server answered
  row ? answeredAt(row) : answeredInList(hint);
});

function answeredAt(row) {
  if (!hintsOf(row).length) return boxOf(row) ? close(row) : back(row);
  open(row);
  return first(boxOf(row)).focus();
}

function answeredInList(hint) {
  const place = [...listed.querySelectorAll(".hint")].findIndex((one) => same(one, hint));
  fillList();
  const hints = [...listed.querySelectorAll(".hint")];
  first(hints.find((one) => same(one, hint)) ?? hints[Math.min(place, hints.length - 1)] ?? listed).focus();
}
