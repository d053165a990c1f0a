// Pasting into the rich text editor, wherever it stands: Word's structure is kept and its styling dropped.

import { cleaned } from "./word-html.js";

document.addEventListener("paste", (event) => {
  const editor = event.target.closest?.(".ProseMirror")?.editor;
  const html = event.clipboardData?.getData("text/html");
  if (!editor || !html) return;
  event.preventDefault();
  event.stopPropagation();
  editor.view.pasteHTML(cleaned(html, { lists: "listItem" in editor.schema.nodes }).innerHTML);
}, true);
