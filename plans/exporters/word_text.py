"""Paragraphs, runs, links, bookmarks and small tables of the Word file, written straight as XML.

The library's own way of building tables takes quadratic time; what it is used for is the package:
relations, pictures, properties.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from plans.lines import Cell, Line, Run, Runs, even
from plans.lines_html import label_of
from plans.word_marks import PREFIX

from .word_styles import BULLETS, TEXT_WIDTH, new_list

type Element = Any
type Numbers = dict[int, tuple[int, str, int]]  # by level: the list, its kind, the number that comes next

_SWITCHES = (("strong", "b"), ("em", "i"), ("s", "strike"))
_STYLES = {"quote": "Quote", "h4": "Heading5", "h5": "Heading6"}


def element(tag: str, /, *children: Element, **values: str | int) -> Element:
    """`element("w:jc", val="left")`: attributes are of Word's own namespace."""
    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


class TextWriter:
    """Writes into one document: it counts bookmarks and lists, and makes relations for links."""

    def __init__(self, document: Any) -> None:
        self._part = document.part
        self._numbering = document.part.numbering_part.element
        self._links: dict[str, str] = {}
        self._bookmarks: set[str] = set()

    # --- paragraphs ---

    def paragraph(self, style: str, *content: Element, marks: Sequence[str] = (), **more: Element) -> Element:
        """A paragraph of this style. `marks` are bookmarks around all of it; `more` are its properties."""
        properties = element("w:pPr", element("w:pStyle", val=style), *more.values())
        opened = [self._bookmark(name) for name in marks if name not in self._bookmarks]
        inner = [start for start, _end in opened] + list(content) + [end for _start, end in opened]
        return element("w:p", properties, *inner)

    def labelled(
        self, style: str, label: str, runs: Runs, label_mark: str, text_mark: str, **more: Element
    ) -> Element:
        """A printed label, a tab and the text, each in a bookmark of its own."""
        inside: list[Element] = []
        if label:
            inside += [*self._marked(label_mark, self.runs([Run(label)])), tab()]
        inside += self._marked(text_mark, self.runs(runs))
        return self.paragraph(style, *inside, **more)

    def _marked(self, name: str, content: list[Element]) -> list[Element]:
        if not name or name in self._bookmarks:
            return content
        start, end = self._bookmark(name)
        return [start, *content, end]

    def _bookmark(self, name: str) -> tuple[Element, Element]:
        self._bookmarks.add(name)
        number = len(self._bookmarks)
        return element("w:bookmarkStart", id=number, name=name), element("w:bookmarkEnd", id=number)

    def anchor(self, number: int) -> str:
        """The name of a bookmark that the contents list points to."""
        return f"{PREFIX}innhold_{number}"

    # --- runs ---

    def runs(self, runs: Iterable[Run]) -> list[Element]:
        written: list[Element] = []
        for run in runs:
            if run.href:
                link = element("w:hyperlink", _run(run, "Hyperlink"))
                link.set(qn("r:id"), self._link(run.href))
                written.append(link)
            else:
                written.append(_run(run))
        return written

    def text(self, text: str) -> list[Element]:
        return self.runs(even([Run(text)]))

    def _link(self, href: str) -> str:
        if href not in self._links:
            relation = self._part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            self._links[href] = relation
        return self._links[href]

    # --- rich text ---

    def block(self, lines: Sequence[Line], marks: Sequence[str] = (), style: str = "Normal") -> list[Element]:
        """The paragraphs and tables of block text. `marks` name the lines, as far as there are names."""
        numbers: Numbers = {}
        written: list[Element] = []
        for place, line in enumerate(lines):
            names = [marks[place]] if place < len(marks) else []
            if line.kind == "table":
                written += [self._table(line, names), self.paragraph(style, spacing=_no_space())]
            else:
                written.append(self._line(line, names, style, numbers))
            if line.kind not in ("ul", "ol", "more"):
                numbers.clear()
        return written

    def _line(self, line: Line, marks: list[str], style: str, numbers: Numbers) -> Element:
        content = self.runs(line.runs)
        for deeper in [level for level in numbers if level > line.level]:
            del numbers[deeper]
        match line.kind:
            case "ul":
                numbers.pop(line.level, None)
                return self.paragraph("ListBullet", *content, marks=marks, list=_list(BULLETS, line.level))
            case "ol":
                number, kind, place = numbers.get(line.level, (0, "", 0))
                if not number or label_of(place, kind) != line.label:
                    kind, place = _counted(line.label)
                    number = new_list(self._numbering, kind, line.level, place)
                numbers[line.level] = (number, kind, place + 1)
                return self.paragraph("ListNumber", *content, marks=marks, list=_list(number, line.level))
            case "more":
                indent = element("w:ind", left=(line.level + 1) * 357)
                return self.paragraph("ListContinue", *content, marks=marks, indent=indent)
        return self.paragraph(_STYLES.get(line.kind, style), *content, marks=marks)

    def _table(self, line: Line, marks: list[str]) -> Element:
        """A table in running text; a cell merged downwards goes on as an empty one."""
        width = max(sum(cell.colspan for cell in row) for row in line.rows)
        head = all(cell.header for cell in line.rows[0]) and len(line.rows) > 1
        grid: list[list[tuple[Cell, str]]] = [[] for _ in line.rows]  # cell, how it is merged
        open_: dict[int, tuple[Cell, int]] = {}  # column → cell from above, rows left
        for row, out in zip(line.rows, grid, strict=True):
            cells = iter(row)
            column = 0
            while True:
                if column in open_:
                    cell, left = open_.pop(column)
                    out.append((cell, "continue"))
                    if left > 1:
                        open_[column] = (cell, left - 1)
                elif (cell_ := next(cells, None)) is not None:
                    cell = cell_
                    out.append((cell, "restart" if cell.rowspan > 1 else ""))
                    if cell.rowspan > 1:
                        open_[column] = (cell, cell.rowspan - 1)
                else:
                    break
                column += cell.colspan
            width = max(width, column)
        return self.table(
            [TEXT_WIDTH // width] * width,
            [
                self.row([self._cell(*cell, width, names=marks) for cell in row], header=head and not n)
                for n, row in enumerate(grid)
            ],
            header=head,
        )

    def _cell(self, cell: Cell, merged: str, width: int, *, names: list[str]) -> Element:
        lines = [] if merged == "continue" else list(cell.lines)
        content = self.block(lines, marks=names[:1] if lines else [], style="PlanCell")
        wide = TEXT_WIDTH // width * cell.colspan
        return self.cell(content, wide, colspan=cell.colspan, merged=merged)

    # --- tables ---

    def table(
        self, widths: Sequence[int], rows: list[Element], *, header: bool, caption: str = ""
    ) -> Element:
        """`widths` in twentieths of a point; `caption` is what a screen reader says first."""
        properties = element(
            "w:tblPr",
            element("w:tblStyle", val="PlanTable"),
            element("w:tblW", w=sum(widths), type="dxa"),
            element("w:tblLayout", type="fixed"),
            element("w:tblLook", val="0420" if header else "0400", firstRow=int(header), lastRow=0,
                    firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        )  # fmt: skip
        if caption:
            properties.append(element("w:tblCaption", val=caption))
        grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths))
        return element("w:tbl", properties, grid, *rows)

    def row(self, cells: list[Element], *, header: bool = False) -> Element:
        properties = element("w:trPr", element("w:cantSplit"))
        if header:
            properties.append(element("w:tblHeader"))
        return element("w:tr", properties, *cells)

    def cell(self, content: list[Element], width: int, *, colspan: int = 1, merged: str = "") -> Element:
        """`merged`: «restart» begins a cell that goes on downwards, «continue» goes on with it."""
        properties = element("w:tcPr", element("w:tcW", w=width, type="dxa"))
        if colspan > 1:
            properties.append(element("w:gridSpan", val=colspan))
        if merged:
            properties.append(element("w:vMerge", val=merged))
        if not content or content[-1].tag == qn("w:tbl"):
            content = [*content, self.paragraph("PlanCell")]
        return element("w:tc", properties, *content)


