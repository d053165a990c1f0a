"""What stands inside one Word paragraph: formatted text, footnote calls, pictures and text boxes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from plans.importers import nameless
from plans.importers.blocks import Figure, Omitted, Why
from plans.importers.docx_numbering import GLYPHS
from plans.importers.docx_styles import Styles
from plans.importers.docx_xml import W, plain_words, switch, value
from plans.importers.inline import Piece, safe_href
from plans.importers.office import DRAWING, RELATION_ID, Element, Package
from plans.importers.office_xml import (
    ALTERNATIVES,
    MATH,
    VML,
    embedded_words,
    outermost,
    picture,
    readable_branch,
)
from plans.word_marks import mark_of

PAGE_BREAK = "\f"
_PICTURE_FRAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_DELETED = {W + "del", W + "moveFrom"}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


@dataclass
class Content:
    """One paragraph's inside. `boxes` are text boxes (w:txbxContent) anchored here."""

    pieces: list[Piece] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    omitted: list[Omitted] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)  # names of our own bookmarks that begin here


@dataclass
class _Field:
    """A field such as HYPERLINK or TOC; it may run over many paragraphs."""

    code: str = ""
    in_code: bool = True

    @property
    def is_contents(self) -> bool:
        return self.code.split()[:1] in (["TOC"], ["INDEX"], ["TOA"])

    @property
    def href(self) -> str:
        match = re.match(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]*)"', self.code)
        return safe_href(match[1]) if match and r"\l" not in match[0] else ""


@dataclass(frozen=True)
class _Setting:
    """What the wrappers around a run say about it."""

    href: str = ""
    omit: Why | None = None


