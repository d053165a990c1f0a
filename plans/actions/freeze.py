"""Freezing: the draft's words become a revision that never changes."""

from django.utils import timezone

from partners.models import User
from plans import document as doc
from plans.mentions import mentions_in
from plans.models import Plan, Revision, RevisionItem, RevisionMention, Section
from plans.models.rows import Goal, Measure
from plans.snapshot import document_of

from .undecided import check_decided


def freeze(plan: Plan, *, by: User, purpose: Revision.Purpose, name: str = "", note: str = "") -> Revision:
    """The draft as it stands, as a new revision. Call with the plan locked, in a transaction.

    Raises Undecided where measures of the plan before have no fate, and nobody has said why.
    """
    check_decided(plan)
    document = document_of(plan)
    content = doc.canonical(document)
    last = plan.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = Revision.objects.create(
        plan=plan,
        number=last + 1,
        purpose=purpose,
        name=name,
        note=note,
        content=content,
        sha256=doc.sha256(content),
        created_by=by,
        created_at=timezone.now(),
        measures=sum(1 for _measure in document.walk_measures()),
    )
    items = [
        *Section.objects.filter(plan=plan).values_list("item_id", flat=True),
        *Goal.objects.filter(section__plan=plan).values_list("item_id", flat=True),
        *Measure.objects.filter(goal__section__plan=plan).values_list("item_id", flat=True),
    ]
    RevisionItem.objects.bulk_create(RevisionItem(revision=revision, item_id=item) for item in items)
    RevisionMention.objects.bulk_create(
        RevisionMention(revision=revision, what=what, key=key) for what, key in mentions_in(document)
    )
    return revision
