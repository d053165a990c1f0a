// What is not saved yet, kept in the browser: one key per person, plan, row and field, so that tabs do
// not write over each other's words. It is removed when the server has confirmed those very words.

import { at } from "./page.js";

const prefix = `skriv/${at.user}/${at.plan}/`;

export function keep(name, entry) {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(entry));
  } catch {
    // No room, or storage is off: the words are still on the page, and the way out asks first.
  }
}

export function forget(name, op) {
  const kept = read(prefix + name);
  if (kept && kept.op === op) localStorage.removeItem(prefix + name);
}

export function leftovers() {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) found.push([key.slice(prefix.length), read(key)]);
    }
  } catch {
    return [];
  }
  return found.filter(([, entry]) => entry).sort(([, a], [, b]) => a.seq - b.seq);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
