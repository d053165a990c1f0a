"""A case in its meeting: who is there, who is recused, what is decided. A constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import (
    AgendaItem,
    Authority,
    Case,
    Committee,
    Decision,
    DecisionPoint,
    Meeting,
    Recusal,
    Seat,
)
from committees.quorum import quorum
from committees.rules import Person
from committees.subjects import subjects
from helsefellesskap.databases import by_norwegian
from helsefellesskap.errors import NotAllowed
from partners.models import User
from partners.roles import on

from .committees import Rule, meeting_for
from .followups import lines_read_by, written_in
from .seats import ROLE_ORDER


def item_for(
    user: Person, community: str, slug: str, day: date, year: int, nr: int, *, may: Rule
) -> AgendaItem:
    """The case on the list of the committee's meeting that day. Raises Http404 or NotAllowed."""
    meeting = meeting_for(user, community, slug, day, may=may)
    found = meeting.agenda.select_related("case__lifted_from__committee")
    item = get_object_or_404(found, case__year=year, case__number=nr, case__committee=meeting.committee)
    item.meeting, item.case.committee = meeting, meeting.committee
    if not rules.may_read_case(user, item.case):
        raise NotAllowed(_("Saken er unntatt offentlighet, og er bare for utvalgets egne."))
    return item


def treatment(user: User, item: AgendaItem) -> dict[str, Any]:
    """What the page of the case in its meeting shows."""
    meeting, case, committee = item.meeting, item.case, item.meeting.committee
    agenda = list(meeting.agenda.select_related("case").order_by("position", "pk"))
    place = [other.pk for other in agenda].index(item.pk)
    recusals = recusals_of(case)
    mine = {seat.pk for seat in rules.seats_held(user, committee)}
    may_prepare = rules.may_prepare(user, committee)
    decision = decision_of(item)
    return {
        "item": item,
        "meeting": meeting,
        "case": case,
        "committee": committee,
        "community": committee.community,
        "may_prepare": may_prepare,
        "may_lead": rules.may_lead(user, committee),
        "settled": bool(case.withdrawn_reason) or _settles(decision),
        "may_report": bool(mine) and not any(recusal.seat_id in mine for recusal in recusals),
        "present": list(
            item.attendances.select_related("seat", "stands_in_for").order_by(
                by_norwegian("seat__printed_name"), "pk"
            )
        ),
        "quorum": quorum(item),
        "recusals": recusals,
        "subjects": subjects().treated(item, user=user),
        "decision": decision,
        "follow_ups": lines_read_by(
            lambda _case: True,  # whoever is here may read this one
            [todo for todo in written_in(meeting) if todo.case_id == case.pk],
        ),
        "may_follow_up": may_prepare and meeting.can_be_followed_up,
        "may_decide": may_prepare
        and decision is None
        and not case.withdrawn_reason
        and meeting.state not in (Meeting.State.CANCELLED, Meeting.State.MINUTES_APPROVED)
        and meeting.date <= timezone.localdate(),
        "may_record": may_prepare
        and meeting.state not in (Meeting.State.CANCELLED, Meeting.State.MINUTES_APPROVED),
        "before": agenda[place - 1] if place else None,
        "after": agenda[place + 1] if place + 1 < len(agenda) else None,
    }


def _settles(decision: Decision | None) -> bool:
    """Whether the case was decided here, other than postponed; for those who need no query more."""
    verbs = [point.verb for point in decision.points.all()] if decision else []
    return any(verb != DecisionPoint.Verb.POSTPONES for verb in verbs)


def recusals_of(case: Case) -> list[Recusal]:
    return list(case.recusals.select_related("seat", "deputy").order_by("reported_at", "pk"))


def decision_of(item: AgendaItem) -> Decision | None:
    """What the meeting decided in the case, with its points."""
    return (
        item.case.decisions.filter(meeting=item.meeting_id)
        .select_related("recorded_by")
        .prefetch_related(
            "points__delegates_to",
            "points__lifted_to",
            "points__postponed_to__committee__community",
            "points__confirmed_by",
            "points__stands_on__authority__from_committee",
            "points__stands_on__authority__from_partner",
        )
        .first()
    )


def seats_on(meeting: Meeting) -> list[Seat]:
    """Everybody who had a seat on the meeting's day: by side, the leader first, deputies last."""
    seats = meeting.committee.seats.filter(on(meeting.date)).select_related("deputy_for")
    sides = list(Seat.Side)
    return sorted(
        seats.order_by(by_norwegian("printed_name"), "pk"),
        key=lambda seat: (
            seat.role == Seat.Role.DEPUTY,
            sides.index(Seat.Side(seat.side)),
            ROLE_ORDER[seat.role],
        ),
    )


@dataclass(frozen=True, slots=True)
class Guess:
    """Who was there, seat → the seat it sat for (None: its own), before anybody has recorded it."""

    seats: dict[int, int | None]
    source: str  # in words; empty where it is what was recorded


def attendance_guess(item: AgendaItem) -> Guess:
    """What is recorded of the item; else as at the item before it; else those who said that they come."""
    recorded = _recorded(item)
    if recorded:
        return Guess(recorded, "")
    earlier = (
        item.meeting.agenda.filter(
            Q(position__lt=item.position) | Q(position=item.position, pk__lt=item.pk),
            attendances__isnull=False,
        )
        .select_related("case")
        .order_by("-position", "-pk")
        .first()
    )
    if earlier:
        said = _("Samme som i sak %(number)s til noe annet er ført.") % {
            "number": earlier.case.printed_number
        }
        return Guess(_recorded(earlier), said)
    coming = item.meeting.calls.filter(reply="coming").values_list("seat", "stands_in_for")
    return Guess(dict(coming), _("De som har svart at de kommer, er krysset av."))


def _recorded(item: AgendaItem) -> dict[int, int | None]:
    return dict(item.attendances.values_list("seat", "stands_in_for"))


def items_after(item: AgendaItem) -> list[AgendaItem]:
    """Those after it on the list that are not decided here: what the same attendance can hold for."""
    return list(
        item.meeting.agenda.filter(
            Q(position__gt=item.position) | Q(position=item.position, pk__gt=item.pk)
        ).exclude(case__decisions__meeting=item.meeting_id)
    )


def later_meetings(meeting: Meeting) -> Sequence[Meeting]:
    """The committee's meetings after this one that are to be held, the nearest first."""
    later = meeting.committee.meetings.filter(
        date__gt=meeting.date, state__in=(Meeting.State.PLANNED, Meeting.State.PAPERS_SENT)
    )
    return list(later.select_related("committee").order_by("date"))


def other_committees(committee: Committee) -> list[Committee]:
    return list(committee.community.committees.exclude(pk=committee.pk))


def authority_at_hand(committee: Committee, day: date) -> list[Authority]:
    """The authority that the committee or a member of it holds on that day."""
    held = Authority.objects.filter(
        Q(to_committee=committee) | Q(to_seat__committee=committee),
        Q(end=None) | Q(end__gte=day),
        Q(revoked_on=None) | Q(revoked_on__gt=day),
        start__lte=day,
    )
    return list(held.select_related("from_committee", "from_partner", "to_committee", "to_seat"))
