"""What a meeting's page shows, for the one who asks. A constant number of queries."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef

from committees import rules
from committees.models import AgendaItem, Case, Decision, Meeting, Papers, Seat
from committees.rules import Person
from partners.roles import on

from .followups import earlier_than, lines_read_by
from .meetings import Changed, calls_of, canonical, changed_since
from .seats import ROLE_ORDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A case on the list, as this person may see it."""

    item: AgendaItem
    case: Case
    title: str
    may_read: bool
    decided: bool
    changed: bool  # after the papers were sent


def meeting_page(user: Person, meeting: Meeting) -> dict[str, Any]:
    calls = sorted(calls_of(meeting), key=lambda call: (ROLE_ORDER[call.seat.role], call.seat.printed_name))
    papers = meeting.papers.select_related("sent_by").first()
    mine = {seat.pk for seat in rules.seats_held(user, meeting.committee)}
    return {
        "meeting": meeting,
        "committee": meeting.committee,
        "community": meeting.committee.community,
        "may_prepare": rules.may_prepare(user, meeting.committee),
        "lines": lines_of(user, meeting, papers),
        "calls": calls,
        "my_calls": [call for call in calls if call.seat_id in mine],
        "coming": sum(call.reply == "coming" for call in calls),
        "not_called": _not_called(meeting, {call.seat_id for call in calls}),
        "papers": papers,
        "earlier": lines_read_by(partial(rules.may_read_case, user), earlier_than(meeting)),
    }


def lines_of(user: Person, meeting: Meeting, papers: Papers | None) -> list[Line]:
    """The list in order; of a restricted case only what anybody may see, where the person may not read it."""
    changed = {change.case for change in changes_of(meeting, papers)}
    here = Decision.objects.filter(meeting=meeting, case=OuterRef("case"))
    items = meeting.agenda.select_related("case").annotate(decided=Exists(here)).order_by("position", "pk")
    lines = []
    for item in items:
        item.meeting = meeting
        item.case.committee = meeting.committee
        may_read = rules.may_read_case(user, item.case)
        lines.append(
            Line(
                item=item,
                case=item.case,
                title=item.case.title if may_read else item.case.open_title,
                may_read=may_read,
                decided=item.decided,
                changed=item.case_id in changed,
            )
        )
    return lines


def changes_of(meeting: Meeting, papers: Papers | None) -> list[Changed]:
    """What changed since the papers were sent, while the meeting is to come."""
    if papers is None or not meeting.coming:
        return []
    return list(changed_since(papers.content, canonical(meeting)))


def _not_called(meeting: Meeting, called: set[int]) -> int:
    seats = meeting.committee.seats.filter(on(meeting.date)).exclude(role=Seat.Role.DEPUTY)
    return seats.exclude(pk__in=called).count()
