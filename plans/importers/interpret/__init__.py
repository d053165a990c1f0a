"""From blocks to the plan document: `interpret(source)`.

It decides once how the whole document is to be read (`decide.py`), takes what stands at the front and
the case around the plan, builds the tree of sections and reads goals and measures in it. Words are
kept as they stand; what is doubtful becomes a warning, never a guess presented as fact.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from helsefellesskap.sentences import later
from plans.document import PlanDocument, ReadAs
from plans.importers.blocks import Source, text_of
from plans.importers.interpret import areas, front
from plans.importers.interpret.bullets import read_bullets
from plans.importers.interpret.case import take_case
from plans.importers.interpret.decide import decide, kind_of
from plans.importers.interpret.drafts import SectionDraft, frozen
from plans.importers.interpret.language import language_of
from plans.importers.interpret.lines import Line, lines_of
from plans.importers.interpret.notes import Notes
from plans.importers.interpret.outline import outline
from plans.importers.interpret.tables import read_tables
from plans.importers.interpret.tidy import tidied
from plans.importers.interpret.words import account_for

__all__ = ["interpret"]

_PLAN_OF_YEAR = re.compile(
    r"^(?:status\s+for\s+)?(?:handlingsplan|strategi)\w*\b.{0,60}?\b(20\d\d(?:\s*[-–]\s*20\d\d)?)",
    re.IGNORECASE,
)
_MORE_PLANS = later("Filen handler om flere planer: «%(headings)s». Kontroller hva som hører til planen.")


def interpret(source: Source, read_as: str | None = None) -> PlanDocument:
    """The document that the blocks make. `read_as` overrules how the whole is read.

    Raises ValueError where `read_as` is no way of reading.
    """
    if read_as is not None and read_as not in get_args(ReadAs):
        raise ValueError(f"{read_as!r} is none of {get_args(ReadAs)}")
    notes = Notes()
    for omitted in source.omitted:
        notes.omitted(omitted)
    lines = tidied(lines_of(source.blocks), notes)
    case, lines = take_case(lines, notes)
    cover, lines = front.take_front(lines, notes)
    how = cast(ReadAs | None, read_as) or decide(lines, cover.title or (case.title if case else ""))
    sections = _read(lines, how, notes)
    _say_two_plans(cover.title, sections, notes)
    texts = [text_of(block) for block in source.blocks]
    document = PlanDocument(
        kind=kind_of(cover.title, how),
        read_as=how,
        language=language_of(texts),
        title=cover.title,
        subtitle=cover.subtitle,
        vision=cover.vision,
        community=front.community_of(cover, texts),
        period=cover.period,
        abbreviations=tuple(cover.abbreviations),
        sections=frozen([section for section in sections if not section.empty]),
        case=case,
        warnings=notes.all(),
    )
    account_for(source, document, notes)
    return replace(document, warnings=notes.all())


def _read(lines: list[Line], how: ReadAs, notes: Notes) -> list[SectionDraft]:
    """The sections with their goals and measures, read in this way."""
    found = areas.find(lines) if how == "numbered_areas" else []
    blocks = {id(lines[at].block) for at in found}
    sections = outline(lines, how, frozenset(found), notes)
    if how == "table":
        read_tables(sections, notes)
    elif how == "bullets":
        read_bullets(sections, notes)
    elif how == "numbered_areas":
        areas.read_areas(sections, blocks, notes)
        areas.say_ticks(lines, notes)
    else:
        _as_text(sections)
    return sections


def _as_text(sections: Sequence[SectionDraft]) -> None:
    """A strategy is prose: every line is body."""
    for section in sections:
        section.body, section.lines = section.lines, []
        _as_text(section.sections)


def _say_two_plans(title: str, sections: Sequence[SectionDraft], notes: Notes) -> None:
    """A file can report on one year's plan and propose the next."""
    named: dict[str, str] = {}
    for heading in [title, *_headings(sections)]:
        if found := _PLAN_OF_YEAR.match(heading):
            named.setdefault(found[1], heading)
    if len(named) > 1:
        notes.add("hele dokumentet", _MORE_PLANS, headings="», «".join(named.values()))


def _headings(sections: Sequence[SectionDraft]) -> list[str]:
    return [text for s in sections for text in (s.text, *_headings(s.sections))]
