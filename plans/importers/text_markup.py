"""Inline marks of plain text (`**bold**`, `<b>`, `~~struck~~`, `[t](u)`) as stretches of formatted text.

Markup is not words: what is understood as a mark is taken away, everything else stays as it stands.
"""

import re
from dataclasses import replace

from plans.importers.inline import Piece, every, safe_href, to_html

_MARK = re.compile(
    r"""
      (?P<br><br\s*/?>)
    | <(?P<tag>strong|em|del|strike|sub|sup|b|i|u|s)>(?P<tagged>.{1,1500}?)</(?P=tag)\s*>
    | (?P<stars>\*\*\*|\*\*|(?<![\w*])\*)(?=[^\s*])(?P<starred>.{1,1500}?)(?<=[^\s*])(?P=stars)(?!\*)
    | (?<!\w)(?P<lows>__|_)(?=[^\s_])(?P<lowed>.{1,1500}?)(?<=[^\s_])(?P=lows)(?![\w_])
    | ~~(?=\S)(?P<struck>.{1,1500}?)(?<=\S)~~
    | !?\[(?P<shown>[^\[\]\n]{1,1000})\]\((?P<href>[^()\s]{0,1000})(?:\s+"[^"\n]*")?\)
    | <(?P<auto>(?:https?://|mailto:)[^<>\s]+)>
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_DEEPEST = 8  # marks inside marks; beyond this they are read as words


class Words:
    """A line's words as readers hand them on: plain text, inline HTML, and what holds for every word."""

    __slots__ = ("bold", "html", "italic", "struck", "text")

    def __init__(self, marked: str) -> None:
        pieces = read(marked.strip())
        self.html = to_html(pieces)
        self.text = "".join(piece.text for piece in pieces).strip()
        self.bold = every(pieces, lambda piece: piece.bold)
        self.italic = every(pieces, lambda piece: piece.italic)
        self.struck = every(pieces, lambda piece: piece.struck)


def read(text: str, style: Piece | None = None, depth: int = 0) -> list[Piece]:
    """The text as pieces, marks within marks included."""
    style = style or Piece(text="")
    if depth > _DEEPEST:
        return [replace(style, text=text)]
    pieces, done = [], 0
    for mark in _MARK.finditer(text):
        if mark.start() > done:
            pieces.append(replace(style, text=text[done : mark.start()]))
        pieces += _marked(mark, style, depth)
        done = mark.end()
    if done < len(text):
        pieces.append(replace(style, text=text[done:]))
    return pieces


def _marked(mark: re.Match[str], style: Piece, depth: int) -> list[Piece]:
    if mark["br"]:
        return [replace(style, text="\n")]
    if mark["tag"]:
        tag = mark["tag"].lower()
        inner = replace(
            style,
            raised=tag if tag in {"sub", "sup"} else style.raised,
            bold=style.bold or tag in {"b", "strong"},
            italic=style.italic or tag in {"i", "em"},
            underline=style.underline or tag == "u",
            struck=style.struck or tag in {"s", "del", "strike"},
        )
        return read(mark["tagged"], inner, depth + 1)
    if mark["stars"]:
        inner = replace(
            style,
            bold=style.bold or len(mark["stars"]) > 1,
            italic=style.italic or len(mark["stars"]) != 2,
        )
        return read(mark["starred"], inner, depth + 1)
    if mark["lows"]:
        bold = len(mark["lows"]) > 1
        return read(
            mark["lowed"], replace(style, bold=style.bold or bold, italic=style.italic or not bold), depth + 1
        )
    if mark["struck"]:
        return read(mark["struck"], replace(style, struck=True), depth + 1)
    if mark["auto"]:
        return [replace(style, text=mark["auto"], href=safe_href(mark["auto"]))]
    return read(mark["shown"], replace(style, href=safe_href(mark["href"])), depth + 1)
