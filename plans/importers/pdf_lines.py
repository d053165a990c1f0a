"""Lines of a PDF into headings, paragraphs and list items.

A PDF knows no paragraphs. A line goes on from the one above where the distance is that of running text
and its first word would not have had room up there; else its writer began anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from helsefellesskap import richtext
from helsefellesskap.letters import TOGETHER
from plans.importers.blocks import Heading, Item, Paragraph
from plans.importers.inline import Piece, every, to_html
from plans.importers.pdf_layout import Layout, Line
from plans.importers.pdf_pages import Word

BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "✓", "\uf0d8": "➢", "\uf076": "❖"} | {
    glyph: glyph for glyph in "•●‣▪▫■□◦○✓✔☑➢➤►▶❖→–—-*o"
}
_ALONE = set("–—-*o○□–")  # as the first letter of a word these are not bullets
_LABEL = re.compile(r"(\d{1,2}|[a-zæøå]|[ivx]{1,5})[.)]")
_NUMBER = re.compile(r"(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?|[a-zæøå][.)]|[ivx]{1,5}[.)])$")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s")
_HYPHENS = "-\u2010\u00ad"
_BREAKS_AT = re.compile(rf"[a-zæøå]{{2}}[{_HYPHENS}]$")
_JOINS = re.compile(
    r"(?:og|eller|samt|men|til|enn|i|på|av|for|med|om|som|er)\b"
)  # «drifts- og utviklingsplan» keeps its hyphen
_LONG_WORD = 14  # letters
_LONGEST_HEADING = 160
_DEEPEST = 8  # list levels, as in Word


@dataclass
class _Open:
    """A block that may still go on in the next line."""

    lines: list[Line]
    level: int = 0  # of a heading
    marker: str = ""  # a bullet, or a printed label
    left: float = 0.0  # of the marker
    label: str = ""
    text_left: float = 0.0
    breaks: set[int] = field(default_factory=set)  # lines that begin on a new line by their writer's will


def blocks_of(
    lines: Sequence[Line], layout: Layout, right: float | None = None
) -> Iterator[Heading | Paragraph | Item]:
    """The blocks that the lines make; `right` is where the column ends, else the document's usual margin.

    A cell of a table has such a column of its own, and no headings.
    """
    open_: _Open | None = None
    lefts: list[float] = []  # of the bullets that the list is in now
    for line in lines:
        if open_ and _goes_on(open_, line, layout, right):
            open_.lines.append(line)
            continue
        if open_:
            yield _closed(open_, lefts, right)
        open_ = _opened(line, 0 if right is not None else layout.level(line))
        if not open_.marker:
            lefts = []
    if open_:
        yield _closed(open_, lefts, right)


def _opened(line: Line, level: int) -> _Open:
    first, *rest = line.words
    if level and len(line.text) <= _LONGEST_HEADING and first.text not in BULLETS:
        return _Open([line], level=level)
    glyph = BULLETS.get(first.text[0], "")
    if glyph and rest and len(first.text) == 1:
        return _marked(line, rest, glyph, rest[0].box[0])
    if glyph and len(first.text) > 1 and first.text[0] not in _ALONE:
        tight = replace(first, pieces=tuple(_without_first(first.pieces)))
        return _marked(line, [tight, *rest], glyph, line.left + line.size)
    label = _LABEL.fullmatch(first.text)
    if label and rest and rest[0].box[0] - first.box[2] > 0.5 * line.size and not line.bold:
        return _marked(line, rest, first.text, rest[0].box[0], label[1])
    hanging = rest[0].box[0] if rest and _NUMBER.match(first.text) else line.left
    return _Open([line], text_left=hanging)


def _marked(line: Line, words: list[Word], marker: str, text_left: float, label: str = "") -> _Open:
    rest = Line(words, line.page, line.frame)
    return _Open([rest], marker=marker, label=label, left=line.left, text_left=text_left)


def _without_first(pieces: Sequence[Piece]) -> list[Piece]:
    first, *rest = pieces
    return [p for p in (replace(first, text=first.text[1:]), *rest) if p.text]


def starts_anew(line: Line) -> bool:
    """Whether a line begins with a bullet or a printed label; the day of a date is none."""
    first = line.words[0].text
    bullet = first in BULLETS or (first[0] in BULLETS and first[0] not in _ALONE)
    number = _NUMBER.match(first) and not TOGETHER.match(line.text)
    return bool(line.words[1:] and (bullet or number))


def _goes_on(block: _Open, line: Line, layout: Layout, right: float | None) -> bool:
    last = block.lines[-1]
    if starts_anew(line) or abs(line.size - last.size) > 0.6:
        return False
    if _SECTION.match(block.lines[0].text) and line.text[0].isupper():
        return False  # «2.1 Overganger», and what stands under it
    if line.frame != last.frame and line.page == last.page:
        return False
    if block.level:
        near = _near(last, line, 1.6 * line.size) and last.bold == line.bold
        return near and not _had_room(last, line, layout, right)
    if line.page != last.page:
        return not (_ended(last) or last.bold != line.bold or _had_room(last, line, layout, right))
    leading = layout.leading.get(line.size, 1.4 * line.size)
    if not _near(last, line, leading * 1.2):
        return False
    if last.bold != line.bold and (last.bold or line.bold) and _had_room(last, line, layout, right):
        return False
    if block.marker and line.left < block.text_left - 0.5 * line.size:
        return False  # back at the margin
    if _had_room(last, line, layout, right):
        if block.marker and line.left >= block.text_left - 2:
            block.breaks.add(len(block.lines))
            return True
        return False
    return abs(line.left - last.left) < 3 * line.size


def _near(above: Line, line: Line, most: float) -> bool:
    return above.page == line.page and -0.5 * line.size < line.bottom - above.bottom <= most


def _ended(line: Line) -> bool:
    return line.text.endswith((".", ":", "!", "?", "»"))


def _had_room(above: Line, line: Line, layout: Layout, right: float | None) -> bool:
    """Whether the line's first word would have had room on the line above, with what stays beside it."""
    run = TOGETHER.match(line.text)
    first, last = line.words[0].box, line.words[len(run[0].split()) - 1 if run else 0].box
    needed = above.right + 0.3 * line.size + (last[2] - first[0])
    if right is None:  # measured on the lines themselves
        return needed < layout.right.get(line.size, above.right) - 0.2 * line.size
    return needed < right - line.size  # a cell's inner margin is not known


