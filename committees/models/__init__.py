from .bodies import Committee, Seat
from .calendars import CalendarFeed
from .cases import Attachment, Case, Recusal
from .decisions import Authority, AuthorityUse, Decision, DecisionPoint
from .followups import FollowUp
from .links import PersonalLink
from .meetings import AgendaItem, Attendance, Call, Meeting, Minutes, MinutesApproval, Papers, WheelEntry

__all__ = [
    "AgendaItem",
    "Attachment",
    "Attendance",
    "Authority",
    "AuthorityUse",
    "CalendarFeed",
    "Call",
    "Case",
    "Committee",
    "Decision",
    "DecisionPoint",
    "FollowUp",
    "Meeting",
    "Minutes",
    "MinutesApproval",
    "Papers",
    "PersonalLink",
    "Recusal",
    "Seat",
    "WheelEntry",
]
