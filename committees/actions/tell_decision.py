"""People hear of a decision: who sits in the committee, and who leads where it was lifted or given to."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from committees.models import Committee, Decision, DecisionPoint, Seat
from committees.rules import LEADERS
from partners.actions import tell
from partners.models import User
from partners.roles import on

type Say = Callable[[], str]

LATELY = timedelta(days=60)  # what was decided longer ago and is registered now is news to nobody


def tell_decision(decision: Decision, *, by: User) -> None:
    """Tells of every point as it stands now. In the transaction of what was decided; told once.

    Of a restricted case only that it is decided.
    """
    meeting, case = decision.meeting, decision.case
    if meeting.date < timezone.localdate() - LATELY:
        return
    points = list(decision.points.select_related("lifted_to", "delegates_to").order_by("number"))
    text = partial(_in_words, decision, points)
    _tell(decision, _sitting(decision), text, "", case.get_absolute_url(), by=by)
    for point in points:
        if to := point.lifted_to or point.delegates_to:
            _tell(decision, _leading(to), text, f":{to.pk}", to.get_work_url(), by=by)


def tell_confirmed(point: DecisionPoint, *, by: User) -> None:
    """The leader has confirmed the final words of a point: it holds."""
    decision = point.decision
    facts = {
        "committee": decision.meeting.committee.abbreviation,
        "case": decision.case.printed_number,
        "number": point.number,
    }

    def text() -> str:
        return _("Ordlyden i %(committee)s sak %(case)s, punkt %(number)s, er bekreftet.") % facts

    mark = f":bekreftet:{point.number}"
    _tell(decision, _sitting(decision), text, mark, decision.case.get_absolute_url(), by=by)


def _in_words(decision: Decision, points: list[DecisionPoint]) -> str:
    case = decision.case
    facts = {
        "committee": decision.meeting.committee.abbreviation,
        "case": case.printed_number,
        "title": case.title,
    }
    if case.restricted:
        return _("%(committee)s har avgjort sak %(case)s.") % facts
    said = [f"{capfirst(point.get_verb_display())}: {point.wording}" for point in points]
    return "\n".join([_("%(committee)s har avgjort sak %(case)s, %(title)s.") % facts, *said])


def _sitting(decision: Decision) -> list[Seat]:
    """Who sits in the committee today; deputies where they were called to the meeting."""
    seats = decision.case.committee.seats.filter(on(timezone.localdate()))
    mine = seats.filter(~Q(role=Seat.Role.DEPUTY) | Q(calls__meeting=decision.meeting))
    return list(mine.select_related("user").distinct())


def _leading(committee: Committee) -> list[Seat]:
    roles = [*LEADERS, Seat.Role.SECRETARY]
    return list(committee.seats.filter(on(timezone.localdate()), role__in=roles).select_related("user"))


def _tell(decision: Decision, seats: list[Seat], text: Say, mark: str, path: str, *, by: User) -> None:
    meeting = decision.meeting
    tell(
        meeting.committee.community,
        to=[seat.user or seat.email for seat in seats if seat.user != by],
        kind="decision",
        key=f"decision:{decision.pk}{mark}",
        group=f"meeting:{meeting.pk}",
        group_title=str(meeting),
        text=text,
        path=path,
    )
