"""A draft as somebody reads it who is not writing: without what others are in the middle of.

The log tells what stood before. Words are half written while the one who types is still on the row and has
not paused, or has just saved them; who comes back to a cell before the pause is over, goes on with the same
words. Steps (adding, moving, deleting, undo) and forms are whole at once.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.models import User
from plans import document as doc
from plans.as_it_was import as_it_was
from plans.bodies import Bodies
from plans.cells import EXTRA
from plans.labels import running
from plans.models import Edit, Plan, Presence
from plans.snapshot import document_of

from .writing import HERE, STRUCTURE

# Whoever has not saved for so long has paused, and what stands there is shown.
PAUSE = timedelta(minutes=2)
# Two polls of the writing page, which may not have told yet on which row the person is.
JUST_NOW = timedelta(seconds=10)
# No sitting is longer.
SITTING = timedelta(hours=12)

type Cell = tuple[
    str, str
]  # the row's key and the field; «extra:Kostnad» for one of the source's own columns
type Step = tuple[Edit, str | None]  # a step of the log, and what stood in the cell before it
type Here = Mapping[int, str]  # who has the plan open for writing, and the key of the row they are on


@dataclass(frozen=True, slots=True)
class Writer:
    user: int
    said: str  # «Nils Nilsen skriver i tiltak 2.1 b nå»


@dataclass(frozen=True, slots=True)
class Settled:
    """The document, the steps of the log from which on it leaves out a cell or a new row, and by whom."""

    document: doc.PlanDocument
    without: tuple[int, ...] = ()
    writers: tuple[Writer, ...] = ()


def settled(plan: Plan, *, reader: User) -> Settled:
    """What the reader sees: what they wrote themselves as it stands, the words of others when they are done.

    Four queries more than `document_of` at most.
    """
    # The document first: what is saved between the two is in the log, and is left out.
    document = document_of(plan)
    now = timezone.now()
    fresh = [] if plan.locked else list(_fresh(plan, now, reader))
    if not fresh:
        return Settled(document)
    here = _here(plan, now)
    new = {str(e.item_id): e for e in fresh if e.field == "added" and (e.by_id in here or _just_now(e, now))}
    open_cells = _open_cells(plan, [e for e in fresh if e.field != "added"], here, now, reader)
    was = {cell: before for cell, (_edit, before) in open_cells.items()}
    # Who is named is asked for only where somebody writes that.
    named = Bodies(plan.community).named if any(field == "responsible_text" for _key, field in was) else None
    reading = as_it_was(document, _whole_fields(was, document), named=named)
    reading, hidden = _without_empty(reading, {*new, *(key for key, _field in was)})
    edits = [edit for edit, _before in open_cells.values()] + [new[key] for key in hidden if key in new]
    return Settled(reading, tuple(sorted({edit.pk for edit in edits})), tuple(_writers(edits, document)))


def _fresh(plan: Plan, now: datetime, reader: User) -> QuerySet[Edit]:
    """What others typed and added within the pause."""
    steps = plan.edits.filter(at__gte=now - PAUSE, item__isnull=False).exclude(by=reader)
    return steps.filter(_TYPED | Q(field="added")).select_related("by")


_TYPED = Q(together=None, undoes=None) & ~Q(field__in=STRUCTURE)


def _is_typed(edit: Edit) -> bool:
    return edit.together is None and edit.undoes_id is None


def _just_now(edit: Edit, now: datetime) -> bool:
    return edit.at >= now - JUST_NOW


def _here(plan: Plan, now: datetime) -> Here:
    present = Presence.objects.filter(plan=plan, seen_at__gte=now - HERE)
    return {p.user_id: str(p.item_id or "") for p in present}


def _open_cells(
    plan: Plan, fresh: Iterable[Edit], here: Here, now: datetime, reader: User
) -> dict[Cell, Step]:
    """The cells that somebody is in the middle of: the step that it began with, and what stood before it."""
    items = {edit.item_id for edit in fresh}
    log: dict[Cell, list[Step]] = defaultdict(list)
    steps = plan.edits.filter(item__in=items, at__gte=now - SITTING).exclude(field__in=STRUCTURE)
    for edit in steps.select_related("by").order_by("-pk") if items else ():
        for field, before in _cells(edit):
            log[str(edit.item_id), field].append((edit, before))
    begun = {
        (key, field): _begun((key, field), steps, here, now, reader) for (key, field), steps in log.items()
    }
    return {cell: step for cell, step in begun.items() if step}


def _begun(cell: Cell, steps: Sequence[Step], here: Here, now: datetime, reader: User) -> Step | None:
    """The step with which began what somebody is not done with; where two wrote in turns, both their words.

    The steps are those of one cell, newest first.
    """
    key, _field = cell
    turn = list(_without_pause(steps, now))
    busy = {
        edit.by_id
        for edit, _before in turn
        if _is_typed(edit)
        and (_just_now(edit, now) or (edit.at >= now - PAUSE and here.get(edit.by_id) == key))
    }
    found, authors = None, {reader.pk}
    for edit, before in turn:
        if not _is_typed(edit):
            continue
        authors.add(edit.by_id)
        if edit.by_id in busy - {reader.pk}:
            found = edit, before
            busy |= authors
    return found


def _without_pause(steps: Sequence[Step], now: datetime) -> Iterator[Step]:
    later = now
    for edit, before in steps:
        if later - edit.at > PAUSE:
            return
        yield edit, before
        later = edit.began_at


def _cells(edit: Edit) -> Iterator[tuple[str, str | None]]:
    """The cells that the step changed, and what stood there: None for a column that the row did not have."""
    if edit.field != "extra":
        yield edit.field, edit.before
        return
    before, after = (json.loads(text) if text else {} for text in (edit.before, edit.after))
    for heading in dict.fromkeys([*before, *after]):
        if before.get(heading) != after.get(heading):
            yield EXTRA + heading, before.get(heading)


def _whole_fields(was: Mapping[Cell, str | None], now: doc.PlanDocument) -> dict[tuple[str, str], str]:
    """The same with the row's own columns as one field, as the log keeps them."""
    found = {cell: before for cell, before in was.items() if before is not None}
    extra = {m.key: dict(m.extra) for _s, _g, m in now.walk_measures()}
    for (key, field), before in was.items():
        if field.startswith(EXTRA) and key in extra:
            heading = field.removeprefix(EXTRA)
            extra[key].pop(heading, None)
            extra[key] |= {} if before is None else {heading: before}
            found[key, "extra"] = json.dumps(extra[key], ensure_ascii=False)
    return found


