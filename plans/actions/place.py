"""Moving a section, goal or measure to any place of its plan, across goals and sections."""

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import WrongState
from partners.models import User
from plans.editable import Editable, Row
from plans.models import Edit, Goal, Measure, Plan, Section

from .arrange import is_within, place_of, position_after, siblings
from .edit import Gone, lock_draft, plan_of


@transaction.atomic
def place_row(
    row: Row, under: Editable, after: Row | None, *, by: User, undoes: Edit | None = None
) -> Edit | None:
    """Puts the row under the parent behind its new neighbour (None: first). None where it stands there.

    Raises NotAllowed, Gone, and WrongState where it cannot stand there.
    """
    plan = lock_draft(plan_of(row), by=by)
    if not type(row)._default_manager.filter(pk=row.pk).exists():
        raise Gone
    if plan_of(under) != plan or (isinstance(row, Section) and is_within(under, row)):
        raise WrongState(_("Dit kan det ikke flyttes."))
    before = place_of(row)
    _set_parent(row, under)
    neighbours = [r for r in siblings(row) if r.pk != row.pk]
    if after is not None and after.pk not in {r.pk for r in neighbours}:
        raise WrongState(_("Naboen er flyttet. Prøv en gang til."))
    row.position = position_after(after, neighbours)
    row.save()
    if place_of(row) == before:
        return None
    return Edit.objects.create(
        plan=plan, item=row.item, field="place", before=before, after=place_of(row), by=by, undoes=undoes
    )


def _set_parent(row: Row, under: Editable) -> None:
    match row, under:
        case Section(), Plan():
            row.parent = None
        case Section(), Section():
            row.parent = under
        case Goal(), Section():
            row.section = under
        case Measure(), Goal():
            row.goal = under
        case _:
            raise WrongState(_("Dit kan det ikke flyttes."))
