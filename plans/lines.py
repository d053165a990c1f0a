"""Rich text as lines of evenly formatted runs: what the Word file is written from and read back into.

Block HTML (`helsefellesskap.richtext`) becomes paragraphs, list items, quotes, small headings and
tables, in reading order. Two texts that look the same become equal lines (`same`), whichever program
they have been through. No Django here.
"""

import html as _html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from urllib.parse import unquote, urlsplit

from helsefellesskap.richtext import URL_SCHEMES

Kind = Literal["p", "ul", "ol", "more", "quote", "h4", "h5", "table"]
MARKS = ("strong", "em", "s", "u", "sup", "sub")
# What no XML file carries, and the signs that Word makes of hyphens and spaces.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one format; a line break is a run of its own, `\\n`, without format."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


type Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    lines: "tuple[Line, ...]" = ()
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One block. `level` counts lists in lists from 0; `label` is the number before an item of an `ol`.

    `more` is a further paragraph inside a list item. A table has rows and no runs.
    """

    kind: Kind
    runs: Runs = ()
    level: int = 0
    label: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def text(self) -> str:
        if self.kind == "table":
            return "\n".join(line.text for row in self.rows for cell in row for line in cell.lines)
        return "".join(run.text for run in self.runs)


# --- even runs ---


def even(runs: Iterable[Run]) -> Runs:
    """The runs in their one form: single spaces, no blanks at the ends or beside line breaks, a space in
    the format of what stands before it, dead links as plain words.
    """
    letters: list[tuple[str, frozenset[str], str]] = []
    for run in runs:
        href = run.href if is_address(run.href) else ""
        marks = run.marks - {"u"} if href else run.marks
        if {"sup", "sub"} <= marks:
            marks -= {"sub"}
        for letter in _UNWRITABLE.sub("", run.text):
            if letter == "\n":
                if letters and letters[-1][0] == " ":
                    letters.pop()
                if letters:
                    letters.append(("\n", frozenset(), ""))
            elif not _SPACES.match(letter):
                letters.append((letter, marks, href))
            elif letters and letters[-1][0] not in " \n":
                letters.append((" ", letters[-1][1], letters[-1][2]))
    while letters and letters[-1][0] in " \n":
        letters.pop()
    grouped = groupby(letters, key=lambda letter: (letter[0] == "\n", letter[1], letter[2]))
    return tuple(
        run
        for (is_break, marks, href), group in grouped
        for run in ([Run("\n")] * len(list(group)) if is_break else [Run(_joined(group), marks, href)])
    )


def _joined(letters: Iterable[tuple[str, frozenset[str], str]]) -> str:
    return "".join(letter for letter, _marks, _href in letters)


def even_text(text: str) -> str:
    """Plain text with single spaces and nothing at the ends of its lines."""
    return "".join(run.text for run in even([Run(text.replace("\r\n", "\n").replace("\r", "\n"))]))


def is_address(url: str) -> bool:
    """Whether a document may link there."""
    try:
        parts = urlsplit(url)
    except ValueError:  # «http://[» and the like
        return False
    place = parts.netloc if parts.scheme in {"http", "https"} else parts.path
    return parts.scheme in URL_SCHEMES and bool(place) and not re.search(r"[\s\\<>{}|^`\"]", url)


def all_struck(runs: Runs) -> bool:
    words = [run for run in runs if run.text.strip()]
    return bool(words) and all("s" in run.marks for run in words)


def unstruck(runs: Runs) -> Runs:
    return even(Run(run.text, run.marks - {"s"}, run.href) for run in runs)


def struck(runs: Runs) -> Runs:
    return even(Run(run.text, run.marks | {"s"}, run.href) for run in runs)


def joined(lines: Sequence[Line]) -> Runs:
    """All lines as one stretch of runs, with a line break between them."""
    runs: list[Run] = []
    for line in lines:
        cells = [cell for row in line.rows for cell in row]
        inner = joined([inner for cell in cells for inner in cell.lines]) if cells else line.runs
        runs += [Run("\n"), *inner] if runs else inner
    return even(runs)


# --- tables ---


def squared(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of equal width, no cell reaching below the table; nothing where no cell has words."""
    lines = [list(row) for row in rows if row]
    if not any(cell.lines for row in lines for cell in row):
        return ()
    widths = _widths(lines)
    for place, (row, width) in enumerate(zip(lines, widths, strict=True)):
        row += [Cell()] * (max(widths) - width)
        for n, cell in enumerate(row):
            row[n] = Cell(cell.lines, cell.colspan, min(cell.rowspan, len(lines) - place), cell.header)
    return tuple(map(tuple, lines))


