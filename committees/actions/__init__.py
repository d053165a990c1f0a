"""What is done with committees: every write that is more than one row or a change of state."""

from .answer_call import answer_call
from .attachments import MustConfirm, Upload, attach, detach
from .attendance import record_attendance
from .bodies import below, write_committee, write_role
from .calendars import make_feed, revoke_feed
from .cases import edit_case, send_papers, write_case
from .decide import Point, confirm_words, decide
from .delegate import OutsideAuthority, delegate, holds_on, revoke_authority
from .followups import (
    ToDo,
    drop_follow_up,
    edit_follow_up,
    finish_follow_up,
    reopen_follow_up,
    write_follow_up,
)
from .links import make_link, open_link, resend_link, revoke_link, send_code
from .meetings import (
    When,
    add_to_agenda,
    call_meeting,
    cancel_meeting,
    change_meeting,
    order_agenda,
    plan_meeting,
    put_on_agenda,
    take_off_agenda,
    when_in_words,
)
from .minutes import approve_minutes, remake_minutes, write_minutes
from .recuse import recuse, report_recusal
from .rulebook import add_to_wheel, set_rules, take_off_wheel
from .seats import end_seat, invite_to_seat
from .tell_decision import tell_decision

__all__ = [
    "MustConfirm",
    "OutsideAuthority",
    "Point",
    "ToDo",
    "Upload",
    "When",
    "add_to_agenda",
    "add_to_wheel",
    "answer_call",
    "approve_minutes",
    "attach",
    "below",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "confirm_words",
    "decide",
    "delegate",
    "detach",
    "drop_follow_up",
    "edit_case",
    "edit_follow_up",
    "end_seat",
    "finish_follow_up",
    "holds_on",
    "invite_to_seat",
    "make_feed",
    "make_link",
    "open_link",
    "order_agenda",
    "plan_meeting",
    "put_on_agenda",
    "record_attendance",
    "recuse",
    "remake_minutes",
    "reopen_follow_up",
    "report_recusal",
    "resend_link",
    "revoke_authority",
    "revoke_feed",
    "revoke_link",
    "send_code",
    "send_papers",
    "set_rules",
    "take_off_agenda",
    "take_off_wheel",
    "tell_decision",
    "when_in_words",
    "write_case",
    "write_committee",
    "write_follow_up",
    "write_minutes",
    "write_role",
]
