"""PowerPoint files (.pptx) into blocks: the slides in order, each as a reader's eye meets it.

The language is ECMA-376 (Office Open XML), part 1, chapters 19 and 21.
"""

from collections.abc import Iterator

from helsefellesskap import richtext
from helsefellesskap.file_checks import DAMAGED, Refused
from plans.importers import nameless
from plans.importers.blocks import (
    Block,
    Cell,
    Divider,
    Heading,
    Omitted,
    Row,
    Source,
    Table,
    Why,
)
from plans.importers.docx_tables import words_of
from plans.importers.inline import every, split_omitted, to_html
from plans.importers.office import DRAWING as A
from plans.importers.office import MAX_TABLE_ROWS, RELATION_ID, TOO_MANY_ROWS, Element, Package, whole
from plans.importers.office_xml import ALTERNATIVES, core_authors, embedded_words, picture, readable_branch
from plans.importers.pptx_styles import Layouts, P, placeholder
from plans.importers.pptx_text import TextReader

_TITLES = {"title", "ctrTitle"}
_PAGE_MARKS = {"dt", "ftr", "hdr", "sldNum"}
_YES = {"1", "true"}


def read(data: bytes) -> Source:
    """The blocks of a .pptx. Raises Refused where the file is damaged or too long."""
    package = Package(data)
    main = next(iter(package.related("", "officeDocument")), "ppt/presentation.xml")
    root = package.xml(main)
    if root is None:
        raise Refused(DAMAGED)
    walk = _Walk(package)
    relations = package.relations(main)
    for number, entry in enumerate(root.iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        relation = relations.get(entry.get(RELATION_ID + "id", ""))
        slide = package.xml(relation.target) if relation and not relation.external else None
        if relation is None or slide is None:
            raise Refused(DAMAGED)
        walk.slide(relation.target, slide, f"lysbilde {number}")
    walk.omitted += core_authors(package) + _commenters(package, main)
    return Source(blocks=tuple(walk.blocks), omitted=tuple(walk.omitted), files=walk.files)


class _Walk:
    def __init__(self, package: Package) -> None:
        self.blocks: list[Block] = []
        self.omitted: list[Omitted] = []
        self.files: dict[str, bytes] = {}
        self._package = package
        self._layouts = Layouts(package)
        self._rows = 0

    def slide(self, part: str, slide: Element, at: str) -> None:
        self._part, self._at, self._tables = part, at, 0
        self._text = TextReader(self._package, part)
        if slide.get("show") in {"0", "false"}:
            self._omit(all_words(slide), "hidden")
        else:
            tree = slide.find(f"{P}cSld/{P}spTree")
            shapes = [] if tree is None else list(_shapes(tree))
            title = next((shape for shape in shapes if _kind(shape) in _TITLES), None)
            self._title(title)
            for shape in shapes:
                if shape is not title:
                    self._shape(shape)
        self._beside("notesSlide", "notes")
        self._beside("comments", "comment")
        for words in self._layouts.printed_words(part):
            self._omit(words, "header_footer")

    def _omit(self, text: str, why: Why) -> None:
        if text.strip():
            self.omitted.append(Omitted(at=self._at, text=text.strip(), why=why))

    def _title(self, shape: Element | None) -> None:
        """A slide always starts with a divider; its title is a heading too."""
        body = None if shape is None else shape.find(P + "txBody")
        lines = []
        struck = []
        for paragraph in [] if body is None else body.iterfind(A + "p"):
            pieces, left_out = split_omitted(self._text.pieces(paragraph), self._at)
            self.omitted += left_out
            lines.append(to_html(pieces))
            struck.append(every(pieces, lambda piece: piece.struck))
        html = "<br>".join(filter(None, lines))
        text = richtext.plain(html)
        self.blocks.append(Divider(at=self._at, kind="slide", title=" ".join(text.split())))
        if text:
            heading = Heading(at=self._at, level=1, text=text, html=html, struck=all(struck))
            self.blocks.append(heading)

    def _shape(self, shape: Element) -> None:
        properties = next(shape.iter(P + "cNvPr"), None)
        if properties is not None and properties.get("hidden") in _YES:
            self._omit(all_words(shape), "hidden")
        elif _kind(shape) in _PAGE_MARKS:
            self._omit(all_words(shape), "header_footer")
        elif shape.tag == P + "pic":
            self._picture(shape, "" if properties is None else properties.get("descr", "").strip())
        elif shape.tag == P + "graphicFrame":
            self._frame(shape)
        elif (body := shape.find(P + "txBody")) is not None:
            styles = self._layouts.styles(self._part, shape)
            found = self._text.blocks(body, at=self._at, styles=styles, omitted=self.omitted)
            self.blocks.extend(found)

    def _picture(self, shape: Element, alt: str) -> None:
        blip = next(shape.iter(A + "blip"), None)
        found = None if blip is None else picture(self._package, self._part, blip, at=self._at, alt=alt)
        if found is None:
            self._omit(alt or nameless.UNKNOWN_PICTURE, "embedded")
            return
        figure, data = found
        self.files[figure.sha256] = data
        self.blocks.append(figure)

    def _frame(self, frame: Element) -> None:
        table = next(frame.iter(A + "tbl"), None)
        if table is not None:
            self.blocks.append(self._table(table))
        else:
            words = embedded_words(self._package, self._part, frame)
            self._omit(words or nameless.CHART, "embedded")

    def _table(self, table: Element) -> Table:
        self._tables += 1
        at = f"{self._at}, tabell {self._tables}"
        properties = table.find(A + "tblPr")
        has_header = properties is not None and properties.get("firstRow") in _YES
        rows = []
        for number, row in enumerate(table.iterfind(A + "tr"), 1):
            self._rows += 1
            if self._rows > MAX_TABLE_ROWS:
                raise Refused(TOO_MANY_ROWS)
            here = f"{at}, rad {number}"
            header = has_header and number == 1
            rows.append(Row(at=here, cells=tuple(self._cells(row, here)), header=header))
        return Table(at=at, rows=tuple(rows))

    def _cells(self, row: Element, at: str) -> Iterator[Cell]:
        for number, cell in enumerate(row.iterfind(A + "tc"), 1):
            body = cell.find(A + "txBody")
            place = f"{at}, kolonne {number}"
            found = [] if body is None else self._text.blocks(body, at=place, styles=(), omitted=self.omitted)
            blocks: list[Block] = list(found)
            if cell.get("hMerge") in _YES or cell.get("vMerge") in _YES:  # covered by another cell
                self._omit(words_of(blocks), "hidden")
                continue
            yield Cell(
                blocks=tuple(b for b in blocks if not isinstance(b, Divider)),
                colspan=max(whole(cell.get("gridSpan"), 1), 1),
                rowspan=max(whole(cell.get("rowSpan"), 1), 1),
            )

    def _beside(self, kind: str, why: Why) -> None:
        """Speaker notes and comments: each as one, never for the page."""
        for part in self._package.related(self._part, kind):
            root = self._package.xml(part)
            if root is None:
                continue
            shapes = [e for e in root.iter(P + "sp") if _kind(e) not in _PAGE_MARKS]
            comments = [e for e in root if isinstance(e.tag, str) and e.tag.endswith("}cm")]
            for element in shapes or comments:
                self._omit(all_words(element), why)


def _kind(shape: Element) -> str:
    found = placeholder(shape)
    return "" if found is None else found.get("type", "obj")


def _shapes(tree: Element) -> Iterator[Element]:
    """The shapes in reading order, those in groups too: placeholders first, then down and to the right."""
    for child in sorted(tree, key=_place):
        if child.tag == P + "grpSp":
            yield from _shapes(child)
        elif child.tag == ALTERNATIVES:
            branch = readable_branch(child)
            yield from [] if branch is None else _shapes(branch)
        elif child.tag in {P + "sp", P + "pic", P + "graphicFrame"}:
            yield child


def _place(shape: Element) -> tuple[int, int, int]:
    mark = placeholder(shape)
    if mark is not None:
        return 0, whole(mark.get("idx")), 0
    offset = next(shape.iter(A + "off"), None) if isinstance(shape.tag, str) else None
    return (2, 0, 0) if offset is None else (1, whole(offset.get("y")), whole(offset.get("x")))


def all_words(element: Element) -> str:
    """All words inside as one line, paragraphs apart: for what is left out."""
    lines = ["".join(e.text or "" for e in p.iter(A + "t")) for p in element.iter(A + "p")]
    lines += [e.text or "" for e in element.iter(P + "text")]  # the older kind of comment
    return " ".join(" ".join(lines).split())


def _commenters(package: Package, main: str) -> list[Omitted]:
    names: dict[str, None] = {}
    for kind in ("commentAuthors", "authors"):
        for part in package.related(main, kind):
            root = package.xml(part)
            names |= dict.fromkeys([] if root is None else [e.get("name", "").strip() for e in root])
    return [Omitted(at="merknader", text=name, why="author") for name in names if name]
