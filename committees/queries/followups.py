"""What meetings decided to do, as pages, papers and minutes show it. Constant query counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import Case, Committee, FollowUp, Meeting
from committees.rules import Person
from helsefellesskap.errors import NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One item as it is shown; `done` is the day, `since` the meeting's, `case` a number or nothing."""

    key: int
    what: str
    responsible: str
    due: date
    since: date
    case: str
    done: date | None
    url: str  # of its page; empty for the public and on paper

    @property
    def late(self) -> bool:
        return self.done is None and self.due < timezone.localdate()


def follow_up_for(user: Person, community: str, slug: str, pk: int) -> FollowUp:
    """The committee's item, for who may read it. Raises Http404 or NotAllowed."""
    item = get_object_or_404(
        FollowUp.objects.select_related(
            "meeting__committee__community", "case__committee", "seat", "partner", "done_by", "written_by"
        ),
        pk=pk,
        meeting__committee__slug=slug,
        meeting__committee__community__slug=community,
    )
    if not rules.may_read_follow_up(user, item):
        raise NotAllowed(_("Punktet er for utvalgets egne og den som er ansvarlig."))
    return item


def written_in(meeting: Meeting) -> list[FollowUp]:
    """What this meeting decided to do, what is due first at the top. One query."""
    return _whole(meeting.follow_ups.order_by("due", "pk"), meeting.committee)


def earlier_than(meeting: Meeting) -> list[FollowUp]:
    """What earlier meetings decided to do, and was not done before the day of this one. One query.

    So the minutes say the same whatever is done after the meeting.
    """
    found = FollowUp.objects.filter(
        Q(done_on=None) | Q(done_on__gte=meeting.date),
        meeting__committee=meeting.committee_id,
        meeting__date__lt=meeting.date,
    )
    return _whole(found.order_by("due", "pk"), meeting.committee)


def of_committee(committee: Committee) -> list[FollowUp]:
    """What is open, what is due first at the top; then what was done, the newest first. Two queries."""
    found = FollowUp.objects.filter(meeting__committee=committee)
    still = found.filter(done_on=None).order_by("due", "pk")
    finished = found.exclude(done_on=None).order_by("-done_on", "-pk")[:50]
    return [*_whole(still, committee), *_whole(finished, committee)]


def _whole(found: QuerySet[FollowUp], committee: Committee) -> list[FollowUp]:
    items = list(found.select_related("meeting", "case", "seat", "partner"))
    for item in items:  # known already: not another query each
        item.meeting.committee = committee
        if item.case:
            item.case.committee = committee
    return items


def lines_read_by(
    reads: Callable[[Case], bool], items: Sequence[FollowUp], *, linked: bool = True
) -> list[FollowUpLine]:
    """As somebody sees them who may read those cases: of others nothing is shown."""
    return [
        line_of(fact_of(item), url=item.get_absolute_url() if linked else "")
        for item in items
        if item.case is None or reads(item.case)
    ]


def fact_of(item: FollowUp, *, on: date | None = None) -> dict[str, Any]:
    """The item as the minutes keep it, plain JSON values; `on` is the day as of which it is told."""
    finished = item.done_on if item.done_on and (on is None or item.done_on <= on) else None
    return {
        "id": item.pk,
        "what": item.what,
        "responsible": item.responsible_name,
        "side": str(item.seat.get_side_display()) if item.seat else "",
        "named": item.seat.named_in_public if item.seat else True,
        "due": item.due.isoformat(),
        "since": item.meeting.date.isoformat(),
        "case": item.case.printed_number if item.case else "",
        "restricted": item.restricted,
        "done": finished.isoformat() if finished else "",
    }


def line_of(fact: Mapping[str, Any], *, public: bool = False, url: str = "") -> FollowUpLine:
    """`public`: a name that is not for everybody is the side's."""
    return FollowUpLine(
        key=fact["id"],
        what=fact["what"],
        responsible=fact["responsible"] if fact["named"] or not public else fact["side"],
        due=date.fromisoformat(fact["due"]),
        since=date.fromisoformat(fact["since"]),
        case=fact["case"],
        done=date.fromisoformat(fact["done"]) if fact["done"] else None,
        url=url,
    )


def follow_up_url(committee: Committee, pk: int) -> str:
    return reverse("follow_up", args=[committee.community.slug, committee.slug, pk])
