"""The text of PowerPoint shapes: paragraphs with the bullets, numbers and formats they show."""

from collections.abc import Iterator, Sequence

from helsefellesskap import richtext
from plans.importers.blocks import Item, Omitted, Paragraph
from plans.importers.docx_numbering import bare, write_number
from plans.importers.inline import Piece, every, safe_href, split_omitted, to_html, typed_bullet
from plans.importers.office import DRAWING as A
from plans.importers.office import RELATION_ID, Element, Package, whole
from plans.importers.office_xml import ALTERNATIVES, MATH

_ON = {"1", "true", "on"}
_STRUCK = {"sngStrike", "dblStrike"}
_BULLETS = {A + "buNone", A + "buChar", A + "buAutoNum", A + "buBlip"}
_FORMS = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman",
}  # fmt: skip


class Counter:
    """Numbers that PowerPoint gives by itself (`buAutoNum`), within one shape."""

    def __init__(self) -> None:
        self._counts: dict[int, tuple[str, int]] = {}  # level → the kind of number, the last one given

    def label(self, level: int, bullet: Element | None) -> str:
        """The next label at this level, without bracket; empty where the paragraph has no number."""
        self._counts = {at: last for at, last in self._counts.items() if at <= level}
        if bullet is None or bullet.tag != A + "buAutoNum":
            self._counts.pop(level, None)
            return ""
        kind, start = bullet.get("type", "arabicPeriod"), whole(bullet.get("startAt"), 1)
        before = self._counts.get(level)
        number = before[1] + 1 if before and before[0] == f"{kind} {start}" else start
        self._counts[level] = (f"{kind} {start}", number)
        form = next((form for prefix, form in _FORMS.items() if kind.startswith(prefix)), "decimal")
        return bare(write_number(number, form))


class TextReader:
    """Reads the text bodies of one slide's part."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part

    def pieces(self, paragraph: Element, *, inherits: Sequence[Element] = ()) -> list[Piece]:
        """The paragraph's text; `inherits` are the level properties above it, nearest first."""
        defaults = [e for level in inherits if (e := level.find(A + "defRPr")) is not None]
        return list(self._pieces(paragraph, defaults))

    def _pieces(self, element: Element, defaults: list[Element]) -> Iterator[Piece]:
        for child in element:
            tag = child.tag
            if tag in {A + "r", A + "fld"}:
                yield self._run(child, defaults)
            elif tag == A + "br":
                yield Piece(text="\n")
            elif tag == ALTERNATIVES or (isinstance(tag, str) and tag.endswith("}m")):
                math = " ".join(e.text or "" for e in child.iter(MATH + "t"))
                yield Piece(text=f" {math} ", omit="embedded")

    def _run(self, run: Element, defaults: list[Element]) -> Piece:
        properties = run.find(A + "rPr")
        said = [e for e in (properties, *defaults) if e is not None]

        def first(name: str) -> str:
            return next((found for e in said if (found := e.get(name)) is not None), "")

        raised = whole(first("baseline"))
        is_page_mark = run.tag == A + "fld" and run.get("type", "").startswith(("slidenum", "datetime"))
        return Piece(
            text=run.findtext(A + "t") or "",
            bold=first("b") in _ON,
            italic=first("i") in _ON,
            struck=first("strike") in _STRUCK,
            underline=first("u") not in {"", "none"},
            raised="sup" if raised > 0 else "sub" if raised < 0 else "",
            href=self._address(properties),
            omit="header_footer" if is_page_mark else None,
        )

    def _address(self, properties: Element | None) -> str:
        link = None if properties is None else properties.find(A + "hlinkClick")
        key = "" if link is None else link.get(RELATION_ID + "id", "")
        relation = self._package.relations(self._part).get(key)
        return safe_href(relation.target) if relation and relation.external else ""

    def blocks(
        self, body: Element, *, at: str, styles: Sequence[Element], omitted: list[Omitted]
    ) -> Iterator[Paragraph | Item]:
        """The paragraphs of a text body; `styles` are the list styles it inherits, nearest first."""
        counter = Counter()
        for paragraph in body.iterfind(A + "p"):
            properties = paragraph.find(A + "pPr")
            level = min(max(whole(None if properties is None else properties.get("lvl")), 0), 8)
            inherits = [e for s in styles if (e := s.find(f"{A}lvl{level + 1}pPr")) is not None]
            pieces, left_out = split_omitted(self.pieces(paragraph, inherits=inherits), at)
            omitted += left_out
            if not any(piece.text.strip() for piece in pieces):
                continue
            said = [e for e in (properties, *inherits) if e is not None]
            bullet = next((found for e in said if (found := _bullet(e)) is not None), None)
            yield _block(pieces, at, level, bullet, counter.label(level, bullet))


def _bullet(properties: Element) -> Element | None:
    return next((e for e in properties if e.tag in _BULLETS), None)


def _block(pieces: list[Piece], at: str, level: int, bullet: Element | None, label: str) -> Paragraph | Item:
    typed, pieces = typed_bullet(pieces)
    html = to_html(pieces)
    text = richtext.plain(html)
    bold = every(pieces, lambda piece: piece.bold)
    struck = every(pieces, lambda piece: piece.struck)
    if not typed and (bullet is None or bullet.tag == A + "buNone"):
        italic = every(pieces, lambda piece: piece.italic)
        return Paragraph(at=at, text=text, html=html, bold=bold, italic=italic, struck=struck)
    glyph = typed or ("" if label else _glyph(bullet))
    return Item(at=at, level=level, text=text, html=html, label=label, glyph=glyph, bold=bold, struck=struck)


def _glyph(bullet: Element | None) -> str:
    """The bullet's character; symbol fonts give letters («ü» in Wingdings is a tick)."""
    if bullet is None or bullet.tag != A + "buChar":
        return "•"
    character = bullet.get("char", "•")
    parent = bullet.getparent()
    font = None if parent is None else parent.find(A + "buFont")
    if font is not None and font.get("typeface", "").lower().startswith("wingdings"):
        return {"ü": "✓", "§": "▪", "Ø": "➢", "q": "□", "v": "❖", "à": "→"}.get(character, "•")
    return character
