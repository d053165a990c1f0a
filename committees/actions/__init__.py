"""What is done with committees: every write that is more than one row or a change of state."""

from .attendance import record_attendance
from .decide import Point, confirm_words, decide, number_case, put_on_agenda
from .delegate import OutsideAuthority, delegate, holds_on, revoke_authority
from .links import make_link, open_link, resend_link, revoke_link, send_code
from .recuse import recuse, report_recusal
from .seats import end_seat, invite_to_seat

__all__ = [
    "OutsideAuthority",
    "Point",
    "confirm_words",
    "decide",
    "delegate",
    "end_seat",
    "holds_on",
    "invite_to_seat",
    "make_link",
    "number_case",
    "open_link",
    "put_on_agenda",
    "record_attendance",
    "recuse",
    "report_recusal",
    "resend_link",
    "revoke_authority",
    "revoke_link",
    "send_code",
]
