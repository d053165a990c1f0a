"""Changing the words of a draft: the plan's facts and abbreviations, a section, a goal, a measure.

Whoever saves says which version they started from. If somebody else has saved since, nothing is
written and `Stale` is raised: the page then shows both texts.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import User
from plans import rules
from plans.editable import Editable, as_text, cleaned, values_of
from plans.models import Abbreviation, Edit, Figure, Goal, Measure, Plan, Responsible, Section
from plans.models.rows import GAP


class Stale(Conflict):
    """Somebody else saved first. `row` is the row as it stands now."""

    def __init__(self, row: Editable) -> None:
        super().__init__(_("Noen andre lagret den samme teksten mens du skrev."))
        self.row = row


class Gone(Conflict):
    """The row was deleted while somebody was writing in it."""

    def __init__(self) -> None:
        super().__init__(_("Noen andre har slettet dette mens du skrev."))


def lock_draft(plan: Plan, *, by: User) -> Plan:
    """The plan's row, locked for this transaction. Raises NotAllowed and WrongState."""
    return check_draft(_locking().get(pk=plan.pk), by)


def lock_draft_at(community: str, slug: str, *, by: User) -> Plan:
    """The same by the plan's address, in one query. Raises Plan.DoesNotExist too."""
    return check_draft(_locking().get(community__slug=community, slug=slug), by)


def _locking() -> QuerySet[Plan]:
    return locked(Plan.objects).select_related("community")


def check_draft(plan: Plan, by: User) -> Plan:
    """The same plan, where the person may write in it. Raises NotAllowed and WrongState."""
    if not rules.may_edit(by, plan):
        raise NotAllowed(_("Du har ikke rett til å endre denne planen."))
    if plan.locked:
        raise WrongState(_("Planen er publisert, og ordene i den er låst."))
    return plan


def plan_of(row: Editable) -> Plan:
    match row:
        case Plan():
            return row
        case Section():
            return row.plan
        case Goal():
            return row.section.plan
        case Measure():
            return row.goal.section.plan


@transaction.atomic
def edit_row(row: Editable, *, by: User, version: int, values: Mapping[str, Any]) -> None:
    """Gives the row these values (names and shapes as in `editable.values_of`; others stay).

    Raises NotAllowed, WrongState, Stale and Gone. One Edit is written for each field that changed.
    """
    plan = lock_draft(plan_of(row), by=by)
    now = plan if isinstance(row, Plan) else type(row)._default_manager.filter(pk=row.pk).first()
    if now is None:
        raise Gone
    changes = changes_of(now, values)
    if not changes:
        return
    if now.version != version:
        raise Stale(now)
    apply(now, {field: after for field, (_before, after) in changes.items()})
    together = uuid4()
    Edit.objects.bulk_create(
        Edit(
            plan=plan, item=item_of(now), field=field, before=as_text(before), after=as_text(after), by=by,
            together=together,
        )
        for field, (before, after) in changes.items()
    )  # fmt: skip


def changes_of(row: Editable, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field → (before, after), for the fields that become something else."""
    before = values_of(row)
    # What comes back just as it was stored is no change, even where cleaning would tidy it.
    given = {f: v for f, v in values.items() if as_text(v).replace("\r\n", "\n") != as_text(before[f])}
    after = {f: cleaned(f, v) for f, v in given.items()}
    return {f: (before[f], v) for f, v in after.items() if as_text(v) != as_text(before[f])}


def apply(row: Editable, values: Mapping[str, Any]) -> None:
    """Writes the values to the row and what hangs on it, and counts its version up."""
    for field, value in values.items():
        if field == "bodies":
            assert isinstance(row, Measure)
            link_bodies(row, value)
        elif field == "agreements":
            assert isinstance(row, Plan)
            row.agreements.set(value)
        elif field == "abbreviations":
            assert isinstance(row, Plan)
            write_abbreviations(row, value)
        elif field.startswith("figure_"):
            _figure, pk, what = field.split("_")
            Figure.objects.filter(section=row.pk, pk=pk).update(**{what: value})
        elif field in ("follows", "under"):
            setattr(row, f"{field}_id", value)
        else:
            setattr(row, field, value)
    row.version += 1
    row.save()


def link_bodies(measure: Measure, keys: list[str]) -> None:
    """Links the measure to these bodies of its own community, in this order."""
    community = plan_of(measure).community
    known = {
        "committee": set(community.committees.values_list("pk", flat=True)),
        "partner": set(community.partners.values_list("pk", flat=True)),
        "role": set(community.roles.values_list("pk", flat=True)),
    }
    rows = []
    for position, key in enumerate(keys):
        kind, _colon, pk = key.partition(":")
        if kind not in known or not pk.isdigit() or int(pk) not in known[kind]:
            raise Refusal(_("En av de ansvarlige hører ikke til dette helsefellesskapet."))
        rows.append(Responsible(measure=measure, position=position, **{f"{kind}_id": int(pk)}))
    measure.responsibles.all().delete()
    Responsible.objects.bulk_create(rows)


def write_abbreviations(plan: Plan, pairs: list[list[str]]) -> None:
    plan.abbreviations.all().delete()
    Abbreviation.objects.bulk_create(
        Abbreviation(plan=plan, position=n * GAP, short=short, long=long)
        for n, (short, long) in enumerate(pairs, 1)
    )


def item_of(row: Editable) -> Any:
    return None if isinstance(row, Plan) else row.item
