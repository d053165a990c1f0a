"""The secret addresses of shared copies: made of the row and SECRET_KEY, so that the database tells none."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from .models import SharedCopy

_signer = Signer(salt="plans.shared_copies")


def address_of(copy: SharedCopy) -> str:
    return settings.SITE_URL + reverse("shared_copy", args=[_signer.sign(str(copy.pk))])


def copy_at(token: str) -> SharedCopy | None:
    """The copy with this address, be it open or not; None where the address is nobody's."""
    try:
        pk = _signer.unsign(token)
    except BadSignature:
        return None
    copies = SharedCopy.objects.select_related(
        "seat__committee__community", "review__revision__plan__community"
    )
    return copies.filter(pk=pk).first()


def is_open(copy: SharedCopy) -> bool:
    """Neither taken back nor past its day, and its seat still lasts."""
    today = timezone.localdate()
    seat = copy.seat
    lasts = seat.start <= today and (seat.end is None or today <= seat.end)
    return copy.revoked_at is None and today <= copy.expires_on and lasts
