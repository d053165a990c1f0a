// The quiet line that tells the truth about saving, and what a screen reader is told.

import { at } from "./page.js";

const line = document.getElementById("status");
const voice = document.getElementById("si");
const clock = new Intl.DateTimeFormat("nb-NO", { hour: "2-digit", minute: "2-digit" });
let shown = "";

// `state`: saved (with `when`), saving, failing, login, refused (with `why`).
export function tell(state, { when, why } = {}) {
  const words = {
    saved: when ? `Lagret ${clock.format(new Date(when))}` : "Alt er lagret",
    saving: "Lagrer …",
    failing: "Ikke lagret, prøver igjen",
    login: "Ikke lagret: du er logget ut.",
    refused: `Ikke lagret: ${why}`,
  }[state];
  const next = state + words;
  if (next === shown) return;
  shown = next;
  line.dataset.state = state;
  line.replaceChildren(words);
  if (state === "login") line.append(" ", loginLink());
}

function loginLink() {
  const link = document.createElement("a");
  link.className = "ds-link";
  link.href = at.login;
  link.target = "_blank";
  link.textContent = "Logg inn i en ny fane, så lagres det";
  return link;
}

export function say(words) {
  voice.textContent = "";
  // A line that says the same again is read again only when it was empty in between.
  requestAnimationFrame(() => { voice.textContent = words; });
}