def keep_with_next(row: Element) -> None:
    """The row stands on the same page as the one below it."""
    for properties in row.iter(qn("w:pPr")):
        first = properties.find(qn("w:pStyle"))
        properties.insert(0 if first is None else 1, element("w:keepNext"))


def tab() -> Element:
    return element("w:r", element("w:tab"))


def field(instruction: str, shown: str) -> list[Element]:
    """A field such as PAGE, with what it shows until it is counted."""
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", code),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        _run(Run(shown)),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]


def _run(run: Run, style: str = "") -> Element:
    made = element("w:r")
    properties = [element("w:rStyle", val=style)] if style else []
    properties += [element(f"w:{name}") for mark, name in _SWITCHES if mark in run.marks]
    if "u" in run.marks and not style:
        properties.append(element("w:u", val="single"))
    for mark, place in (("sup", "superscript"), ("sub", "subscript")):
        if mark in run.marks:
            properties.append(element("w:vertAlign", val=place))
    if properties:
        made.append(element("w:rPr", *properties))
    if run.text == "\n":
        made.append(element("w:br"))
        return made
    text = element("w:t")
    text.text = run.text
    text.set(qn("xml:space"), "preserve")
    made.append(text)
    return made


def _list(number: int, level: int) -> Element:
    return element("w:numPr", element("w:ilvl", val=level), element("w:numId", val=number))


def _no_space() -> Element:
    return element("w:spacing", before=0, after=0, line=120, lineRule="exact")


def _counted(label: str) -> tuple[str, int]:
    """The kind of number and which one it is: «c» → («a», 3)."""
    if label.isdigit():
        return "1", int(label)
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
    if (number := roman.get(label.lower())) and (len(label) > 1 or label.lower() == "i"):
        return ("i" if label.islower() else "I"), number
    if len(label) == 1 and label.isascii() and label.isalpha():
        return ("a" if label.islower() else "A"), ord(label.lower()) - 96
    return "1", 1
