// What came with a paste, without what is Word's own: comments, deleted text and styling go, and the
// paragraphs that Word only says are items of a list become one. The document is never shown: nothing in it
// runs or is fetched.

const GONE = "script, meta, link, title, xml, template, iframe, object, embed, [data-style*='mso-element:comment'], .MsoCommentReference, del[datetime]";
const SAID = [ // what a style says, and the mark that says the same
  [/font-weight:\s*(bold|[6-9]00)/i, "strong"],
  [/font-style:\s*italic/i, "em"],
  [/text-decoration[^;]*line-through/i, "s"],
];

// Our content security policy lets no document have styles: they become words that we can read.
export function parsed(html) {
  const without = html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "");
  const renamed = without.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  return new DOMParser().parseFromString(renamed, "text/html").body;
}

// `lists`: whether there may be lists; else their marks are kept as words.
export function cleaned(html, { lists = true } = {}) {
  const body = parsed(html);
  for (const node of [...comments(body), ...body.querySelectorAll(GONE)]) node.remove();
  for (const node of body.querySelectorAll("*")) {
    if (/display:\s*none|mso-hide:\s*all/i.test(styleOf(node))) node.remove();
    else if (node.localName.includes(":") || node.localName === "font" || isNoBold(node)) node.replaceWith(...node.childNodes);
  }
  items(body, lists);
  for (const node of body.querySelectorAll("[data-style]")) mark(node);
  for (const heading of body.querySelectorAll("h1, h2, h3, h6")) rename(heading, heading.localName === "h6" ? "h5" : "h4");
  return body;
}

const styleOf = (node) => node.dataset.style ?? "";
const isNoBold = (node) => ["b", "strong"].includes(node.localName) && /font-weight:\s*(normal|[1-5]00)/i.test(styleOf(node));

// Marks for what the styles said, around the words of an element.
function mark(node) {
  for (const [said, name] of SAID) {
    if (!said.test(styleOf(node)) || !node.textContent.trim() || node.querySelector("p, li, td")) continue;
    const made = node.ownerDocument.createElement(name);
    made.append(...node.childNodes);
    node.append(made);
  }
  delete node.dataset.style;
}

function comments(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function rename(node, name) {
  const made = node.ownerDocument.createElement(name);
  made.append(...node.childNodes);
  node.replaceWith(made);
}

// --- Word's lists ---

const levelOf = (node) => Number(/mso-list:[^;]*\blevel(\d)/i.exec(styleOf(node))?.[1] ?? 0);

function items(body, lists) {
  let open = []; // the lists that stand open, the outermost first
  let last = null;
  for (const paragraph of [...body.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6")]) {
    const level = levelOf(paragraph);
    if (!level) continue;
    const label = taken(paragraph);
    if (!lists) {
      paragraph.prepend(`${label} `);
      continue;
    }
    if (paragraph.previousElementSibling !== open[0]?.list) [open, last] = [[], null];
    last = put(paragraph, level, label, open, last);
  }
}

// The label or bullet that Word printed before the item, taken out of it.
function taken(paragraph) {
  const marks = [...paragraph.querySelectorAll("[data-style*='Ignore']")].filter((node) => /mso-list:\s*ignore/i.test(styleOf(node)));
  const words = marks.map((node) => node.textContent).join("").replace(/\s+/g, " ").trim();
  for (const node of marks) node.remove();
  return /^\(?\w{1,6}(\.\w{1,3})*[.)]$|^\d+(\.\d+)*$/.test(words) ? words : "•";
}

function put(paragraph, level, label, open, last) {
  const document = paragraph.ownerDocument;
  while (open.length && open.at(-1).level > level) open.pop();
  if (!open.length || open.at(-1).level < level) {
    const list = document.createElement(label === "•" ? "ul" : "ol");
    number(list, label);
    if (open.length) last.append(list);
    else paragraph.before(list);
    open.push({ list, level });
  }
  const item = document.createElement("li");
  const words = document.createElement("p");
  words.append(...paragraph.childNodes);
  item.append(words);
  open.at(-1).list.append(item);
  paragraph.remove();
  return item;
}

function number(list, label) {
  const words = label.replace(/[().]/g, "");
  if (/^\d+$/.test(words) && Number(words) > 1) list.setAttribute("start", words);
  else if (/^[ivx]+$/.test(words)) list.setAttribute("type", "i");
  else if (/^[a-z]$/.test(words)) list.setAttribute("type", "a");
}
