"""What the writing page asks for: what others did since, who is here, what can be responsible."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from partners.models import HealthCommunity, User
from plans.cells import EXTRA
from plans.editable import as_text
from plans.labels import labels_of
from plans.models import Edit, Goal, Measure, Plan, Presence, Section

# The page tells every five seconds that it is open; whoever has not for this long is gone.
HERE = timedelta(seconds=20)
STRUCTURE = ("added", "deleted", "place")


class Change(NamedTuple):
    """A cell that was saved: whose it is, and what is stored now."""

    kind: str
    key: str
    field: str
    value: str
    at: datetime


def edits_since(plan: Plan, since: datetime) -> QuerySet[Edit]:
    """The steps of the log from this moment on, oldest first, with who and what."""
    return plan.edits.filter(at__gte=since).select_related("by", "item").order_by("at", "pk")


def newest_edit(plan: Plan) -> int:
    """The number of the log's last step. Steps are made with the plan locked, so later ones have higher."""
    return plan.edits.order_by("-pk").values_list("pk", flat=True).first() or 0


def changed_cells(edits: Iterable[Edit]) -> list[Change]:
    """The cells of these steps, each once, with its last words."""
    found: dict[tuple[str, str], Change] = {}
    for edit in edits:
        if edit.item is None or edit.field in STRUCTURE:
            continue
        for field, value in _cells(edit):
            key = str(edit.item_id)
            found[key, field] = Change(edit.item.kind, key, field, value, edit.at)
    return list(found.values())


def _cells(edit: Edit) -> list[tuple[str, str]]:
    if edit.field != "extra":
        return [(edit.field, edit.after)]
    before, after = (json.loads(text) if text else {} for text in (edit.before, edit.after))
    return [
        (EXTRA + heading, as_text(after.get(heading, "")))
        for heading in dict.fromkeys([*before, *after])
        if before.get(heading) != after.get(heading)
    ]


def people_here(plan: Plan, *, but: User) -> list[tuple[str, str]]:
    """(name, key of the row) of everybody else who has the plan open for writing."""
    here = Presence.objects.filter(plan=plan, seen_at__gte=timezone.now() - HERE).exclude(user=but)
    return [(p.user.name, str(p.item_id or "")) for p in here.select_related("user").order_by("user__name")]


def labels_in(sections: Iterable[int]) -> dict[str, tuple[str, str]]:
    """Key → label as shown and as stored, for every measure in these sections."""
    tables: dict[int, list[Measure]] = {}
    measures = Measure.objects.filter(goal__section__in=set(sections)).select_related("goal")
    for measure in measures.order_by("goal__position", "goal", "position", "pk"):
        tables.setdefault(measure.goal.section_id, []).append(measure)
    return {
        str(m.item_id): (labels[m.pk], m.label)
        for table in tables.values()
        for labels in [labels_of(table)]
        for m in table
    }


def section_of(plan: Plan, key: Any) -> int | None:
    """The id of the section that the row with this key stands in."""
    return (
        Section.objects.filter(plan=plan, item=key).values_list("pk", flat=True).first()
        or Goal.objects.filter(section__plan=plan, item=key).values_list("section", flat=True).first()
        or Measure.objects.filter(goal__section__plan=plan, item=key)
        .values_list("goal__section", flat=True)
        .first()
    )


def body_names(community: HealthCommunity) -> list[tuple[str, str]]:
    """(what is written, full name) of everybody who can be responsible, the nearest first."""
    found = [(c.abbreviation, c.name) for c in community.committees.all()]
    found += [(r.abbreviation, r.name) for r in community.roles.all()]
    found += [(p.short or p.name, p.name) for p in community.partners.order_by("kind", "name")]
    return [(short or name, name if short and short != name else "") for short, name in found]
