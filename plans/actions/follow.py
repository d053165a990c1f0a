"""What a cell's words decide beside themselves, unless somebody decided otherwise by hand."""

from collections.abc import Sequence
from itertools import takewhile

from plans.bodies import Bodies, Linked
from plans.cell_notes import deadline_note, unlinked_note, year_of
from plans.deadlines import understand
from plans.editable import Row
from plans.importers.interpret.responsible import split
from plans.importers.interpret.status import value_of
from plans.models import Measure, Responsible

from .edit import plan_of


def follow(row: Row, field: str, before: str, after: str) -> list[str]:
    """Sets the date of a deadline and the value of a status; the names of the row's fields that it set."""
    match field:
        case "deadline_text" if isinstance(row, Measure):
            year = year_of(plan_of(row))
            if row.deadline_date in (None, understand(before, year=year).day):
                row.deadline_date = understand(after, year=year).day
            return ["deadline_date"]
        case "status_text":
            if row.status_value in ("", value_of(before)):
                row.status_value = value_of(after) or ""
            return ["status_value"]
    return []


def note_of(row: Row, field: str, words: str, bodies: Bodies | None) -> str:
    """The note beside the cell: how a deadline was understood, whom of the responsible nobody knows."""
    if field == "deadline_text" and isinstance(row, Measure):
        return deadline_note(row.deadline_date, words)
    if field == "responsible_text" and bodies:
        return unlinked_note(bodies.split(words)[1])
    return ""


def link(row: Measure, before: str, after: str, bodies: Bodies, linked: Sequence[Linked]) -> None:
    """Links those whom the words name now; who was linked by hand beside them stays.

    `linked` are the rows that the measure has, in order. Two queries at most.
    """
    had = [one.link for one in linked]
    named, names = bodies.recognise(split(before)), bodies.recognise(split(after))
    links = names + [one for one in had if one not in named and one not in names]
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(had, links, strict=False))))
    if linked[same:]:
        Responsible.objects.filter(pk__in=[one.pk for one in linked[same:]]).delete()
    if links[same:]:
        Responsible.objects.bulk_create(
            Responsible(measure=row, position=n, **one) for n, one in enumerate(links[same:], same)
        )


def linked_of(row: Measure) -> list[Linked]:
    """Who is linked. One query, or none where the measure was read with its `responsibles`."""
    return [Linked(r.pk, r.committee_id, r.partner_id, r.role_id) for r in row.responsibles.all()]
