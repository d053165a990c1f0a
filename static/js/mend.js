// The preview of a file: «Rett» opens the one menu in place, and a mend changes the page in place.
// Without this script the same forms load the page anew.
"use strict";

const saidBy = document.getElementById("rettemelding");
let busy = false;

const bar = () => document.getElementById("rettelinje");
const tools = () => document.querySelectorAll(".mend-tool");
const blockOf = (tool) => document.getElementById(`rad-${tool.value}`);

// --- the menu ---

function choose(tool) {
  const form = document.getElementById("rett");
  const can = tool.dataset.can.split(" ");
  for (const other of tools()) other.removeAttribute("aria-current");
  tool.setAttribute("aria-current", "true");
  form.elements.key.value = tool.value;
  form.elements.alike.checked = false;
  form.querySelector("[data-name]").textContent = tool.querySelector("span").textContent.trim();
  for (const kind of form.querySelectorAll("[data-kind]")) kind.hidden = kind.dataset.kind !== tool.dataset.kind;
  for (const button of form.querySelectorAll("[name=verb]")) button.hidden = !can.includes(button.value);
  form.querySelector("[data-run]").hidden = tool.dataset.alike === "0";
  form.querySelector("[data-alike]").textContent = tool.dataset.alike;
  document.querySelector("[data-hint]")?.setAttribute("hidden", "");
  form.hidden = false;
  form.querySelector("[name=verb]:not([hidden])").focus({ preventScroll: true });
  blockOf(tool)?.scrollIntoView({ block: "nearest" });
}

function close() {
  const form = document.getElementById("rett");
  const tool = document.getElementById(`rett-${form.elements.key.value}`);
  form.hidden = true;
  document.querySelector("[data-hint]")?.removeAttribute("hidden");
  tool?.removeAttribute("aria-current");
  tool?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const tool = event.target.closest(".mend-tool");
  if (tool) {
    event.preventDefault();
    choose(tool);
  } else if (event.target.closest("[data-close]")) {
    event.preventDefault();
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar().contains(document.activeElement) && !document.getElementById("rett").hidden) close();
});

// --- a mend ---

document.addEventListener("submit", (event) => {
  if (!["rett", "angre", "tilbake"].includes(event.target.id)) return;
  event.preventDefault();
  if (!busy) send(event.target, event.submitter);
});

async function send(form, pressed) {
  busy = true;
  const body = new FormData(form, pressed);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { "X-Parts": "1" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const parts = page.querySelector("[data-parts]");
    if (parts) show(parts);
    else sendAsPage(form, body);
  } catch {
    saidBy.textContent = "";
    saidBy.textContent = saidBy.dataset.failed;
    notice(saidBy.dataset.failed);
  } finally {
    busy = false;
  }
}

// An answer that is no part of the page, such as «Du er logget ut»: let the browser show it.
function sendAsPage(form, body) {
  for (const [name, value] of body) {
    if (!form.elements[name] || form.elements[name].type !== "hidden") {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  }
  form.submit();
}

function notice(words) {
  bar().querySelector(".mend-refused")?.remove();
  bar().prepend(Object.assign(document.createElement("p"), { className: "mend-refused", textContent: words }));
}

function show(parts) {
  const { focus, said } = parts.dataset;
  const inPlace = keepInPlace(focus);
  const open = document.querySelector("#rettelser details")?.open;
  for (const part of [...parts.children]) document.getElementById(part.id).replaceWith(document.adoptNode(part));
  if (open) document.querySelector("#rettelser details")?.setAttribute("open", "");
  inPlace();
  const menu = document.querySelector("#rett:not([hidden]) [name=verb]:not([hidden])");
  (menu ?? document.getElementById(`rett-${focus}`) ?? bar()).focus({ preventScroll: true });
  saidBy.textContent = said;
}

// Whatever came or went above, the piece stays where the eye has it.
function keepInPlace(key) {
  const top = () => document.getElementById(`rad-${key}`)?.getBoundingClientRect().top;
  const sideTop = () => document.querySelector("#lest-plan").parentElement.getBoundingClientRect().top;
  const [before, sideBefore] = [top(), sideTop()];
  return () => {
    scrollBy({ top: sideTop() - sideBefore, behavior: "instant" });
    if (before === undefined || top() === undefined) return;
    document.querySelector("#lest-plan").parentElement.scrollTop += top() - before;
    scrollBy({ top: top() - before, behavior: "instant" });
  };
}
