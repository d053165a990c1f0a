"""Which meetings stand in whose calendar. Rights are those of today."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from committees import rules
from committees.models import CalendarFeed, Committee, Meeting
from partners.models import User
from partners.roles import on


def feed_meetings(feed: CalendarFeed) -> Sequence[Meeting]:
    """From three months ago. Of one committee, while the person may read its papers; of all, those where
    the person sits today: a deputy's and an ended seat's only where they were called.
    """
    since = timezone.localdate() - timedelta(days=90)
    meetings = Meeting.objects.filter(date__gte=since).select_related("committee__community").order_by("date")
    if feed.committee:
        return (
            list(meetings.filter(committee=feed.committee))
            if rules.may_read_papers(feed.user, feed.committee)
            else []
        )
    held = feed.user.seats.filter(on(timezone.localdate()))
    sits = Q(committee__seats__in=held.exclude(role="deputy"))
    return list(meetings.filter(sits | Q(calls__seat__in=held)).distinct())


def committees_with_feeds(user: User) -> list[tuple[Committee | None, CalendarFeed | None]]:
    """All together, then each committee that the person has a seat in, with its address if there is one."""
    feeds = {feed.committee_id: feed for feed in user.calendar_feeds.all()}
    held = user.seats.filter(on(timezone.localdate()))
    mine = Committee.objects.filter(Q(seats__in=held) | Q(calendar_feeds__user=user)).distinct()
    rows: list[tuple[Committee | None, CalendarFeed | None]] = [(None, feeds.get(None))]
    for committee in mine.select_related("community").order_by("community__name", "rank", "abbreviation"):
        rows.append((committee, feeds.get(committee.pk)))
    return rows
