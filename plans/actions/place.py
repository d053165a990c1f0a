"""Moving a section, goal or measure to any place of its plan, across goals and sections: the one way."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import WrongState
from partners.models import User
from plans.document import DEEPEST
from plans.editable import Editable, Row
from plans.levels import too_deep, within
from plans.models import Edit, Goal, Measure, Plan, Section
from plans.queries.draft import sections_in_order

from .arrange import parent_of, place_of, position_after, rows_under, siblings
from .edit import Gone, lock_draft, plan_of
from .numbering import in_order

_PARENT = {Section: "parent", Goal: "section", Measure: "goal"}


@transaction.atomic
def place_row(
    row: Row, under: Editable, after: Row | None, *, by: User, undoes: Edit | None = None
) -> Edit | None:
    """Puts the row under the parent behind its new neighbour (None: first). None where it stands there.

    Raises NotAllowed, Gone, and WrongState where it cannot stand there.
    """
    plan = _lock(row, by)
    if plan_of(under) != plan:
        raise WrongState(_("Dit kan det ikke flyttes."))
    before = place_of(row)
    _set_parent(row, under)
    neighbours = [r for r in siblings(row) if r.pk != row.pk]
    if after is not None and after.pk not in {r.pk for r in neighbours}:
        raise WrongState(_("Naboen er flyttet. Prøv en gang til."))
    row.position = position_after(after, neighbours)
    row.save(update_fields=[_PARENT[type(row)], "position"])
    if place_of(row) == before:
        return None
    return Edit.objects.create(
        plan=plan, item=row.item, field="place", before=before, after=place_of(row), by=by, undoes=undoes
    )


def _lock(row: Row, by: User) -> Plan:
    """The plan, locked; the row stands where it is stored now. Its words may be older than the lock."""
    plan = lock_draft(plan_of(row), by=by)
    try:
        row.refresh_from_db(fields=[_PARENT[type(row)], "position"])
    except ObjectDoesNotExist as error:
        raise Gone from error
    return plan


def _set_parent(row: Row, under: Editable) -> None:
    match row, under:
        case Section(), Plan():
            row.parent = None
        case Section(), Section():
            _check_level(row, under)
            row.parent = under
        case Goal(), Section():
            row.section = under
        case Measure(), Goal():
            row.goal = under
        case _:
            raise WrongState(_("Dit kan det ikke flyttes."))


def _check_level(section: Section, under: Section) -> None:
    parents = dict(Section.objects.filter(plan=section.plan_id).values_list("pk", "parent_id"))
    if under.pk in within(section.pk, parents):
        raise WrongState(_("Dit kan det ikke flyttes."))
    if too_deep(section.pk, under.pk, parents):
        raise WrongState(_("Et kapittel kan ikke ligge dypere enn nivå %(level)d.") % {"level": DEEPEST})


@transaction.atomic
def move_to(row: Row, under: Editable, *, by: User) -> None:
    """Moves the row to the end of another parent. Raises as `place_row`."""
    plan = _lock(row, by)
    if under != parent_of(row):
        with in_order(plan, by=by):
            place_row(row, under, _last_in(under, row), by=by)


@transaction.atomic
def move_row(row: Row, *, by: User, step: int) -> bool:
    """Moves the row one place up (−1) or down (+1); at the end of its parent into the one beside.

    Whether it could: not where the plan begins or ends. Raises as `place_row`.
    """
    plan = _lock(row, by)
    place = _beside(row, down=step > 0)
    if place is None:
        return False
    with in_order(plan, by=by):
        place_row(row, *place, by=by)
    return True


def _beside(row: Row, *, down: bool) -> tuple[Editable, Row | None] | None:
    """(parent, new neighbour above) one place further on; None at the end of the plan."""
    rows = siblings(row)
    at = [r.pk for r in rows].index(row.pk)
    if down and at + 1 < len(rows):
        return parent_of(row), rows[at + 1]
    if not down and at > 0:
        return parent_of(row), rows[at - 2] if at > 1 else None
    own = parent_of(row)
    homes = _homes(row)
    at = homes.index(own) if own in homes else 0
    if down and at + 1 < len(homes):
        return homes[at + 1], None
    if not down and at > 0:
        return homes[at - 1], _last_in(homes[at - 1], row)
    if isinstance(row, Section) and row.parent:  # nowhere to go on its own level: out of its parent
        return parent_of(row.parent), row.parent if down else None
    return None


def _homes(row: Row) -> list[Editable]:
    """Where such a row can stand, in reading order; a section under those beside its own parent."""
    match row:
        case Section():
            return [*siblings(row.parent)] if row.parent else []
        case Goal():
            return [*sections_in_order(plan_of(row))]
        case Measure():
            return [goal for section in sections_in_order(plan_of(row)) for goal in section.goals.all()]


def _last_in(under: Editable, row: Row) -> Row | None:
    """The last row of such a kind under this parent, the row itself aside."""
    return next((r for r in reversed(rows_under(under, row)) if r.pk != row.pk), None)
