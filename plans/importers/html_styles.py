"""What the styles of HTML say of its words: bold, italic, struck out, raised, hidden.

Word, Excel, LibreOffice and Google Docs say it by tags, by a style of the element's own, or by a class of
the sheet at the top; the nearest counts. Everything else that styles say is passed over.
"""

import re
from dataclasses import replace

from plans.importers.inline import Piece, safe_href
from plans.importers.office import Element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_CLASS = re.compile(r"^[a-z0-9]*\.([\w-]+)$", re.IGNORECASE)
_BOLD = {"b", "strong"}
_ITALIC = {"i", "em"}
_STRUCK = {"s", "strike", "del"}
_CELLS = {"td", "th"}

type Says = dict[str, str]  # property → value, both in small letters


class Styles:
    """The classes of a sheet; `of` says what holds for one element."""

    def __init__(self, sheet: str = "") -> None:
        self._classes: dict[str, Says] = {}
        for selectors, declarations in _RULE.findall(_COMMENT.sub("", sheet)):
            said = _declarations(declarations)
            for selector in selectors.split(","):
                if found := _CLASS.match(selector.strip()):
                    self._classes.setdefault(found[1].lower(), {}).update(said)

    def of(self, element: Element) -> Says:
        said: Says = {}
        for name in (element.get("class") or "").lower().split():
            said |= self._classes.get(name, {})
        return said | _declarations(element.get("style") or "")


def _declarations(style: str) -> Says:
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, colon, value in pairs if colon}


def styled(look: Piece, element: Element, said: Says) -> Piece:
    """The look of the words in an element, from the look around it."""
    tag = str(element.tag)
    lines = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
    struck = "line-through" in lines or said.get("text-line-through", "none") != "none"
    raised = {"super": "sup", "sub": "sub"}.get(said.get("vertical-align", ""), "")
    return replace(
        look,
        bold=_weight(said.get("font-weight", ""), look.bold or tag in _BOLD),
        italic=_slant(said.get("font-style", ""), look.italic or tag in _ITALIC),
        struck=look.struck or tag in _STRUCK or struck,
        underline=look.underline or tag == "u" or "underline" in lines,
        raised=tag if tag in {"sup", "sub"} else (raised if tag not in _CELLS else "") or look.raised,
        href=safe_href(element.get("href") or "") if tag == "a" else look.href,
    )


def _weight(value: str, around: bool) -> bool:
    if value.isdecimal():
        return int(value[:4]) >= 600
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(value, around)


def _slant(value: str, around: bool) -> bool:
    return {"italic": True, "oblique": True, "normal": False}.get(value, around)


def is_hidden(said: Says) -> bool:
    none = said.get("display") == "none" or said.get("visibility") == "hidden"
    return none or said.get("mso-hide") == "all"


def is_comment(element: Element, said: Says) -> bool:
    """Whether this is one of Word's comments, or the mark in the text that leads to one."""
    names = (element.get("class") or "").lower()
    return said.get("mso-element", "").startswith("comment") or "msocomment" in names