def _closed(block: _Open, lefts: list[float], right: float | None) -> Heading | Paragraph | Item:
    pieces = _joined(block, right)
    first = block.lines[0]
    html = to_html(pieces)
    text = richtext.plain(html)
    bold = every(pieces, lambda piece: piece.bold)
    struck = every(pieces, lambda piece: piece.struck)
    if block.level:
        return Heading(at=first.at, level=block.level, text=text, html=html, struck=struck)
    if block.marker:
        while lefts and lefts[-1] > block.left + 3:
            lefts.pop()
        if not lefts or block.left > lefts[-1] + 3:
            lefts.append(block.left)
        level = min(len(lefts) - 1, _DEEPEST)
        glyph = "" if block.label else block.marker
        return Item(
            at=first.at, level=level, text=text, html=html, label=block.label, glyph=glyph,
            bold=bold, struck=struck,
        )  # fmt: skip
    italic = every(pieces, lambda piece: piece.italic)
    return Paragraph(at=first.at, text=text, html=html, bold=bold, italic=italic, struck=struck)


def _joined(block: _Open, right: float | None) -> list[Piece]:
    """The lines as one text; a word divided at the end of a line is put together."""
    pieces: list[Piece] = []
    for number, line in enumerate(block.lines):
        if pieces:
            above = block.lines[number - 1]
            if number in block.breaks:
                pieces.append(replace(pieces[-1], text="\n"))
            elif not _is_cut_word(above, line, right):
                pieces = _end_of_line(pieces, line)
        for n, word in enumerate(line.words):
            if n:
                pieces.append(_between(pieces[-1], word.pieces[0]))
            pieces += word.pieces
    return pieces


def _is_cut_word(above: Line, line: Line, right: float | None) -> bool:
    """Whether a word too long for its cell was cut without a hyphen: alone, and up to the very edge."""
    word = above.words[-1]
    if right is None or len(above.words) > 1 or len(word.text) < _LONG_WORD or not word.text[-1].islower():
        return False
    no_room = right - word.box[2] < 0.6 * line.size
    return no_room and line.text[0].islower() and not _JOINS.match(line.text)


def _end_of_line(pieces: list[Piece], line: Line) -> list[Piece]:
    last, start = pieces[-1], line.text
    if last.text.endswith("\u00ad") or (
        _BREAKS_AT.search("".join(p.text for p in pieces[-3:]))
        and start[0].islower()
        and not _JOINS.match(start)
    ):
        return [*pieces[:-1], replace(last, text=last.text[:-1])]
    if last.text.endswith(tuple(_HYPHENS)) and len(last.text) > 1 and not _JOINS.match(start):
        return pieces  # «FSU-» and «ledere»: the hyphen is the word's own
    return [*pieces, _between(last, line.words[0].pieces[0])]


def _between(left: Piece, right: Piece) -> Piece:
    """The blank between two words: formatted where both are."""
    return Piece(
        text=" ",
        bold=left.bold and right.bold,
        italic=left.italic and right.italic,
        struck=left.struck and right.struck,
        href=left.href if left.href == right.href else "",
    )
