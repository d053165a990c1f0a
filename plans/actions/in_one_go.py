"""Many lines of the log that people think of as one step: taken back in one go, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from partners.models import User
from plans.models import Edit, Plan


@contextmanager
def in_one_go(plan: Plan, *, by: User, undoing: bool = False) -> Iterator[None]:
    """What the person does in this plan meanwhile is one step. Call with the plan's row locked.

    `undoing` says that it takes something back, and so can itself be done again.
    """
    edits = Edit.objects.filter(plan=plan, by=by)
    last = edits.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    edits.filter(pk__gt=last).update(together=uuid4(), undoing=undoing)
