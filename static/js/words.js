// What the scripts say, in the page's language. They hold the bokmål; a page in another language carries its
// words as JSON, by the bokmål (script_words in helsefellesskap/templatetags/languages.py).
"use strict";
const word = (() => {
  const known = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
  const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const say = (text, values = {}) => filled(known[text] ?? text, values);
  // Three forms, for one, two and more: Northern Sámi has a dual.
  say.many = (one, more, n) => filled((known[one] ?? [one, more, more])[Math.min(n || 3, 3) - 1], { n });
  return say;
})();
