"""From a proposal to rows that are added, moved and taken out.

What an edited file adds is named in it («new1»); its key follows from the file and that name, so that other
proposals of the file find it once it is there.
"""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from helsefellesskap.errors import Conflict
from partners.models import User
from plans.editable import Row
from plans.models import EditedFile, Item, ProposedChange
from plans.proposed_rows import left_under
from plans.queries import row_of
from plans.snapshot import document_of

from .arrange import add_row, blank_row, delete_row, part_of, rows_under
from .edit import Gone, Stale
from .place import place_row
from .proposed_values import new_values

_NEW = UUID("6f1c1f0e-3d0b-4b8e-9a53-1f0d6d2c7a41")  # our own namespace
_BELOW = {"goals": Item.Kind.GOAL, "measures": Item.Kind.MEASURE, "sections": Item.Kind.SECTION}


def find(proposal: ProposedChange, key: str) -> Any:
    """The row of this key or name in the proposal's plan; the plan where it is empty.

    Raises Gone, and Conflict where it is something new that has not been accepted.
    """
    if not key:
        return proposal.file.plan
    item = Item.objects.filter(pk=key_in(proposal.file, key)).first()
    row = row_of(proposal.file.plan, item) if item else None
    if row is None and is_name(key):
        raise Conflict(_("Godta først det nye som dette skal stå under."))
    if row is None:
        raise Gone
    return row


def is_name(key: str) -> bool:
    return key.startswith("new")


def key_in(file: EditedFile, key: str) -> str:
    """The key as it is in the plan, of what has one or of what the file adds."""
    return str(uuid5(_NEW, f"{file.pk}/{key}")) if is_name(key) else key


def rearrange(proposal: ProposedChange, *, by: User, version: int | None) -> None:
    """Adds, moves or takes out what the proposal says. Call with the plan locked and `in_order`.

    Raises Stale, Gone, Conflict and WrongState (a chapter cannot be moved into itself).
    """
    match proposal.kind:
        case "add":
            under, kind = find(proposal, proposal.item), Item.Kind(proposal.item_kind)
            neighbour = _neighbour(proposal, under, blank_row(under, kind))
            _add(proposal.file, under, kind, proposal.values, by, neighbour)
        case "move":
            row, under = find(proposal, proposal.item), find(proposal, proposal.after)
            place_row(row, under, _neighbour(proposal, under, row), by=by)
        case "remove":
            _remove(proposal, by, version)


def _add(
    file: EditedFile,
    under: Any,
    kind: Item.Kind,
    values: dict[str, Any],
    by: User,
    after: Row | Literal["last"] | None = "last",
) -> None:
    """The new row and the rows that came with it."""
    key = UUID(key_in(file, values["name"])) if "name" in values else None
    row = add_row(under, kind, by=by, values=new_values(kind, values, file.plan), key=key, after=after)
    for name, inner in _BELOW.items():
        for more in values.get(name, []):
            _add(file, row, inner, more, by)


def _neighbour(proposal: ProposedChange, under: Any, row: Row) -> Row | None:
    """The row that this one is to follow: the one that the file names, or where that is not here, the one
    before that in the file; the last where none of them is.
    """
    rows: Sequence[Row] = [r for r in rows_under(under, row) if r.pk != row.pk]
    by_key = {str(r.item_id): r for r in rows}
    before: str | None = proposal.place
    places: dict[str, str] | None = None
    while before:
        if found := by_key.get(key_in(proposal.file, before)):
            return found
        if places is None:
            others = ProposedChange.objects.filter(file=proposal.file, kind__in=("add", "move"))
            places = {p.values.get("name") or p.item: p.place for p in others}
        before = places.pop(before, None)
    return None if before == "" or not rows else rows[-1]


def _remove(proposal: ProposedChange, by: User, version: int | None) -> None:
    row = find(proposal, proposal.item)
    if version is not None and row.version != version:
        raise Stale(row)
    part = part_of(document_of(proposal.file.plan), proposal.item)
    if part and left_under(part, proposal.values.get("with", [])):
        raise Conflict(_("Det står noe under dette som filen ikke tar ut. Flytt det først."))
    delete_row(row, by=by)
