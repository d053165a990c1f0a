"""Small steps in reading a file back: a block's mark, its label and text, its lines."""

from collections.abc import Iterable, Sequence

from plans.edited import LONGEST, Labelled
from plans.importers.blocks import Block, Divider, Figure, Heading, Item, Paragraph, Table
from plans.lines import Cell, Line, Run, Runs, even, even_text, joined, squared
from plans.lines_html import runs_of
from plans.word_marks import Mark, mark_of

type Text = Heading | Paragraph | Item

# Styles of lines that the portal adds itself; with a bookmark they hold a field.
NOTES = {"plan merknad", "plan celle merknad"}
_TAB = "\ue000"  # stands for a tab, which would else count as a space


def first_mark(block: Text) -> Mark | None:
    """Which part of the plan the block says it is; an original speaks before a copy."""
    found = [mark for name in block.marks if (mark := mark_of(name))]
    return min(found, key=lambda mark: mark.copied, default=None)


def labelled(block: Text) -> Labelled:
    """What stands before and after the first tab. A number made by the program is a label too."""
    runs = runs_of(block.html.replace("\t", _TAB))
    text = "".join(run.text for run in runs)
    if _TAB not in text:
        made = getattr(block, "label", "")
        return Labelled(made, runs)
    at = text.index(_TAB)
    return Labelled(even_text(text[:at]), _from(runs, at + 1))


def named(block: Text) -> Labelled:
    """The same of a chapter, goal or measure. What is too long for a number or label is part of its name."""
    said = labelled(block)
    if len(said.label) <= LONGEST["number" if isinstance(block, Heading) else "label"]:
        return said
    return Labelled("", runs_in(block))


def _from(runs: Runs, at: int) -> Runs:
    """The runs from this letter on; further tabs become spaces."""
    left: list[Run] = []
    for run in runs:
        left.append(Run(run.text[at:].replace(_TAB, " "), run.marks, run.href))
        at = max(at - len(run.text), 0)
    return even(left)


def runs_in(block: Text) -> Runs:
    """All of the block's words, tabs as spaces."""
    return runs_of(block.html)


def line_of(block: Text, before: Sequence[Line]) -> list[Line]:
    """The block as a line of running text, and its footnotes as lines after it."""
    runs = runs_in(block)
    notes = [] if isinstance(block, Heading) else block.footnotes
    lines = [_line(block, runs, before)] if runs else []
    return lines + [Line("p", even([Run(note)])) for note in notes if note.strip()]


def _line(block: Text, runs: Runs, before: Sequence[Line]) -> Line:
    match block:
        case Heading():
            return Line("h4" if block.level <= 5 else "h5", runs)
        case Item():
            return Line("ol" if block.label else "ul", runs, min(block.level, 8), block.label)
    style = block.style.lower()
    if style.startswith("list continue") and before and before[-1].kind in ("ul", "ol", "more"):
        return Line("more", runs, before[-1].level)
    return Line("quote" if "quot" in style else "p", runs)


def lines_of_blocks(blocks: Iterable[Block]) -> list[Line]:
    lines: list[Line] = []
    for block in blocks:
        match block:
            case Table():
                rows = [
                    [
                        Cell(tuple(lines_of_blocks(cell.blocks)), cell.colspan, cell.rowspan, row.header)
                        for cell in row.cells
                    ]
                    for row in block.rows
                ]
                if square := squared(rows):
                    lines.append(Line("table", rows=square))
            case Figure() | Divider():
                pass
            case _:
                lines += line_of(block, lines)
    return lines


def words_of(blocks: Iterable[Block]) -> str:
    """Plain words, a line for each paragraph."""
    return "".join(run.text for run in joined(lines_of_blocks(blocks)))
