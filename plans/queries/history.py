"""What the log says of one row."""

from django.db.models import QuerySet

from plans.models import Edit, Item, Plan


def edits_of(plan: Plan, item: Item) -> QuerySet[Edit]:
    """Every change of the row in this plan, newest first, with who made it."""
    return Edit.objects.filter(plan=plan, item=item).select_related("by").order_by("-at", "-pk")
