"""Text files (.txt, .md) into blocks: with Markdown's marks, with tabs, or with no markup at all.

A number that somebody typed («a)», «2.1») stays in the text: only the interpreter knows whether it is
a label. A wrapped paragraph is joined; a line broken inside a list item belongs to the item.
"""

import codecs
import re
from collections.abc import Iterator

from helsefellesskap.file_checks import Refused
from helsefellesskap.sentences import later
from plans.importers.blocks import (
    Block,
    Divider,
    Heading,
    Item,
    Omitted,
    Paragraph,
    Source,
)
from plans.importers.text_lines import (
    FENCE,
    HEADING,
    QUOTE,
    RULE,
    UNDERLINE,
    breaks_item,
    bullet,
    indent,
    leads_list,
    starts_anew,
)
from plans.importers.text_markup import Words
from plans.importers.text_tables import (
    Numbered,
    pipe_rows,
    pipe_table,
    starts_pipes,
    tab_rows,
    tab_table,
)

NOT_TEXT = later("Filen er ikke en tekstfil og kan ikke leses.")
_DEEPEST = 8  # list levels, as in Word
_GAP = 3  # so many blank lines stand where a page or a slide ended
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(data: bytes) -> Source:
    """The blocks of a text file. Raises Refused where the bytes are no text."""
    text, omitted = _without_comments(decode(data))
    lines = list(enumerate(re.split(r"\r\n|\r|\n", text), start=1))
    return Source(blocks=tuple(_Reader(lines).blocks()), omitted=tuple(omitted))


def decode(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 or UTF-32 with mark, else Windows-1252."""
    name = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        if name != "utf-8":
            raise Refused(NOT_TEXT) from error
        text = data.decode("cp1252", errors="replace")
    controls = sum(ch < " " and ch not in "\t\n\r\f\v" for ch in text)
    if "\0" in text or controls * 100 > len(text):
        raise Refused(NOT_TEXT)
    return text


def _without_comments(text: str) -> tuple[str, list[Omitted]]:
    omitted = [
        Omitted(at=f"linje {text.count(chr(10), 0, found.start()) + 1}", text=words, why="comment")
        for found in _COMMENT.finditer(text)
        if (words := " ".join(found[1].split()))
    ]
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text), omitted


class _Reader:
    """Walks the lines once; `_open` holds the paragraph or item that the next line may continue."""

    def __init__(self, lines: list[Numbered]) -> None:
        self._lines = lines
        self._open: tuple[int, str, tuple[int, str] | None] | None = None  # line, text, (depth, glyph)
        self._depths: list[int] = []  # of the list that stands open
        self._blank = 0
        self._seen = False

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self._lines):
            number, line = self._lines[at]
            if "\f" in line:
                yield from self._flush()
                yield Divider(at=f"linje {number}", kind="page")
                self._lines[at] = number, line = number, line.replace("\f", "")
            taken = 1
            if not line.strip():
                yield from self._flush()
                self._blank += 1
            else:
                if self._blank >= _GAP and self._seen:
                    yield Divider(at=f"linje {number}", kind="page")
                yield from self._line(at)
                taken = self._taken
                self._blank, self._seen = 0, True
            at += taken
        yield from self._flush()

    def _line(self, at: int) -> Iterator[Block]:
        """The blocks that this line completes or makes; `_taken` is how many lines they used."""
        self._taken = 1
        number, line = self._lines[at]
        if FENCE.match(line):
            yield from self._flush()
        elif self._open and not self._open[2] and "\n" not in self._open[1] and UNDERLINE.match(line):
            level = 1 if "=" in line else 2
            start, text, _ = self._open
            self._open = None
            yield self._heading(start, level, text)
        elif RULE.match(line):
            yield from self._flush()
            yield Divider(at=f"linje {number}", kind="rule")
        elif found := HEADING.match(line):
            yield from self._flush()
            self._depths = []
            yield self._heading(number, len(found[1]), found[2])
        elif "|" in line and starts_pipes(self._lines[at : at + 2]):
            yield from self._flush()
            rows = pipe_rows(self._lines, at)
            self._taken, self._depths = rows, []
            yield pipe_table(self._lines[at : at + rows])
        elif "\t" in line.rstrip() and (rows := tab_rows(self._lines, at)):
            yield from self._flush()
            self._taken, self._depths = rows, []
            yield tab_table(self._lines[at : at + rows])
        else:
            yield from self._words(at)

    def _words(self, at: int) -> Iterator[Block]:
        number, line = self._lines[at]
        below = self._lines[at + 1][1] if at + 1 < len(self._lines) else ""
        if found := bullet(line):
            yield from self._flush()
            depth, glyph, text = found
            self._open = number, text, (depth, glyph)
        elif self._open and self._open[2] and not leads_list(line, below):
            start, text, item = self._open
            joint = "\n" if breaks_item(text, line) else " "
            self._open = start, f"{text}{joint}{line.strip()}", item
        elif self._open and not self._open[2] and not starts_anew(self._open[1].rsplit("\n", 1)[-1], line):
            start, text, _ = self._open
            self._open = start, f"{text} {line.strip()}", None
        else:
            yield from self._flush()
            self._open = number, line.rstrip() if indent(line) else line.strip(), None

    def _flush(self) -> Iterator[Block]:
        if self._open is None:
            return
        number, text, item = self._open
        self._open = None
        at = f"linje {number}"
        if item:
            yield self._item(at, text, *item)
        else:
            yield from self._paragraph(at, text)

    def _item(self, at: str, text: str, depth: int, glyph: str) -> Item:
        while self._depths and self._depths[-1] > depth:
            self._depths.pop()
        if not self._depths or self._depths[-1] < depth:
            self._depths.append(depth)
        words = Words(text)
        return Item(
            at=at, level=min(len(self._depths) - 1, _DEEPEST), text=words.text, html=words.html, glyph=glyph,
            bold=words.bold, struck=words.struck,
        )  # fmt: skip

    def _paragraph(self, at: str, text: str) -> Iterator[Paragraph]:
        style = ""
        if quoted := QUOTE.match(text):
            text, style = quoted[1], "Quote"
        words = Words(text)
        if not words.text:
            return
        self._depths = []
        yield Paragraph(
            at=at, text=words.text, html=words.html, bold=words.bold, italic=words.italic,
            struck=words.struck, style=style,
        )  # fmt: skip

    def _heading(self, number: int, level: int, text: str) -> Heading:
        words = Words(text)
        self._depths = []
        return Heading(
            at=f"linje {number}", level=level, text=words.text, html=words.html, struck=words.struck
        )
