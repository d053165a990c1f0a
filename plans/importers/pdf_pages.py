"""The pages of a PDF as words and tables' rules: what stands where, in which letters.

pdfplumber parses (ISO 32000 by pdfminer.six); what it finds is turned into small values of ours page by
page, so that a long file never lies in memory twice. Measures are points from the page's upper left corner.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import LIGATURES

from helsefellesskap.file_checks import DAMAGED, Refused
from helsefellesskap.sentences import later
from plans.importers import nameless
from plans.importers.blocks import (
    Omitted,
)
from plans.importers.inline import Piece, safe_href

MAX_PAGES = 400
MAX_RULES = 5_000  # so many lines on one page are a drawing
OWN = "Helsefellesskap"  # the «generator» of templates/documents/plan.html
TOO_MANY_PAGES = later("Filen har flere enn 400 sider og kan ikke leses.")
ENCRYPTED = later("Filen er beskyttet med passord; lagre den på nytt uten passord.")

_BOLD = re.compile(r"bold|black|heavy|semi-?b|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_NO_COMMENTS = {"Link", "Widget", "Popup"}
_NEAR = 4  # points
_THIN = 4  # points: a thicker rule strikes nothing out
_LARGE = 40  # points: smaller pictures are ornaments

type Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    box: Box
    size: float  # of its letters, in points
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def middle(self) -> tuple[float, float]:
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


@dataclass(slots=True, kw_only=True)
class Page:
    number: int
    width: float
    height: float
    words: list[Word]
    own: bool = False  # made by this portal
    tables: list[list[Box]] = field(default_factory=list)  # the cells of each ruled table or frame
    omitted: list[Omitted] = field(default_factory=list)

    @property
    def at(self) -> str:
        return f"side {self.number}"


def pages_of(data: bytes) -> Iterator[Page]:
    """The pages in order. Raises Refused where the file is damaged, locked or too long."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(list(islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1))) > MAX_PAGES:
                raise Refused(TOO_MANY_PAGES)
            own = pdf.metadata.get("Creator") == OWN
            beside = [Omitted(at="hele filen", text=text, why="embedded") for text in _beside(pdf)]
            for page in pdf.pages:
                found = _page(page)
                found.omitted += beside
                found.own = own
                beside = []
                yield found
                page.close()
    except (PdfminerException, MalformedPDFException, PSException) as error:
        raise _refused(error) from error


