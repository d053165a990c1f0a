"""What the log says of one row."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from plans.models import Edit, Input, Item, Plan


def edits_of(plan: Plan, item: Item) -> QuerySet[Edit]:
    """Every change of the row in this plan, newest first, with who made it, and the input it came from."""
    inputs = Input.objects.select_related("partner", "committee")
    edits = Edit.objects.filter(plan=plan, item=item).select_related("by")
    return edits.prefetch_related(Prefetch("from_inputs", inputs)).order_by("-at", "-pk")


def deletions(plan: Plan) -> QuerySet[Edit]:
    """What was deleted from the draft, newest first, without what has come back since."""
    back = Edit.objects.filter(plan=plan, item=OuterRef("item"), field="added", pk__gt=OuterRef("pk"))
    deleted = Edit.objects.filter(~Exists(back), plan=plan, field="deleted", item__isnull=False)
    return deleted.select_related("by", "item").order_by("-at", "-pk")
