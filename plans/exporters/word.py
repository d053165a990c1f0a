"""The plan as a Word file that people can work on, and that can come back in.

Real styles, a contents list, the table's headings on every page, and a bookmark on each paragraph and
row that says which part of the plan it holds (`plans.word_marks`). It opens in Word and LibreOffice.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Emu

from helsefellesskap.languages import speaking
from plans.document import DEEPEST, Figure, PlanDocument, Section
from plans.lines import Run, even, even_text, struck
from plans.lines_html import lines_of
from plans.measure_cells import words_in
from plans.word_marks import name_of

from .facts import AdoptionFacts
from .figures import printable_figures
from .word_file import add_footer, new_file, to_bytes
from .word_front import Front
from .word_styles import TEXT_WIDTH
from .word_table import goals
from .word_text import TextWriter, tab

type Element = Any

_EMU = 635  # in a twentieth of a point


def render(
    document: PlanDocument,
    facts: AdoptionFacts,
    *,
    figures: Mapping[str, bytes] | None = None,
    identifier: str = "",
) -> bytes:
    """The .docx file's bytes. `figures` holds the pictures by SHA-256; one that is missing or unreadable is
    written as its description. `identifier` says which text this is, for when the file comes back.
    """
    file = new_file(
        title=document.title,
        subtitle=document.subtitle,
        author=facts.community,
        day=facts.created,
        language=document.language,
        identifier=identifier,
        version=facts.version,
    )
    with speaking(document.language, facts.form):
        images = printable_figures(document, figures or {})
        _Body(file, document, facts, images).write()
        version = _("versjon %(number)s") % {"number": facts.version} if facts.version else _("utkast")
        add_footer(file, f"{document.title}, {version}")
    return to_bytes(file)


class _Body:
    def __init__(
        self, file: Any, document: PlanDocument, facts: AdoptionFacts, images: Mapping[str, bytes]
    ) -> None:
        self._file = file
        self._document = document
        self._facts = facts
        self._images = images
        self._writer = TextWriter(file)
        self._anchors = {id(s): n for n, (_d, s) in enumerate(document.walk_sections(), 1)}
        self._pictures = 0

    def write(self) -> None:
        body = self._file.element.body
        last = body.find(qn("w:sectPr"))
        for part in self._parts():
            last.addprevious(part)

    def _parts(self) -> Iterator[Element]:
        front = Front(self._writer, self._document, self._facts, self._anchors)
        yield from front.cover()
        yield from front.contents()
        yield from front.abbreviations()
        for section in self._document.sections:
            yield from self._section(section, 1)
        yield from front.about()

    # --- chapters ---

    def _section(self, section: Section, depth: int) -> Iterator[Element]:
        write = self._writer
        if section.heading.strip() or section.number.strip():
            yield self._heading(section, depth)
        for name, words in (
            ("adoption_note", section.adoption_note),
            ("status_text", words_in(section, "status_text")),
        ):
            if words.strip():
                lead = [*write.text(_("Status") + ":"), tab()] if name == "status_text" else []
                mark = name_of("section", name, section.key)
                yield write.paragraph("PlanNote", *lead, *write.text(words), marks=[mark])
        yield from self._rich(section, "body", section.body)
        for figure in section.figures:
            yield from self._figure(figure)
        yield from goals(write, section)
        yield from self._rich(section, "after", section.after)
        for below in section.sections:
            yield from self._section(below, depth + 1)

    def _heading(self, section: Section, depth: int) -> Element:
        """Number, tab and heading; its bookmarks say which section, and where the contents list points."""
        runs = even([Run(section.heading)])
        runs = struck(runs) if section.struck else runs
        number = [*self._writer.text(section.number), tab()] if section.number.strip() else []
        marks = [name_of("section", "heading", section.key), self._writer.anchor(self._anchors[id(section)])]
        style = f"Heading{min(depth, DEEPEST)}"
        return self._writer.paragraph(style, *number, *self._writer.runs(runs), marks=marks)

    def _rich(self, section: Section, name: str, html: str) -> list[Element]:
        lines = lines_of(html)
        marks = [name_of("section", name, section.key, n) for n in range(1, len(lines) + 1)]
        return self._writer.block(lines, marks)

    def _figure(self, figure: Figure) -> Iterator[Element]:
        write = self._writer
        alt = even_text(figure.alt or figure.caption) or _("Figur uten beskrivelse")
        picture = self._picture(figure.sha256, alt)
        if picture is not None:
            yield picture
        else:
            yield write.paragraph("PlanNote", *write.text(_("Figuren kan ikke vises her.") + f" {alt}"))
        if figure.caption.strip():
            yield write.paragraph("Caption", *write.text(figure.caption))

    def _picture(self, sha256: str, alt: str) -> Element | None:
        data = self._images.get(sha256)
        if data is None:
            return None
        paragraph = self._file.add_paragraph()
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(data))
        except UnrecognizedImageError:
            paragraph._p.getparent().remove(paragraph._p)
            return None
        widest = TEXT_WIDTH * _EMU
        if shape.width > widest:
            shape.height, shape.width = Emu(int(shape.height * widest / shape.width)), Emu(widest)
        self._pictures += 1
        about = shape._inline.docPr
        about.set("descr", alt)
        about.set("name", f"Figur {self._pictures}")
        made = paragraph._p
        made.getparent().remove(made)
        return made