class InlineReader:
    """Reads the paragraphs of one part, in order: a field opened in one may close in another.

    `notes` holds the texts of footnotes and endnotes by (kind, id), `comments` those of comments by
    id; what is called is taken out of them. Pictures' bytes go into `files` by SHA-256.
    """

    def __init__(self, package: Package, part: str, styles: Styles, files: dict[str, bytes]) -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._files = files
        self._fields: list[_Field] = []
        self.notes: dict[tuple[str, str], str] = {}
        self.comments: dict[str, str] = {}

    def read(self, paragraph: Element, *, at: str, style: str, heading: bool) -> Content:
        """`heading`: a heading style is bold by nature, which is no emphasis of words."""
        content = Content()
        self._at, self._style, self._content = at, style, content
        self._bold_style = not heading and self._styles.on(style, "b")
        for child in paragraph:
            self._take(child, _Setting())
        return content

    @contextmanager
    def fields_end_here(self) -> Iterator[None]:
        """Fields left open in a cell or a text box do not reach out of it."""
        outer = len(self._fields)
        yield
        del self._fields[outer:]

    # --- elements ---

    def _take(self, element: Element, setting: _Setting) -> None:
        tag = element.tag
        if not isinstance(tag, str) or (tag.startswith(W) and tag.endswith("Pr")):
            return
        if tag == W + "r":
            self._run(element, setting)
        elif tag in _DELETED:
            self._inside(element, _Setting(setting.href, "deleted"))
        elif tag == W + "hyperlink":
            self._inside(element, _Setting(self._address(element) or setting.href, setting.omit))
        elif tag == W + "fldSimple":
            self._simple_field(element, setting)
        elif tag in {MATH + "oMath", MATH + "oMathPara"}:
            text = " ".join(e.text or "" for e in element.iter(MATH + "t"))
            self._content.pieces.append(Piece(text=f" {text} ", omit=setting.omit or "embedded"))
        elif tag == ALTERNATIVES:
            self._inside(readable_branch(element), setting)
        elif tag == W + "sdt":
            self._inside(element.find(W + "sdtContent"), setting)
        elif tag == W + "bookmarkStart":
            self._content.marks += own_mark(element)
        else:
            self._inside(element, setting)

    def _inside(self, element: Element | None, setting: _Setting) -> None:
        for child in [] if element is None else element:
            self._take(child, setting)

    def _address(self, link: Element) -> str:
        relation = self._package.relations(self._part).get(link.get(RELATION_ID + "id", ""))
        return safe_href(relation.target) if relation and relation.external else ""

    def _simple_field(self, element: Element, setting: _Setting) -> None:
        simple = _Field(element.get(W + "instr", ""), in_code=False)
        omit: Why | None = "contents" if simple.is_contents else setting.omit
        self._inside(element, _Setting(simple.href or setting.href, omit))

    def _run(self, run: Element, setting: _Setting) -> None:
        properties = run.find(W + "rPr")
        for child in run:
            self._in_run(child, properties, setting)

    def _in_run(self, child: Element, properties: Element | None, setting: _Setting) -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        name = tag.removeprefix(W)
        if name in {"t", "delText"}:
            self._text(child.text or "", properties, setting)
        elif name in _CHARACTERS:
            self._text(_CHARACTERS[name], properties, setting)
        elif name == "br":
            self._text(PAGE_BREAK if child.get(W + "type") == "page" else "\n", properties, setting)
        elif name == "sym":
            self._text(_symbol(child.get(W + "char", "")), properties, setting)
        elif name == "fldChar":
            self._field_character(child.get(W + "fldCharType"))
        elif name == "instrText" and self._fields:
            self._fields[-1].code += child.text or ""
        elif tag in _NOTES:
            self._note(_NOTES[tag], child.get(W + "id", ""), setting)
        elif name == "commentReference":
            self._comment(child.get(W + "id", ""))
        elif name == "object":
            self._leave_out(child, "et innebygd objekt")
        elif name in {"drawing", "pict"}:
            self._drawing(child, setting)
        elif tag == ALTERNATIVES:
            branch = readable_branch(child)
            for inner in [] if branch is None else branch:
                self._in_run(inner, properties, setting)
        elif name == "ruby":
            self._inside(child, setting)

    def _field_character(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    # --- text ---

    def _text(self, text: str, properties: Element | None, setting: _Setting) -> None:
        run_style = value(properties, "rStyle") or ""

        def on(name: str, from_paragraph: bool) -> bool:
            said = switch(properties, name)
            # a switch in both styles turns itself off again, as in Word
            return said if said is not None else self._styles.on(run_style, name) != from_paragraph

        struck = [on(name, self._styles.on(self._style, name)) for name in ("strike", "dstrike")]
        hidden = on("vanish", self._styles.on(self._style, "vanish"))
        raised = {"superscript": "sup", "subscript": "sub"}.get(value(properties, "vertAlign") or "", "")
        piece = Piece(
            text=text,
            bold=on("b", self._bold_style),
            italic=on("i", self._styles.on(self._style, "i")),
            struck=any(struck),
            underline=(value(properties, "u") or "none") != "none",
            raised=raised,
            href=setting.href or next((f.href for f in reversed(self._fields) if f.href), ""),
            omit=setting.omit or self._field_omits() or ("hidden" if hidden else None),
        )
        self._content.pieces.append(piece)

    def _field_omits(self) -> Why | None:
        if any(f.is_contents for f in self._fields):
            return "contents"
        return "hidden" if any(f.in_code for f in self._fields) else None

    def _note(self, kind: str, key: str, setting: _Setting) -> None:
        text = self.notes.pop((kind, key), "")
        if text and setting.omit:
            self._content.omitted.append(Omitted(at=self._at, text=text, why=setting.omit))
        elif text:
            self._content.footnotes.append(text)

    def _comment(self, key: str) -> None:
        if text := self.comments.pop(key, ""):
            self._content.omitted.append(Omitted(at=self._at, text=text, why="comment"))

    # --- drawings ---

    def _drawing(self, drawing: Element, setting: _Setting) -> None:
        boxes = list(outermost(drawing, W + "txbxContent"))
        if setting.omit:
            text = " ".join(plain_words(box) for box in boxes)
            self._content.pieces.append(Piece(text=f" {text} ", omit=setting.omit))
            return
        self._content.boxes.extend(boxes)
        in_boxes = {e for box in boxes for e in box.iter()}
        pictures = [e for e in outermost(drawing, DRAWING + "blip", VML + "imagedata") if e not in in_boxes]
        frame = next(drawing.iter(_PICTURE_FRAME), None)
        for blip in pictures:
            self._picture(blip, alternative_text(frame, drawing.find(VML + "shape")))
        for art in drawing.iter(VML + "textpath"):
            self._say_embedded(art.get("string", ""))
        if not boxes and not pictures and next(drawing.iter(DRAWING + "graphicData"), None) is not None:
            self._leave_out(drawing, alternative_text(frame, None) or nameless.DRAWING)

    def _picture(self, blip: Element, alt: str) -> None:
        found = picture(self._package, self._part, blip, at=self._at, alt=alt)
        if found is None:
            self._say_embedded(alt or nameless.UNKNOWN_PICTURE)
            return
        figure, data = found
        self._files[figure.sha256] = data
        self._content.figures.append(figure)

    def _leave_out(self, element: Element, called: str) -> None:
        self._say_embedded(embedded_words(self._package, self._part, element) or called)

    def _say_embedded(self, text: str) -> None:
        if text.strip():
            self._content.omitted.append(Omitted(at=self._at, text=text.strip(), why="embedded"))


def own_mark(bookmark: Element) -> list[str]:
    """The bookmark's name, if it is one of those that carry identity through Word."""
    name = bookmark.get(W + "name", "")
    return [name] if mark_of(name) else []


def alternative_text(frame: Element | None, shape: Element | None) -> str:
    """What the author wrote about a picture."""
    if frame is not None:
        return (frame.get("descr") or frame.get("title") or "").strip()
    return "" if shape is None else (shape.get("alt") or "").strip()


def _symbol(code: str) -> str:
    """The character of a `w:sym`, which Word gives as its place in a symbol font."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return GLYPHS.get(character, character)
