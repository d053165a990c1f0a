"""Blocks as lines: the words, the printed label split off, and what the line looks like."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from helsefellesskap import richtext
from plans.importers.blocks import Block, Cell, Divider, Figure, Heading, Item, Paragraph, Table

Kind = Literal["heading", "paragraph", "item", "table", "figure", "gap"]

_GLYPHS = "✓✔☑•●‣▪▫■□◦○➢➤►▶\uf0b7\uf0a7\uf0fc\uf0d8"
_TYPED_GLYPH = re.compile(rf"^(?:[{_GLYPHS}]\s*|[-–—]\s+)(?=\S)")

_LETTERED = re.compile(r"^\(?[a-zæøå]\)\s+\S")  # «a) …» is a list item however it is set

_LABELS = (
    re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+(?=\S)"),
    re.compile(r"^(\d{1,3})[.)]\s+(?=\S)"),
    re.compile(r"^\(?([a-zæøåA-ZÆØÅ]|[ivx]{1,5}|\d{1,2})\)\s*(?=\S)"),
    re.compile(r"^([a-zæøå]|[ivx]{2,5})\.\s+(?=\S)"),
)
_HEADING_LABEL = re.compile(r"^(\d{1,2})\.?\s+(?=[A-ZÆØÅ«\"])")
# «12. mai», «2. kvartal», «1. linje»: an ordinal in a sentence, not a label.
_ORDINAL = re.compile(
    r"^\d{1,2}\.\s+(?:jan|feb|mars|apr|mai|jun|jul|aug|sep|okt|nov|des|halvår|kvartal|tertial|linje|gang|"
    r"utgave|versjon|plass|time|og\b|til\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(\w+)[)»]*[.!?]\s+[A-ZÆØÅ«]")
# What stands before a full stop without ending a sentence: «St. Olavs», «2. kvartal», «xx. mars».
_SHORTENED = re.compile(r"\w|\d\d|xx|st|dr|nr|jfr?|kl|pkt|evt?|ca|kap|ift|vedr|inkl|eks|avd")


@dataclass(frozen=True, eq=False)
class Line:
    """One block as a reader's eye meets it. `html` and `text` hold every word, typed labels included."""

    kind: Kind
    at: str
    block: Block
    html: str = ""
    level: int = 0  # of a heading, as the source claims; of a list item, from 0
    made_label: str = ""  # numbered by the program, not part of the text
    glyph: str = ""
    all_bold: bool = False
    italic: bool = False
    all_struck: bool = False
    style: str = ""
    after_gap: bool = False  # the first on its slide or page
    footnotes: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return richtext.plain(self.html)

    @property
    def printed(self) -> str:
        """The words with the label that a program made before them."""
        return f"{self.made_label} {self.text}".strip()

    @property
    def whole(self) -> str:
        """Everything the line says, footnotes too: for a warning that quotes it."""
        return " ".join([self.printed, *self.footnotes])

    @cached_property
    def _typed(self) -> str:
        """The typed label with its bracket, as it stands at the beginning of the text."""
        if self.made_label or _ORDINAL.match(self.text):
            return ""
        patterns = (*_LABELS, _HEADING_LABEL) if self.kind == "heading" else _LABELS
        found = next((m for p in patterns if (m := p.match(self.text))), None)
        return found[0] if found else ""

    @property
    def typed(self) -> bool:
        return bool(self._typed)

    @cached_property
    def label(self) -> str:
        """The printed label without bracket or full stop: «a», «2.1»; empty where there is none."""
        return (self.made_label or self._typed).strip().strip("().").strip()

    @cached_property
    def words_html(self) -> str:
        return cut_start(self.html, self._typed) if self._typed else self.html

    @cached_property
    def words(self) -> str:
        """The text after its label."""
        return richtext.plain(self.words_html)

    @cached_property
    def bold(self) -> bool:
        """Whether every word is bold, the label aside."""
        return self.all_bold or all_in(self.words_html, "strong")

    @cached_property
    def struck(self) -> bool:
        """Whether every word is struck out, the label aside."""
        return self.all_struck or all_in(self.words_html, "s")

    @property
    def number(self) -> tuple[int, ...]:
        """The label as numbers: (2, 1); empty where it is a letter or nothing."""
        parts = self.label.split(".")
        return tuple(int(p) for p in parts) if all(p.isdecimal() for p in parts) else ()

    @property
    def is_words(self) -> bool:
        return self.kind in {"heading", "paragraph", "item"}

    def short(self, limit: int = 100) -> bool:
        """One line that is no sentence among others: it could be a heading or name a goal."""
        if len(self.text) > limit or "\n" in self.text:
            return False
        ends = (found[1].lower() for found in _SENTENCE_END.finditer(self.text))
        return all(_SHORTENED.fullmatch(word) for word in ends)


