"""What may be found, from what is public: frozen documents, public decisions, approved minutes.

Never from draft rows; of what is restricted only what its public page says; and no names of persons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format

from committees.models import Case, Decision, Meeting
from committees.queries.case_page import texts_of
from committees.queries.minutes import protocol_of
from helsefellesskap.richtext import plain
from plans import document as doc
from plans.models import SearchEntry

Kind = SearchEntry.Kind
# Longer texts are found by their beginning: a whole book in one section is nobody's plan.
_LONGEST = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing to find: the words that name it, those it says, and where it stands."""

    kind: Kind
    title: str
    text: str = ""
    place: str = ""
    code: str = ""


def of_document(
    document: doc.PlanDocument, *, title: str, summary: str, codes: Mapping[str, str]
) -> Iterator[Found]:
    """The plan with what is said of it in short, its sections, goals and measures; `codes` by items' keys."""
    yield Found(
        kind=Kind.PLAN,
        title=title,
        text=_joined(document.subtitle, summary, document.vision, document.period.text),
    )
    for _depth, section in document.walk_sections():
        yield from _of_section(section, title, codes)


def _of_section(section: doc.Section, plan: str, codes: Mapping[str, str]) -> Iterator[Found]:
    name = f"{section.number} {section.heading}".strip().removesuffix(":")
    body = _joined(plain(section.body), plain(section.after))
    if name or body:
        yield Found(
            kind=Kind.SECTION,
            title=name or body[:120],
            text=body,
            place=plan,
            code=codes.get(section.key, ""),
        )
    place = _path(plan, name)
    for goal in section.goals:
        body = plain(goal.body)
        if goal.text or body:
            yield Found(
                kind=Kind.GOAL,
                title=goal.text or body[:120],
                text=body,
                place=place,
                code=codes.get(goal.key, ""),
            )
        for measure in goal.measures:
            if measure.text:
                yield _of_measure(measure, _path(place, goal.text), codes)


def _of_measure(measure: doc.Measure, place: str, codes: Mapping[str, str]) -> Found:
    responsible = measure.responsible
    named = (responsible.text, *(body.name for body in responsible.bodies)) if responsible else ()
    return Found(
        kind=Kind.MEASURE,
        title=measure.text,
        text=_joined(
            ", ".join(dict.fromkeys(named)),
            measure.deadline.text if measure.deadline else "",
            measure.indicator,
            *measure.extra.values(),
        ),
        place=place,
        code=codes.get(measure.key, ""),
    )


def of_decision(decision: Decision) -> Found:
    """What the case's public page says of it (`plans/views/public_cases.py`)."""
    case: Case = decision.case
    points = [] if case.restricted else [(point.wording, point.reason) for point in decision.points.all()]
    texts = [case.public_copy] if case.restricted else [text for _heading, text in texts_of(case)]
    return Found(
        kind=Kind.DECISION,
        title=f"{case.committee.abbreviation} {case.printed_number}: {case.open_title}",
        text=_joined(*(words for point in points for words in point), *texts),
        place=case.committee.name,
    )


def of_minutes(meeting: Meeting) -> Found:
    """The minutes as the public reads them, without who was there."""
    protocol = protocol_of(meeting, restricted=False, public=True)
    lines = [
        _joined(f"{line.number} {line.title}", *(words for point in line.points for words in point[1:]))
        for line in protocol.lines
    ]
    return Found(
        kind=Kind.MINUTES,
        title=f"{protocol.committee}, {date_format(protocol.day, 'j. F Y')}",
        text=_joined(protocol.opening, *lines, protocol.closing),
    )


def _joined(*texts: str) -> str:
    """One running text; what is empty is left out."""
    return "\n".join(text.strip() for text in texts if text.strip())[:_LONGEST]


def _path(*names: str) -> str:
    return " › ".join(name for name in names if name)
