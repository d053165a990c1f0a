"""What the writing page does beside typing: adds, moves and deletes rows, and takes steps back.

The page names the rows by their items' keys, and chooses the key of a row that it adds, so that typing
can go on before the answer comes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal, WrongState
from partners.models import User
from plans.cells import as_sent, is_cell, stored
from plans.editable import Row
from plans.models import Edit, Goal, Item, Measure, Plan, Section
from plans.queries.draft import row_of
from plans.queries.writing import labels_in, section_of

from .arrange import add_row, delete_row, siblings
from .edit import Gone, lock_draft_at
from .numbering import in_order
from .once import once
from .place import place_row
from .undo import undo


class Verb(StrEnum):
    ADD = "add"
    MOVE = "move"
    DELETE = "delete"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a page sends: `under` the parent's key (None: the plan), `after` the neighbour's above, if any."""

    op: UUID
    verb: Verb
    key: UUID | None = None
    kind: str = ""
    under: UUID | None = None
    after: UUID | None = None


@transaction.atomic
def change_structure(community: str, plan: str, step: Step, *, by: User) -> dict[str, Any]:
    """Does the step once; the answer is JSON. Raises NotAllowed, WrongState, Gone and Refusal.

    It tells the labels of the tables and the `numbers` of sections that followed, and where the row stands.
    After `undo` and `redo` it says what came of it: `structure`, the rows that are `gone`, the `cells`
    with their words, or `nothing`.
    """
    draft = lock_draft_at(community, plan, by=by)

    def do() -> dict[str, Any]:
        sections = [section_of(draft, step.key)] if step.key else []
        answer = _do(draft, step, by)
        key = answer.setdefault("key", str(step.key) if step.key else None)
        sections.append(section_of(draft, key) if key else None)
        return answer | after_step(draft, by, key, [pk for pk in sections if pk])

    return once(step.op, draft, by=by, do=do)


def _do(plan: Plan, step: Step, by: User) -> dict[str, Any]:
    if step.verb in (Verb.UNDO, Verb.REDO):
        return _undo(plan, by, again=step.verb == Verb.REDO)
    with in_order(plan, by=by) as numbers:
        match step.verb:
            case Verb.ADD:
                _add(plan, step, by)
            case Verb.MOVE:
                place_row(_row(plan, step.key), _parent(plan, step), _neighbour(plan, step), by=by)
            case Verb.DELETE:
                delete_row(_row(plan, step.key), by=by)
    return {"numbers": numbers}


def after_step(plan: Plan, by: User, key: str | None, sections: list[int]) -> dict[str, Any]:
    """What the page shows after a step: labels as shown and as stored, and where the row stands."""
    labels = labels_in(sections)
    mine = Edit.objects.filter(plan=plan, by=by).order_by("-pk")
    last = mine.first()
    steps = mine.filter(together=last.together) if last and last.together else mine[:1]
    return {
        "labels": {key: shown for key, (shown, _stored) in labels.items()},
        "printed": {key: stored for key, (_shown, stored) in labels.items() if stored},
        "edits": list(steps.values_list("pk", flat=True)),
        "place": place_in_words(_find(plan, UUID(key)) if key else None),
    }


def _add(plan: Plan, step: Step, by: User) -> None:
    if step.key is None or step.kind not in Item.Kind.values:
        raise Refusal(_("Det som skulle legges til, mangler navn."))
    if Item.objects.filter(pk=step.key).exists():
        raise WrongState(_("Dette er lagt til før."))
    try:
        kind = Item.Kind(step.kind)
        add_row(_parent(plan, step), kind, by=by, values={}, key=step.key, after=_neighbour(plan, step))
    except ValueError as error:
        raise Refusal(_("Det kan ikke stå der.")) from error


def _undo(plan: Plan, by: User, *, again: bool) -> dict[str, Any]:
    undone = undo(plan, by=by, again=again)
    if undone is None:
        return {"nothing": True}
    answer: dict[str, Any] = {"key": str(undone.key) if undone.key else None, "cells": [], "gone": []}
    for step in undone.steps:
        row = _find(plan, step.item_id)
        if step.item_id and row is None:
            answer["gone"].append(str(step.item_id))
        if row is None or not is_cell(row, step.field):
            answer["structure"] = True
        else:
            words, form = as_sent(step.field, stored(row, step.field))
            cell = {"kind": row.item.kind, "key": str(step.item_id), "field": step.field}
            answer["cells"].append(cell | {"value": words, "form": form})
    return answer


def _find(plan: Plan, key: UUID | None) -> Row | None:
    item = Item.objects.filter(pk=key).first() if key else None
    return row_of(plan, item) if item else None


def _row(plan: Plan, key: UUID | None) -> Row:
    row = _find(plan, key)
    if row is None:
        raise Gone
    return row


def _parent(plan: Plan, step: Step) -> Plan | Row:
    return plan if step.under is None else _row(plan, step.under)


def _neighbour(plan: Plan, step: Step) -> Row | None:
    return None if step.after is None else _row(plan, step.after)


def place_in_words(row: Row | None) -> str:
    """Where the row stands, as it is said: «2.1 c», «2.1, mål 2», «2.1»; empty for a row that is no more."""
    match row:
        case Measure():
            section = Section.objects.get(pk=row.goal.section_id)
            label, _stored = labels_in([section.pk])[str(row.item_id)]
            return f"{section.number or section.heading} {label}".strip()
        case Goal():
            told = {"section": row.section.number or row.section.heading, "n": _nth(row)}
            return _("%(section)s, mål %(n)d") % told
        case Section() if row.number:
            return row.number
        case Section() if row.parent:
            told = {"section": row.parent.number or row.parent.heading, "n": _nth(row)}
            return _("%(section)s, plass %(n)d") % told
        case Section():
            return _("plass %(n)d i planen") % {"n": _nth(row)}
    return ""


def _nth(row: Row) -> int:
    return [r.pk for r in siblings(row)].index(row.pk) + 1
