// Short messages across the page: deleted with «Angre», something others did, something that went wrong.

const place = document.getElementById("paa-tvers");

function panel(color, words, ...buttons) {
  const box = document.createElement("div");
  box.className = "ds-alert";
  box.dataset.color = color;
  const line = document.createElement("p");
  line.className = "ds-paragraph";
  line.append(words);
  for (const [name, act] of buttons) line.append(" ", button(name, () => { box.remove(); act(); }));
  box.append(line);
  return box;
}

export function button(name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ds-button";
  made.dataset.size = "sm";
  made.dataset.variant = "secondary";
  made.textContent = name;
  made.addEventListener("click", act);
  return made;
}

export function clear() {
  for (const box of place.querySelectorAll("[data-short]")) box.remove();
}

function shortly(box) {
  clear();
  box.dataset.short = "";
  place.append(box);
}

export function deleted(words, undo) {
  const box = panel("info", words, [word("Angre"), undo]);
  box.dataset.undo = "";
  shortly(box);
}

// Somebody went on: «Angre» would take back something newer than what it stands beside.
export const wentOn = () => place.querySelector("[data-undo]")?.remove();

export const trouble = (why) => shortly(panel("warning", why, [word("Lukk"), () => {}]));

export function structureChanged(who, show) {
  if (place.querySelector("[data-news]")) return;
  const box = panel("info", word("%(who)s har lagt til, flyttet eller slettet noe.", { who }), [word("Vis endringene"), show]);
  box.dataset.news = "";
  place.append(box);
}

// Words typed in a row that is no more: nothing is lost, they can be copied out.
export function lost(words, forget) {
  const box = panel("warning", word("Raden du skrev i, er slettet av noen andre. Dette skrev du:"), [word("Forkast"), forget]);
  const text = document.createElement("p");
  text.className = "write-lost";
  text.textContent = words;
  box.append(text);
  place.append(box);
}
