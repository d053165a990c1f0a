"""«Rett feilen i vedtatt plan»: a logged rettelse, with reason and who decided; the words freeze anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import DecisionPoint
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit, User
from plans import rules
from plans.editable import Editable, as_text
from plans.models import Adoption, Correction, Edit, Plan, Publication, Revision
from plans.renderings import drop_renderings
from plans.search.index import index_plan

from .edit import apply, changes_of, item_of, plan_of
from .files import request_files
from .freeze import freeze
from .publishable import check_publishable


@dataclass(frozen=True, kw_only=True)
class Change:
    """New values of a row of the locked plan: names and shapes as in `editable.values_of`."""

    row: Editable
    version: int  # of the row, as the person saw it
    values: Mapping[str, Any]


@transaction.atomic
def correct(
    plan: Plan,
    *,
    by: User,
    changes: Sequence[Change],
    reason: str,
    decided_by: str,
    point: DecisionPoint | None = None,
) -> Correction:
    """Changes the words of a published plan, and publishes them as a new frozen version at once.

    What was adopted stays adopted by the same decisions; the version before stays public as the one
    that was corrected. Raises NotAllowed, WrongState, Conflict and Refusal.
    """
    plan = lock_published(plan, by=by)
    reason, decided_by = reason.strip(), decided_by.strip()
    if not reason or not decided_by:
        raise Refusal(_("Skriv hvorfor planen rettes, og hvem som bestemte det."))
    if not _write(plan, changes, by=by):
        raise Refusal(_("Ingenting er endret."))
    check_publishable(plan)
    corrects = plan.revisions.filter(publication__isnull=False).latest("number")
    return publish_correction(
        plan, corrects, by=by, reason=reason, decided_by=decided_by, point=point, verb="correct"
    )


def publish_correction(
    plan: Plan,
    corrects: Revision,
    *,
    by: User,
    reason: str,
    decided_by: str,
    verb: str,
    point: DecisionPoint | None = None,
) -> Correction:
    """The plan's words as they stand now, frozen and public in place of `corrects`, by its decisions."""
    revision = freeze(plan, by=by, purpose=Revision.Purpose.CORRECTION)
    Adoption.objects.bulk_create(
        Adoption(
            revision=revision,
            item=adoption.item,
            point=adoption.point,
            provisional_until=adoption.provisional_until,
            in_force_from=adoption.in_force_from,
            registered_by=by,
        )
        for adoption in corrects.adoptions.all()
    )
    Publication.objects.create(revision=revision, published_from=timezone.localdate(), published_by=by)
    correction = Correction.objects.create(
        revision=revision, corrects=corrects, reason=reason, decided_by=decided_by, point=point, by=by
    )
    request_files(revision)
    drop_renderings(plan)
    index_plan(plan)
    Audit.objects.write(
        plan.community,
        by=by,
        verb=verb,
        what="«%(plan)s» versjon %(old)s rettet til versjon %(new)s: %(reason)s (bestemt av %(who)s).",
        facts={
            "plan": plan.title,
            "old": corrects.number,
            "new": revision.number,
            "reason": reason,
            "who": decided_by,
        },
    )
    return correction


def lock_published(plan: Plan, *, by: User) -> Plan:
    """The row of a published plan, locked. Raises NotAllowed and WrongState."""
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_correct(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan rette eller trekke tilbake en publisert plan."))
    if not plan.locked:
        raise WrongState(_("Planen er ikke publisert: ordene kan endres i utkastet."))
    return plan


def _now(row: Editable, plan: Plan) -> Editable | None:
    """The row as it stands. The plan is the one that is locked: its words freeze from that."""
    if isinstance(row, Plan):
        return plan if row.pk == plan.pk else None
    return type(row)._default_manager.filter(pk=row.pk).first()


def _write(plan: Plan, changes: Sequence[Change], *, by: User) -> int:
    """Writes the changes with their lines of the log; how many fields became something else."""
    together, edits = uuid4(), []
    for change in changes:
        row = _now(change.row, plan)
        if row is None or plan_of(row).pk != plan.pk:
            raise Conflict(_("Det du retter, er ikke i planen."))
        if row.version != change.version:
            raise Conflict(_("Noen andre rettet den samme teksten først. Se etter og prøv igjen."))
        found = changes_of(row, change.values)
        if found:
            apply(row, {name: after for name, (_before, after) in found.items()})
        edits += [
            Edit(
                plan=plan,
                item=item_of(row),
                field=name,
                before=as_text(before),
                after=as_text(after),
                by=by,
                together=together,
            )
            for name, (before, after) in found.items()
        ]
    Edit.objects.bulk_create(edits)
    return len(edits)
