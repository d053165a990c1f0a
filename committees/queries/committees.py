"""Committees for people at work: fetched with permission, and what one sees on their pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import AgendaItem, Case, Committee, Meeting, Seat, WheelEntry
from committees.rules import Person
from helsefellesskap.databases import by_norwegian
from helsefellesskap.errors import NotAllowed
from partners.models import HealthCommunity
from partners.queries import current

from .seats import ROLE_ORDER

type Rule = Callable[[Person, Committee], bool]


def committee_for(user: Person, community: str, slug: str, *, may: Rule) -> Committee:
    """The committee, where the rule `may(user, committee)` holds. Raises Http404 or NotAllowed."""
    found = Committee.objects.select_related("community", "parent")
    committee = get_object_or_404(found, community__slug=community, slug=slug)
    if not may(user, committee):
        raise NotAllowed(_("Du har ikke en rolle i utvalget som gir tilgang til siden."))
    return committee


def meeting_for(user: Person, community: str, slug: str, day: date, *, may: Rule) -> Meeting:
    """The committee's meeting of the day. Raises Http404 or NotAllowed."""
    committee = committee_for(user, community, slug, may=may)
    meeting = get_object_or_404(committee.meetings, date=day)
    meeting.committee = committee
    return meeting


def case_for(user: Person, community: str, slug: str, year: int, nr: int, *, may: Rule) -> Case:
    """The committee's case; a restricted one only for its own. Raises Http404 or NotAllowed."""
    committee = committee_for(user, community, slug, may=may)
    case = get_object_or_404(committee.cases.select_related("lifted_from__committee"), year=year, number=nr)
    case.committee = committee
    if not rules.may_read_case(user, case):
        raise NotAllowed(_("Saken er unntatt offentlighet, og er bare for utvalgets egne."))
    return case


def open_committees(user: Person, community: HealthCommunity) -> Sequence[Committee]:
    """The community's committees whose papers the person may read, from the top."""
    everyone = community.committees.select_related("community").order_by("rank", by_norwegian("abbreviation"))
    return [committee for committee in everyone if rules.may_read_papers(user, committee)]


def coming_meetings(committee: Committee) -> QuerySet[Meeting]:
    """From today, the nearest first; those that are cancelled too."""
    return committee.meetings.filter(date__gte=timezone.localdate()).order_by("date")


def past_meetings(committee: Committee) -> QuerySet[Meeting]:
    return committee.meetings.filter(date__lt=timezone.localdate()).order_by("-date")


def cases_without_meeting(committee: Committee) -> QuerySet[Case]:
    """Cases that wait: on no list of a meeting that is to be held, and decided nowhere."""
    to_be_held = AgendaItem.objects.exclude(meeting__state=Meeting.State.CANCELLED).filter(
        Q(meeting__state__in=(Meeting.State.PLANNED, Meeting.State.PAPERS_SENT))
    )
    return (
        committee.cases.filter(withdrawn_reason="")
        .exclude(agenda_items__in=to_be_held)
        .exclude(pk__in=Case.objects.filter(decisions__isnull=False, committee=committee))
        .order_by("year", "number")
    )


def seats_of(committee: Committee) -> list[Seat]:
    """Who sits today or later: the leader first, the secretary last."""
    seats = current(committee.seats.select_related("deputy_for").prefetch_related("represents"))
    return sorted(seats.order_by(by_norwegian("printed_name"), "pk"), key=lambda seat: ROLE_ORDER[seat.role])


@dataclass(frozen=True, slots=True)
class WheelDay:
    """A day in the year. `entry` is what somebody laid; the others follow from meetings."""

    date: date
    kind: str  # a `WheelEntry.Kind`
    text: str
    meeting: Meeting | None = None
    entry: WheelEntry | None = None

    @property
    def kind_in_words(self) -> str:
        return str(WheelEntry.Kind(self.kind).label)


def wheel_of(committee: Committee) -> list[WheelDay]:
    """The days from today: what was laid, and of each meeting its day and its deadlines. Two queries."""
    today, rulebook, kinds = timezone.localdate(), committee.rulebook, WheelEntry.Kind
    days = [
        WheelDay(entry.date, entry.kind, entry.text, entry=entry)
        for entry in committee.wheel.filter(date__gte=today)
    ]
    for meeting in coming_meetings(committee).exclude(state=Meeting.State.CANCELLED):
        of = _("til møtet %(day)s") % {"day": f"{meeting.date:%d.%m.%Y}"}
        papers = meeting.papers_due or rulebook.papers_due(meeting.date)
        days.append(WheelDay(meeting.date, kinds.MEETING, meeting.place, meeting))
        days.append(WheelDay(papers, kinds.PAPERS_DUE, of, meeting))
        days.append(WheelDay(rulebook.cases_due(meeting.date), kinds.CASES_DUE, of, meeting))
    return sorted((day for day in days if day.date >= today), key=lambda day: (day.date, day.kind))


def work_of(user: Person, committee: Committee) -> dict[str, Any]:
    """What the committee's page shows. A constant number of queries."""
    may_prepare = rules.may_prepare(user, committee)
    waiting = list(cases_without_meeting(committee))
    for case in waiting:
        case.committee = committee  # known already: not another query each
    return {
        "committee": committee,
        "community": committee.community,
        "may_prepare": may_prepare,
        "may_set_rules": rules.may_set_rules(user, committee),
        "coming": list(coming_meetings(committee)),
        "past": list(past_meetings(committee)[:8]),
        "waiting": [(case, rules.may_read_case(user, case)) for case in waiting],
        "wheel": wheel_of(committee),
        "seats": seats_of(committee),
    }