def all_in(html: str, tag: str) -> bool:
    """Whether the HTML has words, and every one stands inside this tag."""
    if f"<{tag}>" not in html:
        return False
    return not re.search(r"\w", richtext.plain(re.sub(rf"<{tag}>.*?</{tag}>", " ", html, flags=re.DOTALL)))


def without(html: str, tag: str) -> str:
    return re.sub(rf"</?{tag}>", "", html)


def cut_start(html: str, words: str) -> str:
    """The HTML without these words at its beginning; spaces do not count, marks stay whole."""
    left = len(re.sub(r"\s", "", words))
    kept, at = [], 0
    for token in re.finditer(r"<[^>]*>|&(?:#?\w+);|.", html, re.DOTALL):
        if token[0].startswith("<") and len(token[0]) > 1:
            kept.append(token[0])
        elif not token[0].isspace():
            if not left:
                break
            left -= 1
        at = token.end()
    return re.sub(r"<(\w+)(?: [^>]*)?>\s*</\1>", "", "".join(kept) + html[at:]).strip()


def footnotes_only(line: Line) -> Line:
    """The line's footnotes, to stand under words that went elsewhere."""
    return replace(line, kind="paragraph", html="", made_label="", style="", after_gap=False)


def lines_of(blocks: Iterable[Block]) -> list[Line]:
    """The blocks as lines; a divider becomes the mark that the next line begins a page or slide."""
    lines: list[Line] = []
    gap = False
    for block in blocks:
        if isinstance(block, Divider):
            gap = gap or block.kind != "rule"
            continue
        line = _line(block, gap)
        if line is not None:
            lines.append(line)
            gap = False
    return lines


def _line(block: Block, gap: bool) -> Line | None:
    match block:
        case Table():
            return Line("table", block.at, block, after_gap=gap)
        case Figure():
            return Line("figure", block.at, block, after_gap=gap)
        case Divider():
            return None
    html = block.html or richtext.from_text(block.text)
    text = richtext.plain(html)
    footnotes = () if isinstance(block, Heading) else block.footnotes
    if not text and not footnotes:
        return None
    made = "" if isinstance(block, Paragraph) else block.label.strip()
    kind: Kind = "paragraph"
    if not isinstance(block, Paragraph):
        kind = "heading" if isinstance(block, Heading) else "item"
    glyph = block.glyph if isinstance(block, Item) else ""
    if kind != "heading" and (found := _TYPED_GLYPH.match(text)):
        kind, glyph, html = "item", found[0].strip(), cut_start(html, found[0])
    elif kind == "paragraph" and _LETTERED.match(text) and not getattr(block, "bold", False):
        kind = "item"
    level = 0 if isinstance(block, Paragraph) else block.level
    bold = not isinstance(block, Heading) and block.bold
    italic = isinstance(block, Paragraph) and block.italic
    style = block.style if isinstance(block, Paragraph) else ""
    return Line(
        kind,
        block.at,
        block,
        html=html,
        level=level,
        made_label=made,
        glyph=glyph,
        all_bold=bold,
        italic=italic,
        all_struck=block.struck,
        style=style,
        after_gap=gap,
        footnotes=footnotes,
    )


def lines_in(cells: Iterable[Cell]) -> Iterator[Line]:
    """Every line in the cells, those of tables inside them too."""
    for cell in cells:
        for line in lines_of(cell.blocks):
            yield line
            if isinstance(line.block, Table):
                for row in line.block.rows:
                    yield from lines_in(row.cells)
