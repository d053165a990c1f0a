"""Every write of more than one row in `partners`: people and their places, and what they are told."""

from .agreements import LineChange, new_version, sign_agreement, write_agreement, write_matrix
from .notices import choose_notices, done, tell
from .people import (
    end,
    end_place,
    invite_representative,
    invite_to_secretariat,
    invited,
    lock_people,
    resend_invitation,
)
from .sending import send_notices

__all__ = [
    "LineChange",
    "choose_notices",
    "done",
    "end",
    "end_place",
    "invite_representative",
    "invite_to_secretariat",
    "invited",
    "lock_people",
    "new_version",
    "resend_invitation",
    "send_notices",
    "sign_agreement",
    "tell",
    "write_agreement",
    "write_matrix",
]
