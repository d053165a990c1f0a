"""Which text a Word file was made from: written into it as `dc:identifier`, read when it comes back.

«helsefellesskap/plan/17/utkast/4213» is the draft as it was after edit 4213; «…/plan/17/v3» is the
frozen version 3.
"""

import re
from dataclasses import dataclass

from .models import Edit, Plan, Revision

_SAID = re.compile(r"helsefellesskap/plan/(\d{1,18})/(?:utkast/(\d{1,18})|v(\d{1,9}))")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the file came from: `edit` for a draft (0: before any edit), `revision` for a frozen version."""

    plan: int
    edit: int | None = None
    revision: int | None = None


def of_draft(plan: Plan) -> str:
    last = Edit.objects.filter(plan=plan).order_by("-pk").values_list("pk", flat=True).first()
    return f"helsefellesskap/plan/{plan.pk}/utkast/{last or 0}"


def of_revision(revision: Revision) -> str:
    return f"helsefellesskap/plan/{revision.plan_id}/v{revision.number}"


def origin_of(identifier: str) -> Origin | None:
    match = _SAID.fullmatch(identifier.strip())
    if match is None:
        return None
    plan, edit, revision = match.groups()
    return Origin(int(plan), int(edit) if edit else None, int(revision) if revision else None)
