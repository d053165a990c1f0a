// Tables that a narrow screen shows as cards change `display`, and some browsers (WebKit above all) then
// forget that they are tables. The roles bring that back for screen readers. They are set here and not in
// the HTML, where the standard does not allow roles on rows and cells of a real table; and only on a table
// that is shown so, since they make the browser work out the style of every cell anew.
const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
const cards = 40 * parseFloat(getComputedStyle(document.documentElement).fontSize); // as in site.css

function give(table) {
  table.setAttribute("role", "table");
  for (const [selector, role] of Object.entries(roles)) {
    for (const element of table.querySelectorAll(selector)) element.setAttribute("role", role);
  }
}

const widths = new ResizeObserver((boxes) => {
  for (const { target, contentRect } of boxes) {
    if (contentRect.width && contentRect.width < cards) give(target.querySelector("table"));
  }
});

function look() {
  for (const box of document.querySelectorAll(".as-cards:has(> table)")) widths.observe(box);
}

look();
document.addEventListener("rows", look); // some came
