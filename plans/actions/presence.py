"""Who has a plan open for writing, and on which row they are."""

from uuid import UUID

from django.utils import timezone

from partners.models import User
from plans.models import Item, Plan, Presence


def be_present(plan: Plan, *, by: User, key: UUID | None) -> None:
    """Notes that the person is here, on the row with this key."""
    if key and not Item.objects.filter(pk=key).exists():
        key = None  # a row that the page has made and not sent yet
    Presence.objects.bulk_create(
        [Presence(plan=plan, user=by, item_id=key, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["plan", "user"],
        update_fields=["item", "seen_at"],
    )
