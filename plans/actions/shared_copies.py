"""A member shares what is laid before them with those they represent: to read, until a day, or taken back."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import PersonalLink, Seat
from helsefellesskap.databases import locked
from helsefellesskap.errors import Refusal
from partners.models import Audit, User
from plans.models import Review, SharedCopy

LONGEST = timedelta(days=180)


@transaction.atomic
def share_copy(
    review: Review, seat: Seat, *, by: User | None, link: PersonalLink | None = None, expires_on: date
) -> SharedCopy:
    """A copy for the seat's own. Who may answer for the seat may share: ask that first. Raises Refusal."""
    if not timezone.localdate() <= expires_on <= timezone.localdate() + LONGEST:
        raise Refusal(_("Velg en dag fra i dag til om et halvt år."))
    copy = SharedCopy.objects.create(review=review, seat=seat, made_by=by, link=link, expires_on=expires_on)
    _log(copy, by, "share_copy", "%(who)s delte en lesekopi av «%(plan)s» til og med %(day)s.")
    return copy


@transaction.atomic
def revoke_copy(copy: SharedCopy, *, by: User | None) -> None:
    """Takes the copy back: its address opens nothing from now on."""
    copy = locked(SharedCopy.objects).get(pk=copy.pk)
    if copy.revoked_at:
        return
    copy.revoked_at = timezone.now()
    copy.save(update_fields=["revoked_at"])
    _log(copy, by, "revoke_copy", "%(who)s trakk tilbake lesekopien av «%(plan)s».")


def _log(copy: SharedCopy, by: User | None, verb: str, words: str) -> None:
    facts = {
        "who": copy.seat.printed_name,
        "plan": copy.review.revision.plan.title,
        "day": f"{copy.expires_on:%d.%m.%Y}",
    }
    Audit.objects.write(copy.seat.committee.community, by=by, verb=verb, what=words, facts=facts)