# --- rows that have no words yet ---


def _without_empty(document: doc.PlanDocument, keys: set[str]) -> tuple[doc.PlanDocument, set[str]]:
    """The document without those of these rows that hold nothing, and their keys."""
    hidden: set[str] = set()

    def sections(rows: tuple[doc.Section, ...]) -> tuple[doc.Section, ...]:
        return tuple(kept(rows, section))

    def section(row: doc.Section) -> doc.Section:
        goals = tuple(kept(row.goals, goal))
        if goals != row.goals:
            goals = _lettered(goals, row.goals)
        return replace(row, goals=goals, sections=sections(row.sections))

    def goal(row: doc.Goal) -> doc.Goal:
        return replace(row, measures=tuple(kept(row.measures, lambda measure: measure)))

    def kept[T: (doc.Section, doc.Goal, doc.Measure)](
        rows: Iterable[T], made: Callable[[T], T]
    ) -> Iterator[T]:
        for row in map(made, rows):
            if row.key in keys and not _holds_something(row):
                hidden.add(row.key)
            else:
                yield row

    return replace(document, sections=sections(document.sections)), hidden


def _holds_something(row: doc.Section | doc.Goal | doc.Measure) -> bool:
    match row:
        case doc.Section():
            words = row.heading or row.number or row.body or row.after or row.status
            return bool(words or row.figures or row.goals or row.sections)
        case doc.Goal():
            return bool(row.html or row.body or row.status or row.measures)
        case doc.Measure():
            cells = row.html or row.responsible or row.deadline or row.status or row.indicator
            return bool(cells or any(row.extra.values()))


def _lettered(goals: tuple[doc.Goal, ...], before: tuple[doc.Goal, ...]) -> tuple[doc.Goal, ...]:
    """Letters that run do so among those that are shown."""
    way = running([[measure.label for measure in goal.measures] for goal in before])
    if way is None:
        return goals
    labels = way.labels(len(goal.measures) for goal in goals)
    return tuple(
        replace(
            goal, measures=tuple(replace(m, label=label) for m, label in zip(goal.measures, own, strict=True))
        )
        for goal, own in zip(goals, labels, strict=True)
    )


# --- who is at it ---


def _writers(edits: Iterable[Edit], document: doc.PlanDocument) -> Iterator[Writer]:
    places = _places(document)
    found = {(edit.by_id, str(edit.item_id)): edit for edit in edits}
    for (user, key), edit in sorted(found.items(), key=lambda one: (one[1].by.name, one[1].pk)):
        if place := places.get(key):
            yield Writer(user, _("%(name)s skriver i %(place)s nå") % {"name": edit.by.name, "place": place})


def _places(document: doc.PlanDocument) -> dict[str, str]:
    """Key → «tiltak 2.1 b», «et mål i 2.1», «kapittel 2.1»."""
    found = {}
    for _depth, section in document.walk_sections():
        name = section.number or (f"«{section.heading}»" if section.heading else _("uten overskrift"))
        found[section.key] = _("kapittel %(section)s") % {"section": name}
        for goal in section.goals:
            found[goal.key] = _("et mål i %(section)s") % {"section": name}
            for measure in goal.measures:
                told = f"{name} {measure.label}".strip()
                found[measure.key] = (
                    _("tiltak %(place)s") if measure.label else _("et tiltak i %(place)s")
                ) % {"place": told}
    return found
