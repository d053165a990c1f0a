"""«Lag PDF»: a file of a draft or a comparison is ordered, and the worker makes it."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed
from partners.models import User
from plans import rules
from plans.models import OrderedFile, Plan, Revision
from plans.ordered_tasks import make_ordered

logger = logging.getLogger(__name__)
KEPT = timedelta(days=7)


@transaction.atomic
def order_file(plan: Plan, *, by: User, kind: str, source: str, reuse: bool = False) -> OrderedFile:
    """Orders the file anew, in place of what the person ordered of this kind before. With `reuse` a file
    that is made of the same source, or under way, stays; one that is lost is asked for again.
    Raises NotAllowed.
    """
    if not rules.may_read_draft(by, plan):
        raise NotAllowed(_("Du har ikke tilgang til utkastet."))
    locked(Plan.objects).get(pk=plan.pk)  # who clicks twice orders once
    before = OrderedFile.objects.filter(plan=plan, by=by, kind=kind).first()
    if before and reuse and before.source == source and not before.error:
        if before.is_lost:
            _ask_again(before)
        return before
    let_go(Q(plan=plan, by=by, kind=kind) | Q(asked_at__lt=timezone.now() - KEPT))
    ordered = OrderedFile.objects.create(plan=plan, by=by, kind=kind, source=source)
    make_ordered.enqueue(ordered.pk)
    return ordered


@transaction.atomic
def order_comparison(plan: Plan, *, old: Revision, new: Revision) -> OrderedFile:
    """Orders the comparison of two public versions for everybody. One that is made or under way stays; one
    that failed or is lost is tried anew. The caller has seen that both are public.
    """
    let_go(Q(asked_at__lt=timezone.now() - KEPT))
    ordered, made = locked(OrderedFile.objects).get_or_create(
        plan=plan, by=None, old=old, new=new, defaults={"kind": OrderedFile.Kind.PUBLIC}
    )
    if made or ordered.error or ordered.is_lost:
        _ask_again(ordered)
    return ordered


def _ask_again(ordered: OrderedFile) -> None:
    if ordered.is_lost:
        logger.warning("No worker made order %s, asked for at %s", ordered.pk, ordered.asked_at)
    anew = {"error": "", "tries": 0, "started_at": None, "asked_at": timezone.now()}
    OrderedFile.objects.filter(pk=ordered.pk).update(**anew)
    make_ordered.enqueue(ordered.pk)


def let_go(which: Q, *, at_once: bool = False) -> None:
    """Deletes these with their bytes (`at_once`: see StoredFile.forget), which nobody asks for again."""
    old = list(OrderedFile.objects.filter(which).select_related("file"))
    OrderedFile.objects.filter(pk__in=[row.pk for row in old]).delete()
    for stored in {row.file for row in old if row.file}:
        stored.forget(at_once=at_once)
