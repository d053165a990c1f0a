// Everything that waits to be saved, sent one at a time and in order: words of cells, and steps (add,
// move, delete, undo). What was sent without an answer is sent again as it was, with the same operation
// id, before anything newer: the server counts it once.

import { newId, post } from "./api.js";
import { at } from "./page.js";
import { tell } from "./status.js";
import { forget, keep, leftovers } from "./store.js";

const PAUSE = 800; // milliseconds after the last key
const FIRST_WAIT = 1000, LONGEST_WAIT = 30000;

const waiting = new Map(); // name → entry
const handlers = { saved() {}, conflict() {}, gone() {}, stepped() {}, stepRefused() {} };
let running = false, wait = 0, timer = 0, savedAt = "", changes = 0, begun = 0;

export const on = (some) => Object.assign(handlers, some);
export const pending = (name) => waiting.get(name);
export const isWaiting = (name) => waiting.has(name);
export const steps = () => [...waiting.values()].filter((entry) => entry.verb);
// How often what is stored became other than what was fetched until then: a step, words saved here or elsewhere.
export const changesSoFar = () => changes;
export const changed = () => { changes += 1; };
const isEmpty = () => waiting.size === 0;

// When something was begun, in milliseconds; no two at the same moment, since they are sent in that order.
const turn = () => (begun = Math.max(Date.now(), begun + 1));

// --- what comes in ---

export function write(name, { key, kind, field, form, base, value }) {
  const old = waiting.get(name);
  if (!old && value === base) return;
  const entry = old ?? { key, kind, field, form, base, seq: turn() };
  Object.assign(entry, { value, form, op: newId(), due: Date.now() + PAUSE, refused: "" });
  // Typed back to where it began, and never sent: nothing to save.
  if (!entry.sent && !entry.conflict && value === entry.base) return drop(name, entry);
  waiting.set(name, entry);
  keep(name, entry);
  if (!entry.conflict && wait === 0) tell("saving");
  schedule(PAUSE);
}

export function step(fields) {
  changed();
  hurry();
  const entry = { ...fields, op: newId(), seq: turn(), due: 0 };
  const name = `steg/${entry.op}`;
  waiting.set(name, entry);
  keep(name, entry);
  if (wait === 0) tell("saving");
  schedule(0);
  return new Promise((done) => { entry.done = done; });
}

// A cell's words are now based on these: after a conflict was settled.
export function rebase(name, base, value, form) {
  const entry = waiting.get(name);
  if (!entry) return;
  Object.assign(entry, { base, value, form, op: newId(), sent: null, conflict: false, due: 0, refused: "" });
  if (value === base) return drop(name, entry);
  keep(name, entry);
  schedule(0);
}

export function drop(name, entry = waiting.get(name)) {
  if (!entry) return;
  waiting.delete(name);
  forget(name, entry.op);
  settle();
}

// Sends what waits for its pause at once.
export function hurry() {
  for (const entry of waiting.values()) entry.due = 0;
  schedule(0);
}

// What an earlier page, or a page that died, left behind.
export function takeOver() {
  const found = leftovers();
  for (const [name, entry] of found) waiting.set(name, { ...entry, due: 0, conflict: false, refused: "" });
  if (found.length) {
    tell("saving");
    schedule(0);
  }
  return found;
}

// --- what goes out ---

function schedule(delay) {
  if (running || (wait && delay < wait)) return;
  clearTimeout(timer);
  timer = setTimeout(run, delay);
}

function retry() {
  wait = 0;
  schedule(0);
}

// Somebody is there again: no need to wait for the next try.
export function heard() {
  if (wait) retry();
}

async function run() {
  if (running) return;
  running = true;
  try {
    let next;
    while ((next = soonest())) {
      const [name, entry] = next;
      const later = entry.due - Date.now();
      if (later > 0) {
        running = false;
        return schedule(later);
      }
      if (!(await (entry.verb ? sendStep : sendCell)(name, entry))) return;
    }
  } finally {
    running = false;
    if (wait) schedule(wait);
    settle();
  }
}

// In the order in which it was begun; a cell in pause holds back nothing but itself.
function soonest() {
  const open = [...waiting].filter(([, entry]) => !entry.conflict && !entry.refused);
  open.sort(([, a], [, b]) => a.seq - b.seq);
  return open.find(([, entry]) => entry.due <= Date.now()) ?? open.sort(([, a], [, b]) => a.due - b.due)[0];
}

async function sendCell(name, entry) {
  entry.sent ??= { op: entry.op, base: entry.base, value: entry.value, form: entry.form };
  keep(name, entry);
  const { sent } = entry;
  const { key, kind, field } = entry;
  const answer = await post(at.save, { key, kind, field, ...sent });
  if (!answered(answer)) return false;
  entry.sent = null;
  if (answer.status === 200) {
    changed();
    savedAt = answer.data.at;
    entry.base = answer.data.value;
    if (entry.op === sent.op) {
      waiting.delete(name);
      forget(name, sent.op);
    } else {
      Object.assign(entry, { seq: turn() });
      keep(name, entry);
    }
    handlers.saved(name, entry, answer.data);
  } else if (answer.data.conflict) {
    entry.conflict = true;
    keep(name, entry);
    handlers.conflict(name, entry, answer.data);
  } else if (answer.data.gone) {
    entry.conflict = true;
    handlers.gone(name, entry);
  } else {
    entry.refused = answer.data.error || word("noe gikk galt");
    tell("refused", { why: entry.refused });
  }
  return true;
}

async function sendStep(name, entry) {
  const { op, verb, key, kind, under, after, to, clip } = entry;
  const answer = await post(to ?? at.change, { op, verb, key, kind, under, after, ...clip });
  if (!answered(answer)) return false;
  waiting.delete(name);
  forget(name, op);
  if (answer.status === 200) {
    savedAt = new Date().toISOString();
    handlers.stepped(entry, answer.data);
  } else {
    handlers.stepRefused(entry, answer.data.error || word("Det gikk ikke."));
  }
  entry.done?.(answer);
  return true;
}

// Whether the server gave an answer to act on; otherwise everything waits.
function answered({ status }) {
  if (status === 401) {
    wait = 4000;
    tell("login");
    return false;
  }
  if (status === 0 || status >= 500 || status === 429) {
    wait = Math.min(wait ? wait * 2 : FIRST_WAIT, LONGEST_WAIT);
    tell("failing");
    return false;
  }
  wait = 0;
  return true;
}

function settle() {
  const left = [...waiting.values()];
  const refused = left.find((entry) => entry.refused);
  if (wait) return;
  if (refused) return tell("refused", { why: refused.refused });
  if (left.some((entry) => entry.conflict)) return tell("refused", { why: word("to har skrevet samtidig, velg nedenfor") });
  tell(left.length ? "saving" : "saved", { when: savedAt });
}

// --- the way out and back ---

addEventListener("online", retry);
addEventListener("focus", heard);
document.addEventListener("visibilitychange", () => { document.hidden ? hurry() : heard(); });
addEventListener("beforeunload", (event) => {
  if (isEmpty()) return;
  hurry();
  event.preventDefault();
});
