"""«Språklig rettelse»: words changed so little that the stances given on them stand."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal
from partners.models import Audit, User
from plans import rules
from plans.consensus import Correction, Words, words_of
from plans.models import LinguisticChange, Plan
from plans.snapshot import document_of


@transaction.atomic
def mark_linguistic(plan: Plan, *, by: User, corrections: Sequence[Correction]) -> list[LinguisticChange]:
    """Marks that measures changed from some words to others in language only. It cannot be taken back.

    Words are hashes of a frozen version's or the draft's. What was marked before is left as it is; the
    new marks are returned. Raises NotAllowed, Refusal (nothing to mark) and Conflict (words that nobody
    has before them any more).
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_lay_before(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan merke språklige rettelser."))
    if not corrections or any(correction.old == correction.new for correction in corrections):
        raise Refusal(_("Velg minst ett tiltak der ordlyden er endret."))
    versions = list(_versions(plan))
    for correction in corrections:
        known = {words.get(correction.item) for words in versions}
        if not {correction.old, correction.new} <= known:
            raise Conflict(_("Ordlyden er endret igjen. Se på tiltaket slik det står nå."))
    marked = []
    for correction in corrections:
        change, made = LinguisticChange.objects.get_or_create(
            plan=plan,
            item_id=correction.item,
            from_words=correction.old,
            to_words=correction.new,
            defaults={"by": by},
        )
        marked += [change] * made
    if marked:
        Audit.objects.write(
            plan.community,
            by=by,
            verb="mark_linguistic",
            what="Endringen av %(n)s tiltak i «%(plan)s» er merket som språklig rettelse.",
            facts={"n": len(marked), "plan": plan.title},
        )
    return marked


def _versions(plan: Plan) -> Iterable[Words]:
    """The words of the draft, and of every frozen version."""
    yield words_of(document_of(plan))
    for revision in plan.revisions.all():
        yield words_of(revision.load())
