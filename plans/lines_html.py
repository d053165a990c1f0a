"""Safe HTML read into lines (`plans.lines`): one forgiving pass, in reading order. No Django here."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .lines import Cell, Line, Run, Runs, even, joined, squared

_MOST_COLUMNS = 50
_DEEPEST_LIST = 8


def runs_of(html: str) -> Runs:
    """Inline HTML as even runs; what stands in blocks of its own is parted by line breaks."""
    return joined(lines_of(html))


def lines_of(html: str) -> tuple[Line, ...]:
    """The lines of block or inline HTML, in reading order. Those without words are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.result()


_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "s", "u": "u"} | {
    "sup": "sup",
    "sub": "sub",
}


class _Reader(HTMLParser):
    """Collects the runs of one line at a time; tables are collected by a stack of unfinished ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[Line] = []
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._hrefs: list[str] = []
        self._lists: list[tuple[str, list[int], str]] = []  # tag, last number, kind of number
        self._first_in_item = False
        self._heading = ""
        self._quotes = 0
        self._tables: list[_Table] = []

    def result(self) -> tuple[Line, ...]:
        self._end_line()
        while self._tables:
            self._end_table()
        return tuple(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in _INLINE:
            self._marks.append(_INLINE[tag])
        elif tag == "a":
            self._hrefs.append(said.get("href", ""))
        elif tag == "br":
            self._runs.append(Run("\n"))
        else:
            self._end_line()
            self._start_block(tag, said)

    def _start_block(self, tag: str, said: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            self._lists.append((tag, [_number(said.get("start"), 1) - 1], said.get("type", "1")))
        elif tag == "li":
            self._first_in_item = True
            if self._lists:
                self._lists[-1][1][0] += 1
        elif tag in ("h4", "h5"):
            self._heading = tag
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "table":
            self._tables.append(_Table(self._lines, self._lists, self._quotes))
            self._lines, self._lists, self._quotes = [], [], 0
        elif tag == "tr" and self._tables:
            self._keep_caption()
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            spans = [
                min(max(_number(said.get(name), 1), 1), _MOST_COLUMNS) for name in ("colspan", "rowspan")
            ]
            self._tables[-1].cell = (spans[0], spans[1], tag == "th")

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            if _INLINE[tag] in self._marks:
                self._marks.remove(_INLINE[tag])
        elif tag == "a":
            if self._hrefs:
                self._hrefs.pop()
        elif tag != "br":
            self._end_line()
            self._end_block(tag)

    def _end_block(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._first_in_item = False
        elif tag in ("h4", "h5"):
            self._heading = ""
        elif tag == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        elif tag in ("td", "th") and self._tables and self._tables[-1].cell:
            self._end_cell()
        elif tag == "table" and self._tables:
            self._end_table()

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", " ")
        self._runs.append(Run(text, frozenset(self._marks), self._hrefs[-1] if self._hrefs else ""))

    def _end_line(self) -> None:
        runs, self._runs = even(self._runs), []
        if not runs:
            return
        level = min(max(len(self._lists) - 1, 0), _DEEPEST_LIST)
        if self._lists and self._first_in_item:
            tag, number, kind = self._lists[-1]
            label = label_of(number[0], kind) if tag == "ol" else ""
            self._lines.append(Line("ol" if tag == "ol" else "ul", runs, level, label))
            self._first_in_item = False
        elif self._lists:
            self._lines.append(Line("more", runs, level))
        elif self._heading:
            self._lines.append(Line("h4" if self._heading == "h4" else "h5", runs))
        else:
            self._lines.append(Line("quote" if self._quotes else "p", runs))

    def _keep_caption(self) -> None:
        """Words in a table but in no cell stand before it."""
        self._tables[-1].outer.extend(self._lines)
        self._lines = []

    def _end_cell(self) -> None:
        table = self._tables[-1]
        assert table.cell is not None
        colspan, rowspan, header = table.cell
        table.rows[-1].append(Cell(tuple(self._lines), colspan, rowspan, header))
        self._lines, table.cell = [], None

    def _end_table(self) -> None:
        if self._tables[-1].cell:
            self._end_cell()
        self._keep_caption()
        table = self._tables.pop()
        self._lines, self._lists, self._quotes = table.outer, table.lists, table.quotes
        if rows := squared(table.rows):
            self._lines.append(Line("table", rows=rows))


@dataclass(slots=True)
class _Table:
    """An unfinished table, and what goes on after it."""

    outer: list[Line]
    lists: list[tuple[str, list[int], str]]
    quotes: int
    rows: list[list[Cell]] = field(default_factory=list)
    cell: tuple[int, int, bool] | None = None  # columns, rows, whether a heading


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,4}", text.strip()) else default


_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def label_of(number: int, kind: str) -> str:
    """«3», «c» or «iii», by the list's kind of number."""
    if kind in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters if kind == "a" else letters.upper()
    if kind in ("i", "I") and 0 < number < 40:
        roman = ""
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            roman += sign * times
        return roman if kind == "i" else roman.upper()
    return str(number)
