// The contents list follows what is written, and shows where one is.

import { cellOf, sections } from "./page.js";

const list = document.getElementById("innholdslinjer");

export function refresh() {
  list.replaceChildren(...sections().map(line));
}

function line(section) {
  const words = `${cellOf(section, "number").value} ${cellOf(section, "heading").value || word("Kapittel uten overskrift")}`.trim();
  section.querySelector("h2").textContent = words;
  const link = document.createElement("a");
  link.className = "ds-link";
  link.dataset.color = "neutral";
  link.href = `#k-${section.dataset.key}`;
  link.textContent = words;
  const item = document.createElement("li");
  item.dataset.depth = section.dataset.depth;
  item.append(link);
  return item;
}

export function follow(section) {
  for (const link of list.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
  if (section) list.querySelector(`[href="#k-${section.dataset.key}"]`)?.setAttribute("aria-current", "true");
}
