"""Secret calendar addresses: made, and taken back."""

import hashlib
import uuid

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from committees import rules
from committees.models import CalendarFeed, Committee
from helsefellesskap.errors import NotAllowed
from partners.models import User


@transaction.atomic
def make_feed(user: User, *, committee: Committee | None = None) -> CalendarFeed:
    """The person's own address, of one committee or of all theirs; asked for twice, the same.

    Raises NotAllowed.
    """
    if committee and not rules.may_read_papers(user, committee):
        raise NotAllowed(_("Du har ikke en rolle i utvalget."))
    if found := CalendarFeed.objects.filter(user=user, committee=committee).first():
        return found
    feed = CalendarFeed(pk=uuid.uuid4(), user=user, committee=committee)
    feed.token_sha256 = sha256_of(token_of(feed))
    feed.save()
    return feed


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User) -> None:
    """The address is nothing from now on. Raises NotAllowed (somebody else's)."""
    if feed.user_id != by.pk:
        raise NotAllowed(_("Kalenderadressen er ikke din."))
    feed.delete()


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the address: 256 bits, the same each time."""
    digest = salted_hmac("committees.calendars.token", feed.pk.hex, algorithm="sha256").digest()
    return urlsafe_base64_encode(digest)


def sha256_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
