"""A plan whose adoption nobody can document: published as received, never called adopted."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, WrongState
from partners.models import Audit, User
from plans import rules
from plans.models import Plan, Publication, Revision
from plans.renderings import drop_renderings
from plans.search.index import index_plan

from .files import request_files
from .freeze import freeze
from .lay_before import close_reviews
from .publishable import check_publishable


@transaction.atomic
def publish_received(plan: Plan, *, by: User, published_from: date) -> Publication:
    """Locks the words as they came in and publishes them with «vedtaksopplysninger mangler».

    Nothing is superseded. Raises NotAllowed, WrongState and Refusal.
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_adopt(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan publisere en plan."))
    if plan.locked:
        raise WrongState(_("Planen er allerede publisert."))
    check_publishable(plan)
    revision = freeze(plan, by=by, purpose=Revision.Purpose.RECEIVED)
    publication = Publication.objects.create(
        revision=revision, published_from=published_from, published_by=by
    )
    plan.state = Plan.State.RECEIVED
    plan.save(update_fields=["state"])
    request_files(revision)
    drop_renderings(plan)
    index_plan(plan)
    close_reviews(plan)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="publish_received",
        what="«%(plan)s» publisert som mottatt fra %(day)s; vedtaksopplysninger mangler.",
        facts={"plan": plan.title, "day": f"{published_from:%d.%m.%Y}"},
    )
    return publication
