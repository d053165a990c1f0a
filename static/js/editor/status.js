// The quiet line that tells the truth about saving, and what a screen reader is told.

import { at } from "./page.js";

const line = document.getElementById("status");
const voice = document.getElementById("si");
const clock = new Intl.DateTimeFormat("nb-NO", { hour: "2-digit", minute: "2-digit" });
let shown = "";

// `state`: saved (with `when`), saving, failing, login, refused (with `why`).
export function tell(state, { when, why } = {}) {
  const words = {
    saved: when ? word("Lagret %(when)s", { when: clock.format(new Date(when)) }) : word("Alt er lagret"),
    saving: word("Lagrer …"),
    failing: word("Ikke lagret, prøver igjen"),
    login: word("Ikke lagret: du er logget ut."),
    refused: word("Ikke lagret: %(why)s", { why }),
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
  link.textContent = word("Logg inn i en ny fane, så lagres det");
  return link;
}

export function say(words) {
  voice.textContent = "";
  // A line that says the same again is read again only when it was empty in between.
  requestAnimationFrame(() => { voice.textContent = words; });
}
