"""Lines as the small safe block HTML of section bodies, and table cells as lines."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from helsefellesskap import richtext
from plans.importers.blocks import Cell, Figure, Table
from plans.importers.interpret.lines import Line, lines_of

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def body(lines: Sequence[Line]) -> str:
    """Block HTML of the lines: paragraphs, nested lists, quotes, tables. Figures are kept elsewhere."""
    return richtext.clean_block(_blocks(lines))


def _blocks(lines: Sequence[Line]) -> str:
    parts: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.kind == "item":
            end = at
            while end < len(lines) and lines[end].kind == "item":
                end += 1
            parts.append(_list(lines[at:end]))
            at = end
            continue
        if isinstance(line.block, Table):
            parts.append(_table(line.block))
        elif line.text:
            parts.append(_paragraph(line))
        parts += footnotes(line)
        at += 1
    return "".join(parts)


def _paragraph(line: Line) -> str:
    html = f"{escape(line.made_label)} {line.html}" if line.made_label else line.html
    if "quote" in line.style.lower():
        return f"<blockquote><p>{html}</p></blockquote>"
    return f"<p>{html}</p>"


def footnotes(line: Line) -> list[str]:
    """Footnotes stand as small paragraphs of their own under what calls them."""
    return [f"<p><em>{richtext.from_text(note)}</em></p>" for note in line.footnotes]


def _list(items: Sequence[Line]) -> str:
    """The items as lists inside lists; a label made by the program becomes the list's own numbering."""
    level = min(item.level for item in items)
    groups: list[list[Line]] = []
    for item in items:
        if item.level <= level or not groups:
            groups.append([item])
        else:
            groups[-1].append(item)
    firsts = [group[0] for group in groups]
    out: list[str] = []
    at = 0
    while at < len(groups):
        end = at + 1
        numbering = _numbering(firsts, at)
        if numbering:
            end = at + numbering[2]
            opened = f'<ol type="{numbering[0]}" start="{numbering[1]}">'
        else:
            while end < len(groups) and not _numbering(firsts, end):
                end += 1
            opened = "<ul>"
        inner = "".join(_item(group, numbered=bool(numbering)) for group in groups[at:end])
        out.append(f"{opened}{inner}</{opened[1:3]}>")
        at = end
    return "".join(out)


def _item(group: list[Line], *, numbered: bool) -> str:
    first, below = group[0], group[1:]
    label = f"{escape(first.made_label)} " if first.made_label and not numbered else ""
    notes = "".join(f"<br><em>{richtext.from_text(note)}</em>" for note in first.footnotes)
    return f"<li>{label}{first.html}{notes}{_list(below) if below else ''}</li>"


def _numbering(items: list[Line], at: int) -> tuple[str, int, int] | None:
    """(type, first number, how many items are in step) from there on, where the program made the labels."""
    label = items[at].made_label
    for kind in ("1", "i", "a"):
        first = _position(label, kind)
        if first is None:
            continue
        count = 1
        while at + count < len(items) and _position(items[at + count].made_label, kind) == first + count:
            count += 1
        if kind != "i" or count > 1 or label not in {"i", "v", "x"}:
            return kind, first, count
    return None


def _position(label: str, kind: str) -> int | None:
    if kind == "1":
        return int(label) if label.isdecimal() and len(label) < 6 else None
    if kind == "i":
        return _ROMAN.index(label) + 1 if label in _ROMAN else None
    return ord(label) - ord("a") + 1 if re.fullmatch("[a-z]", label) else None


def _table(table: Table) -> str:
    rows = []
    for row in table.rows:
        tag = "th" if row.header else "td"
        scope = ' scope="col"' if row.header else ""
        rows.append(
            f"<tr>{''.join(f'<{tag}{scope}{_span(c)}>{cell_html(c)}</{tag}>' for c in row.cells)}</tr>"
        )
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _span(cell: Cell) -> str:
    spans = (("colspan", cell.colspan), ("rowspan", cell.rowspan))
    return "".join(f' {name}="{count}"' for name, count in spans if count > 1)


def cell_html(cell: Cell) -> str:
    lines = lines_of(cell.blocks)
    if len(lines) == 1 and lines[0].is_words and not lines[0].footnotes:
        one = lines[0]
        return f"{escape(one.made_label)} {one.html}" if one.made_label else one.html
    return _blocks(lines)


def inline(lines: Iterable[Line]) -> str:
    """The lines as inline HTML, one line under the other; a table inside gives a line for each row."""
    parts = []
    for line in lines:
        if isinstance(line.block, Table):
            rows = ([inline(lines_of(cell.blocks)) for cell in row.cells] for row in line.block.rows)
            parts += [" – ".join(filter(None, row)) for row in rows]
        elif line.text:
            parts.append(f"{escape(line.made_label)} {line.html}" if line.made_label else line.html)
    return richtext.clean_inline("<br>".join(part for part in parts if part))


def figures_in(lines: Iterable[Line]) -> list[Figure]:
    found: list[Figure] = []
    for line in lines:
        if isinstance(line.block, Figure):
            found.append(line.block)
        elif isinstance(line.block, Table):
            for row in line.block.rows:
                for cell in row.cells:
                    found += figures_in(lines_of(cell.blocks))
    return found