def _widths(rows: list[list[Cell]]) -> list[int]:
    """How many columns each row fills, those reached by cells above among them."""
    reaching: list[tuple[int, int]] = []  # columns, rows left
    widths = []
    for row in rows:
        widths.append(sum(cell.colspan for cell in row) + sum(wide for wide, _left in reaching))
        reaching = [(wide, left - 1) for wide, left in reaching if left > 1]
        reaching += [(cell.colspan, cell.rowspan - 1) for cell in row if cell.rowspan > 1]
    return widths


# --- lines → HTML ---


def inline_html(runs: Runs) -> str:
    """Even runs as inline HTML."""
    parts = []
    for href, linked in groupby(runs, key=lambda run: run.href):
        inner = "".join(map(_marked, linked))
        parts.append(f'<a href="{_html.escape(href)}">{inner}</a>' if href else inner)
    return "".join(parts)


def _marked(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    tags = [tag for tag in MARKS if tag in run.marks]
    text = _html.escape(run.text, quote=False)
    return "".join(f"<{t}>" for t in tags) + text + "".join(f"</{t}>" for t in reversed(tags))


def block_html(lines: Sequence[Line]) -> str:
    """Lines as block HTML."""
    parts: list[str] = []
    open_lists: list[str] = []  # tags, outermost first; each has an open item

    def close(down_to: int) -> None:
        while len(open_lists) > down_to:
            parts.append(f"</li></{open_lists.pop()}>")

    for line in lines:
        inner = inline_html(line.runs)
        if line.kind in ("ul", "ol"):
            close(line.level + 1)
            if len(open_lists) == line.level + 1 and open_lists[-1] != line.kind:
                close(line.level)
            if len(open_lists) == line.level + 1:
                parts.append("</li><li>")
            while len(open_lists) <= line.level:
                parts.append(f"<{line.kind}{_numbering(line)}><li>")
                open_lists.append(line.kind)
            parts.append(inner)
        elif line.kind == "more" and open_lists:
            close(max(line.level, 0) + 1)
            parts.append(f"<p>{inner}</p>")
        else:
            close(0)
            parts.append(_block(line, inner))
    close(0)
    return "".join(parts)


def _numbering(line: Line) -> str:
    label = line.label
    if line.kind == "ul" or label in ("", "1"):
        return ""
    if label.isdigit():
        return f' start="{int(label)}"'
    kind = "a" if label.islower() else "A"
    if len(label) == 1 and label.isascii() and label not in "iI":
        start = ord(label.lower()) - 96
        return f' type="{kind}"' + (f' start="{start}"' if start > 1 else "")
    if label in ("i", "I"):
        return f' type="{label}"'
    return ""


def _block(line: Line, inner: str) -> str:
    match line.kind:
        case "quote":
            return f"<blockquote><p>{inner}</p></blockquote>"
        case "h4" | "h5":
            return f"<{line.kind}>{inner}</{line.kind}>"
        case "table":
            rows = ("".join(map(_cell, row)) for row in line.rows)
            return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"
    return f"<p>{inner}</p>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = "".join(
        f' {name}="{n}"' for name, n in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if n > 1
    )
    only = cell.lines[0] if len(cell.lines) == 1 else None
    inner = inline_html(only.runs) if only and only.kind == "p" else block_html(cell.lines)
    return f"<{tag}{spans}>{inner}</{tag}>"


# --- sameness ---


def look(runs: Runs) -> tuple[object, ...]:
    """What two runs that look the same have in common: addresses are written in several ways."""
    return tuple((run.text, run.marks, unquote(run.href).rstrip("/").lower()) for run in runs)


def look_of(line: Line) -> tuple[object, ...]:
    """What two lines that look the same have in common. How an item is numbered is its list's matter."""
    if line.kind == "table":
        return tuple(
            (cell.colspan, cell.rowspan, tuple(map(look_of, cell.lines))) for row in line.rows for cell in row
        )
    return line.kind, line.level, look(line.runs)
