// Two people changed the same cell: both texts word by word, and three ways on. It stands below the cell
// and takes no focus; what is typed in the meantime counts as mine.

import { drop, pending, rebase } from "./outbox.js";
import { calledOf, focus, formOf, rowByKey, cellOf, setBase, show, valueOf } from "./page.js";
import { button } from "./panels.js";
import { reconcile } from "./reconcile.js";
import { say } from "./status.js";

const clock = new Intl.DateTimeFormat("nb-NO", { hour: "2-digit", minute: "2-digit" });

export function conflict(name, entry, told) {
  const row = rowByKey(entry.key);
  const cell = row && cellOf(row, entry.field);
  if (!cell) return;
  close(cell);
  const box = document.createElement("div");
  box.className = "w-conflict";
  box.dataset.field = entry.field;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", word("To har skrevet samtidig"));
    const who = told.by || word("Noen andre");
  const settle = (act) => () => { close(cell); act(); };
  box.append(
    text(told.at
      ? word("%(who)s lagret noe annet her kl. %(when)s.", { who, when: clock.format(new Date(told.at)) })
      : word("%(who)s lagret noe annet her.", { who })),
    side(word("Det du skrev"), told.mine_runs),
    side(word("Det %(who)s skrev", { who }), told.theirs_runs),
  );
  const ways = document.createElement("p");
  ways.className = "actions";
  ways.append(
    button(word("Behold min"), settle(() => keepMine(name, cell, told))),
    button(word("Behold deres"), settle(() => keepTheirs(name, cell, told))),
  );
  if (told.form === "text" && formOf(cell) === "text") {
    ways.append(button(word("Sett sammen"), settle(() => keepBoth(name, cell, told))));
  }
  box.append(ways);
  cell.parentElement.append(box);
  say(word("To har skrevet samtidig i %(cell)s. Valgene står under cellen.", { cell: calledOf(cell) ?? word("cellen") }));
}

function close(cell) {
  for (const box of cell.parentElement.querySelectorAll(".w-conflict")) {
    if (box.dataset.field === cell.dataset.field) box.remove();
  }
}

function keepMine(name, cell, told) {
  const mine = pending(name)?.value ?? valueOf(cell);
  // Where theirs has formatting, plain words go as HTML too: the base is what is stored.
  const asHtml = told.form === "html" && formOf(cell) === "text";
  setBase(cell, told.theirs);
  rebase(name, told.theirs, asHtml ? escaped(mine) : mine, asHtml ? "html" : formOf(cell));
  focus(cell, { end: true });
}

function keepTheirs(name, cell, told) {
  drop(name);
  if (!show(cell, told.theirs, told.form)) return void reconcile();
  setBase(cell, told.theirs);
  focus(cell, { end: true });
}

function keepBoth(name, cell, told) {
  const mine = pending(name)?.value ?? valueOf(cell);
  const both = told.both ?? `${told.theirs}\n${mine}`;
  show(cell, both);
  setBase(cell, told.theirs);
  rebase(name, told.theirs, both, "text");
  focus(cell, { end: true });
}

const escaped = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/\n/g, "<br>");

function text(words) {
  const line = document.createElement("p");
  line.textContent = words;
  return line;
}

function side(heading, lines) {
  const box = document.createElement("div");
  const title = document.createElement("strong");
  title.textContent = heading;
  box.append(title);
  for (const runs of lines) {
    const line = document.createElement("p");
    for (const [kind, words] of runs) {
      const run = kind === "equal" ? document.createTextNode(words) : document.createElement(kind === "added" ? "ins" : "del");
      if (kind !== "equal") run.textContent = words;
      line.append(run);
    }
    box.append(line);
  }
  return box;
}
