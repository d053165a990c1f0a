"""Word's styles: what a paragraph or a run inherits from the style it names, through `basedOn`."""

import re

from plans.importers.docx_xml import W, switch, value
from plans.importers.office import Element, whole


class Styles:
    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self.default = ""
        for style in [] if root is None else root.iterfind(W + "style"):
            key = style.get(W + "styleId", "")
            self._styles.setdefault(key, style)
            is_default = (style.get(W + "default") or "").lower() in {"1", "true", "on"}
            if style.get(W + "type") == "paragraph" and is_default:
                self.default = key
        self._chains: dict[str, tuple[Element, ...]] = {}
        self._on: dict[tuple[str, str], bool] = {}
        self._levels: dict[str, tuple[int | None, bool]] = {}

    def chain(self, key: str) -> tuple[Element, ...]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        if key not in self._chains:
            found: list[Element] = []
            current: str | None = key
            while current and (style := self._styles.get(current)) is not None and style not in found:
                found.append(style)
                current = value(style, "basedOn")
            self._chains[key] = tuple(found)
        return self._chains[key]

    def name(self, key: str) -> str:
        """The style's own name; built-in ones are English in the file: «heading 1», «List Bullet 2»."""
        style = self._styles.get(key)
        return key if style is None else value(style, "name") or key

    def on(self, key: str, name: str) -> bool:
        """Whether the style turns a text property on (bold, strike …)."""
        if (key, name) not in self._on:
            self._on[key, name] = self._switched(key, name)
        return self._on[key, name]

    def _switched(self, key: str, name: str) -> bool:
        for style in self.chain(key):
            said = switch(style.find(W + "rPr"), name)
            if said is not None:
                return said
        return False

    def heading_level(self, key: str, properties: Element | None) -> int | None:
        """1–9 where the paragraph or its style claims to be a heading, else None."""
        if key not in self._levels:
            self._levels[key] = self._style_level(key)
        level, is_title = self._levels[key]
        outline = None if level or is_title else value(properties, "outlineLvl")
        return level if outline is None else _outline_level(outline)

    def _style_level(self, key: str) -> tuple[int | None, bool]:
        """The level that the style gives, and whether it is the document's title or subtitle."""
        names = [(value(style, "name") or "").lower() for style in self.chain(key)]
        if any(name in {"title", "subtitle"} for name in names):
            return None, True
        for name in names:
            if match := re.fullmatch(r"(?:heading|overskrift) ([1-9])", name):
                return int(match[1]), False
        outlines = (value(style.find(W + "pPr"), "outlineLvl") for style in self.chain(key))
        return _outline_level(next((o for o in outlines if o is not None), None)), False

    def numbering(self, key: str) -> tuple[Element, str] | None:
        """The nearest `numPr` in the style chain and the id of the style that holds it."""
        for style in self.chain(key):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None and found.find(W + "numId") is not None:
                return found, style.get(W + "styleId", "")
        return None

    def list_depth(self, key: str) -> int:
        """1 for «List Bullet 2», whose own list has one level only; 0 for other styles."""
        for style in self.chain(key):
            if match := re.fullmatch(
                r"list (?:bullet|number|continue)?\s*([2-9])", (value(style, "name") or "").lower()
            ):
                return int(match[1]) - 1
        return 0


def _outline_level(outline: str | None) -> int | None:
    """Outline levels count from 0, and 9 is body text."""
    level = whole(outline, 9)
    return level + 1 if 0 <= level < 9 else None
