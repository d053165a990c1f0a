"""Every write of more than one row in `partners`: people and their places, and what they are told."""

from .notices import done, tell
from .people import (
    end,
    end_place,
    invite_representative,
    invite_to_secretariat,
    invited,
    lock_people,
    resend_invitation,
)

__all__ = [
    "done",
    "end",
    "end_place",
    "invite_representative",
    "invite_to_secretariat",
    "invited",
    "lock_people",
    "resend_invitation",
    "tell",
]
