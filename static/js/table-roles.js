// Tables that a narrow screen shows as cards change `display`, and some browsers (WebKit above all) then
// forget that they are tables. The roles bring that back for screen readers. They are set here and not in
// the HTML, where the standard does not allow roles on rows and cells of a real table.
const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };

function give() {
  for (const table of document.querySelectorAll(".as-cards > table")) {
    table.setAttribute("role", "table");
    for (const [selector, role] of Object.entries(roles)) {
      for (const element of table.querySelectorAll(selector)) element.setAttribute("role", role);
    }
  }
}

give();
document.addEventListener("rows", give); // some came
