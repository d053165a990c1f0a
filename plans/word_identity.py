"""Which text a Word file was made from: written into it as `dc:identifier`, read when it comes back.

«helsefellesskap/plan/17/utkast/4213» is the draft as it was after edit 4213, «…/utkast/4213/uten/4201.4210»
the same without what somebody was in the middle of writing; «…/plan/17/v3» is the frozen version 3.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .models import Edit, Plan, Revision

_SAID = re.compile(r"helsefellesskap/plan/(\d{1,18})/(?:utkast/(\d{1,18})(?:/uten/([\d.]+))?|v(\d{1,9}))")
_LONGEST = 255  # what Word takes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the file came from: `edit` for a draft (0: before any edit), `revision` for a frozen version."""

    plan: int
    edit: int | None = None
    without: tuple[int, ...] = ()
    revision: int | None = None


def last_edit(plan: Plan) -> int:
    """The newest step of the draft's log; 0 before any."""
    return Edit.objects.filter(plan=plan).order_by("-pk").values_list("pk", flat=True).first() or 0


def of_draft(plan: Plan, edit: int, without: Iterable[int] = ()) -> str:
    """The draft after this edit, without what began with these. More of them than there is room for are
    left out: then their words are proposed when the file comes back."""
    said = f"helsefellesskap/plan/{plan.pk}/utkast/{edit}"
    for n, pk in enumerate(without):
        more = f"{'.' if n else '/uten/'}{pk}"
        if len(said) + len(more) > _LONGEST:
            break
        said += more
    return said


def of_revision(revision: Revision) -> str:
    return f"helsefellesskap/plan/{revision.plan_id}/v{revision.number}"


def origin_of(identifier: str) -> Origin | None:
    match = _SAID.fullmatch(identifier.strip())
    if match is None:
        return None
    plan, edit, without, revision = match.groups()
    return Origin(
        int(plan),
        int(edit) if edit else None,
        tuple(int(pk) for pk in (without or "").split(".") if 0 < len(pk) < 19),
        int(revision) if revision else None,
    )