def texts_of(data: bytes) -> Iterator[str]:
    """The words of each page, of what is written on it and in its form, and of the file's properties.

    Raises Refused as `pages_of`.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(list(islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1))) > MAX_PAGES:
                raise Refused(TOO_MANY_PAGES)
            yield "\n".join(str(value) for value in pdf.metadata.values())
            for page in pdf.pages:
                yield page.extract_text()
                for note in page.annots:
                    said = (resolve1(note["data"].get(key)) for key in ("Contents", "V"))
                    yield from (decode_text(words) for words in said if isinstance(words, bytes))
                page.close()
    except (PdfminerException, MalformedPDFException, PSException) as error:
        raise _refused(error) from error


def _refused(error: Exception) -> Refused:
    causes = (error, *error.args)  # pdfplumber wraps what pdfminer raised
    locked = any(isinstance(e, PDFPasswordIncorrect | PDFEncryptionError) for e in causes)
    return Refused(ENCRYPTED if locked else DAMAGED)


def _beside(pdf: Any) -> Iterator[str]:
    """What a PDF can carry that is no page: said, and never opened."""
    catalog = pdf.doc.catalog
    names = resolve1(catalog.get("Names")) or {}
    if "EmbeddedFiles" in names or "AF" in catalog:
        yield nameless.ATTACHED
    if "JavaScript" in names or "AA" in catalog or _is_script(resolve1(catalog.get("OpenAction"))):
        yield nameless.SCRIPT
    if "XFA" in (resolve1(catalog.get("AcroForm")) or {}):
        yield nameless.FORM


def _is_script(action: object) -> bool:
    return isinstance(action, dict) and getattr(action.get("S"), "name", "") == "JavaScript"


def _page(page: Any) -> Page:
    number, (left, top, right, bottom) = page.page_number, page.bbox
    found = Page(number=number, width=float(right), height=float(bottom), words=[])
    rules = [_box(o) for kind in (page.lines, page.rects, page.curves) for o in kind]
    thin = [rule for rule in rules if rule[3] - rule[1] < _THIN] if len(rules) <= MAX_RULES else []
    links = [(_box(link), safe_href(link["uri"])) for link in page.hyperlinks]
    outside: list[str] = []
    for raw in page.dedupe_chars().extract_words(x_tolerance_ratio=0.2, return_chars=True):
        word = _word(raw, thin, links)
        x, y = word.middle
        if left <= x <= right and top <= y <= bottom:
            found.words.append(word)
        else:
            outside.append(word.text)
    if outside:
        found.omitted.append(Omitted(at=found.at, text=" ".join(outside), why="hidden"))
    if len(rules) <= MAX_RULES:
        closed = {"explicit_horizontal_lines": list(_missing_ends(page.edges))}
        found.tables = [table.cells for table in page.find_tables(closed)]
    if any(i["x1"] - i["x0"] > _LARGE and i["bottom"] - i["top"] > _LARGE for i in page.images):
        found.omitted.append(Omitted(at=found.at, text=nameless.PICTURES, why="embedded"))
    for note in page.annots:
        if note.get("contents") and getattr(note["data"].get("Subtype"), "name", "") not in _NO_COMMENTS:
            found.omitted.append(Omitted(at=found.at, text=str(note["contents"]), why="comment"))
    return found


def _missing_ends(edges: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The rules that some programs leave out where a page cuts a row: upright ones end at nothing there."""
    upright = [e for e in edges if e["orientation"] == "v"]
    level = [e for e in edges if e["orientation"] == "h"]
    for end, other in (("bottom", "top"), ("top", "bottom")):
        ends: dict[int, list[Any]] = {}
        for edge in upright:
            ends.setdefault(round(edge[end]), []).append(edge)
        for y, found in ends.items():
            left, right = min(e["x0"] for e in found), max(e["x1"] for e in found)
            met = any(abs(e["top"] - y) < _NEAR and e["x0"] < right and e["x1"] > left for e in level)
            on = any(abs(e[other] - y) < _NEAR and left <= e["x0"] <= right for e in upright)
            if right > left and not (met or on):
                size = {"width": right - left, "height": 0}
                yield {"object_type": "line", "x0": left, "x1": right, "top": y, "bottom": y} | size


def _box(o: Any) -> Box:
    return float(o["x0"]), float(o["top"]), float(o["x1"]), float(o["bottom"])


def _word(raw: Any, rules: list[Box], links: list[tuple[Box, str]]) -> Word:
    box = _box(raw)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    href = next((uri for area, uri in links if area[0] <= x <= area[2] and area[1] <= y <= area[3]), "")
    struck = any(_strikes(rule, box) for rule in rules)
    pieces = tuple(
        Piece(
            text="".join(LIGATURES.get(c["text"], c["text"]) for c in chars),
            bold=bold,
            italic=italic,
            struck=struck,
            href=href,
        )
        for (bold, italic), chars in groupby(raw["chars"], key=_face)
    )
    sizes = [float(c["size"]) for c in raw["chars"]]
    return Word(box=box, size=round(max(sizes) * 2) / 2, pieces=pieces)


def _face(char: Any) -> tuple[bool, bool]:
    name = char["fontname"].rpartition("+")[2]
    return bool(_BOLD.search(name)), bool(_ITALIC.search(name))


def _strikes(rule: Box, word: Box) -> bool:
    """Whether a thin rule runs through the middle of a word (under it, it underlines)."""
    height = word[3] - word[1]
    y = (rule[1] + rule[3]) / 2
    return (
        rule[3] - rule[1] < height * 0.2
        and word[1] + height * 0.3 < y < word[1] + height * 0.75
        and rule[0] <= word[0] + 2
        and rule[2] >= word[2] - 2
    )
