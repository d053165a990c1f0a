"""A table cell's words: as plain text, and as the measures that stand in it."""

import re
from dataclasses import dataclass
from itertools import pairwise

from helsefellesskap import richtext
from plans.importers.blocks import Cell
from plans.importers.interpret.lines import Line, lines_of
from plans.importers.interpret.render import inline

_DASH = "– "


@dataclass(frozen=True)
class Piece:
    """One measure's words in a cell."""

    html: str = ""
    label: str = ""
    struck: bool = False
    lines: tuple[Line, ...] = ()


def plain_of(cell: Cell) -> str:
    """The cell's words, one line a block, program-made labels included."""
    return richtext.plain(inline(lines_of(cell.blocks)))


def pieces_of(cell: Cell) -> list[Piece]:
    """The measures in a measure cell: one as a rule, one for each label or bullet where there are more."""
    lines = [line for line in lines_of(cell.blocks) if line.kind != "figure"]
    if not lines:
        return []
    starts = _starts(lines)
    if len(starts) < 2:
        return [_piece(lines)]
    bounds = [*starts, len(lines)]
    bounds[0] = 0
    return [_piece(lines[a:b]) for a, b in pairwise(bounds)]


def _starts(lines: list[Line]) -> list[int]:
    """Where a new measure begins: every line has a label, or every line is a bullet of the first level."""
    labelled = [i for i, line in enumerate(lines) if line.label and line.is_words]
    if len(labelled) >= 2 and labelled[0] == 0:
        return labelled
    if all(line.kind == "item" for line in lines):
        level = min(line.level for line in lines)
        return [i for i, line in enumerate(lines) if line.level == level]
    return []


def _piece(lines: list[Line]) -> Piece:
    first, rest = lines[0], lines[1:]
    if not first.is_words:
        return Piece(html=inline(lines), lines=tuple(lines))
    below = "".join(f"<br>{_DASH if line.kind == 'item' else ''}{inline([line])}" for line in rest)
    html = re.sub(r"^<br>", "", first.words_html + below)
    return Piece(html=html, label=first.label, struck=all(x.struck for x in lines), lines=tuple(lines))


def with_lines_below(html: str, below: list[Line]) -> str:
    """A measure's words with the bullets under it, as lines of the same measure."""
    return html + "".join(f"<br>{_DASH}{inline([line])}" for line in below)
