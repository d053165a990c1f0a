"""«Til SSU 12. mars»: the words as they stand get a name and a number, and the draft stays open."""

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, WrongState
from partners.models import Audit, User
from plans import rules
from plans.models import Plan, Revision

from .freeze import freeze


@transaction.atomic
def freeze_named(plan: Plan, *, by: User, name: str, note: str = "", for_review: bool = False) -> Revision:
    """A frozen version that is not published. `for_review` says that it is laid before a committee.

    Raises NotAllowed, WrongState (the words are locked already) and Conflict (the name is taken).
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_edit(by, plan):
        raise NotAllowed(_("Bare de som kan endre utkastet, kan låse en versjon av det."))
    if plan.locked:
        raise WrongState(_("Planen er publisert, og ordene i den er låst fra før."))
    if plan.revisions.filter(name=name).exists():
        raise Conflict(_("Planen har allerede en versjon som heter «%(name)s».") % {"name": name})
    purpose = Revision.Purpose.REVIEW if for_review else Revision.Purpose.NAMED
    revision = freeze(plan, by=by, purpose=purpose, name=name, note=note)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="freeze_named",
        what="«%(plan)s» låst som versjon %(number)s, «%(name)s».",
        facts={"plan": plan.title, "number": revision.number, "name": name},
    )
    return revision
