"""«Innspill og svar» of a hearing as a Word file: persons named as everybody may read it, as in the PDF."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx.oxml.ns import qn

from helsefellesskap.languages import speaking
from plans.hearing_places import Said, by_place
from plans.lines import Run, even
from plans.lines_html import runs_of
from plans.models import Hearing, Input

from .columns import long_date
from .input_answers import day_of, title_of
from .word_file import add_footer, new_file, to_bytes
from .word_text import TextWriter

type Element = Any


def render(hearing: Hearing, inputs: Sequence[Input]) -> bytes:
    """The .docx file's bytes, in the plan's language."""
    plan = hearing.revision.plan
    with speaking(plan.language, plan.community.language):
        title = title_of(hearing)
        file = new_file(
            title=title,
            author=plan.community.name,
            day=day_of(hearing, inputs),
            language=plan.language,
            version=hearing.revision.number,
        )
        last = file.element.body.find(qn("w:sectPr"))
        for paragraph in _paragraphs(TextWriter(file), title, hearing, inputs):
            last.addprevious(paragraph)
        add_footer(file, title)
    return to_bytes(file)


def _paragraphs(
    write: TextWriter, title: str, hearing: Hearing, inputs: Sequence[Input]
) -> Iterator[Element]:
    plan = hearing.revision.plan
    yield write.paragraph("Title", *write.text(title))
    yield write.paragraph("PlanFacts", *write.text(plan.community.name))
    facts = {"number": hearing.revision.number, "day": long_date(hearing.deadline.isoformat())}
    said = _("Versjon %(number)s var på høring med frist %(day)s.") % facts
    count = ngettext("%(n)s innspill.", "%(n)s innspill.", len(inputs)) % {"n": len(inputs)}
    yield write.paragraph("PlanFacts", *write.text(f"{said} {count}"))
    for place, rows in by_place(inputs, hearing.revision.load()):
        yield write.paragraph("Heading1", *write.text(place.name))
        if place.words:
            yield write.paragraph("PlanNote", *write.text(place.words))
        for one in rows:
            yield from _input(write, one)
    if not inputs:
        yield write.paragraph("Normal", *write.text(_("Det er ikke kommet noen innspill.")))


def _input(write: TextWriter, one: Said) -> Iterator[Element]:
    given = one.given
    yield write.paragraph("Heading2", *write.text(given.public_name))
    if given.text:
        yield write.paragraph("Normal", *write.text(given.text))
    if given.wording:
        runs = even([_strong(_("Foreslått ordlyd:") + " "), *runs_of(given.wording)])
        yield write.paragraph("Normal", *write.runs(runs))
    answer = _strong(f"{_('Svar:')} {given.get_disposition_display()}. ")
    yield write.paragraph("Normal", *write.runs(even([answer, Run(given.reason)])))


def _strong(text: str) -> Run:
    return Run(text, frozenset({"strong"}))
