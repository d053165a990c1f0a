"""Who has a plan open for writing, and on which row they are."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from partners.models import User
from plans.models import Item, Plan, Presence

# A page that was closed for longer than this may send again what was saved, and is shown both texts.
KEPT = timedelta(days=30)


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


def tidy(plan: Plan) -> None:
    """Forgets who was here before today, and the answers to saves that no page waits for any more."""
    now = timezone.now()
    plan.presences.filter(seen_at__lt=now - timedelta(days=1)).delete()
    plan.operations.filter(at__lt=now - KEPT).delete()
