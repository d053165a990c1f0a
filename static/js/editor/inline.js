// The lines of something pasted, as a goal or a measure can show them: words, bold, links and struck out.

const BLOCKS = new Set(["p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "pre", "blockquote", "br"]);
const SAFE = /^(https?|mailto|tel):/i;

// [{ text, html }], without those that hold no words.
export function linesOf(body) {
  const lines = [[]];
  walk(body, { strong: false, s: false, href: "" }, lines);
  return lines.map(line).filter(({ text }) => text);
}

function walk(node, look, lines) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) lines.at(-1).push({ ...look, text: child.data.replace(/[\s\u00a0]+/g, " ") });
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    const block = BLOCKS.has(child.localName);
    if (block) lines.push([]);
    walk(child, lookOf(child, look), lines);
    if (block) lines.push([]);
  }
}

function lookOf(element, around) {
  const { localName: name } = element;
  return {
    strong: around.strong || ["b", "strong"].includes(name),
    s: around.s || ["s", "strike", "del"].includes(name),
    href: name === "a" && SAFE.test(element.getAttribute("href")) ? element.getAttribute("href") : around.href,
  };
}

function line(pieces) {
  const text = pieces.map((piece) => piece.text).join("").replace(/ +/g, " ").trim();
  const html = pieces.map(marked).join("").replace(/<\/(strong|s)><\1>/g, "").replace(/ +/g, " ").trim();
  return { text, html };
}

function marked({ text, strong, s, href }) {
  let html = escaped(text);
  if (!text.trim()) return html;
  if (s) html = `<s>${html}</s>`;
  if (strong) html = `<strong>${html}</strong>`;
  return href ? `<a href="${escaped(href)}">${html}</a>` : html;
}

export const escaped = (text) => text
  .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/\n/g, "<br>");
