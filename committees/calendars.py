"""Meetings as iCalendar (RFC 5545): an invitation to one, and feeds. Times are Norwegian (Europe/Oslo).

Nothing of any case is told here: a calendar is shown on other people's screens.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.message import MIMEPart
from email.policy import SMTP
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from .models import Meeting

OSLO = ZoneInfo("Europe/Oslo")
_USUAL = timedelta(hours=2)  # of a meeting whose end nobody has said


def invitation(meeting: Meeting, *, attendee: str = "", now: datetime, let_go: bool = False) -> bytes:
    """One meeting as an invitation, or as its cancellation; `sequence` tells calendars which is newest.

    `let_go`: it is held without the attendee, whose calendar drops it.
    """
    cancelled = let_go or meeting.state == Meeting.State.CANCELLED
    calendar = _calendar(method="CANCEL" if cancelled else "REQUEST" if attendee else "PUBLISH")
    event = _public_event(meeting, now=now) if let_go else _event(meeting, now=now)
    if let_go:
        event["status"] = vText("CANCELLED")
    if attendee:
        address = vCalAddress(f"MAILTO:{attendee}")
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        event.add("attendee", address)
    calendar.add_component(event)
    return _bytes(calendar, [meeting])


def mailed(meeting: Meeting, *, attendee: str, now: datetime, let_go: bool = False) -> MIMEPart:
    """The invitation as a part of an e-mail, which mail programs show with «accept» and «decline»."""
    data = invitation(meeting, attendee=attendee, now=now, let_go=let_go)
    method = "CANCEL" if let_go or meeting.state == Meeting.State.CANCELLED else "REQUEST"
    part = MIMEPart(policy=SMTP)
    part.set_content(
        data.decode(),
        subtype="calendar",
        cte="base64",  # the lines' ends are part of the format
        disposition="attachment",
        filename=f"{meeting.committee.slug}-{meeting.date:%Y-%m-%d}.ics",
        params={"method": method},
    )
    return part


def feed(name: str, meetings: Iterable[Meeting], *, now: datetime) -> bytes:
    """Many meetings to subscribe to; one that is cancelled stays, said to be so."""
    meetings = list(meetings)
    calendar = _calendar(method="PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting, now=now))
    return _bytes(calendar, meetings)


def public_feed(name: str, meetings: Iterable[Meeting], *, now: datetime) -> bytes:
    """The same for everybody: day, hour and place; no link to a video meeting or to the workbench."""
    meetings = list(meetings)
    calendar = _calendar(method="PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_public_event(meeting, now=now))
    return _bytes(calendar, meetings)


def _calendar(*, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Helsefellesskap//nb")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(meeting: Meeting, *, now: datetime) -> Event:
    """For those who have a place there."""
    event = _when(meeting, now=now)
    if where := meeting.place or meeting.link:
        event.add("location", where)
    address = settings.SITE_URL + meeting.get_absolute_url()
    event.add("url", address)
    name = meeting.committee.community.name
    event.add("description", "\n".join(filter(None, (name, address, meeting.link))))
    return event


def _public_event(meeting: Meeting, *, now: datetime) -> Event:
    event = _when(meeting, now=now)
    if meeting.place:
        event.add("location", meeting.place)
    committee = meeting.committee
    path = committee.community.get_absolute_url()
    if meeting.state == Meeting.State.MINUTES_APPROVED:
        path = reverse("public_minutes", args=[committee.community.slug, committee.slug, meeting.date])
    event.add("url", settings.SITE_URL + path)
    event.add("description", f"{committee.name}\n{committee.community.name}")
    return event


def _when(meeting: Meeting, *, now: datetime) -> Event:
    """What both have: which meeting, when, and who calls it."""
    committee = meeting.committee
    event = Event()
    event.add("uid", f"mote-{meeting.pk}@{_host()}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("summary", _("Møte i %(committee)s") % {"committee": committee.abbreviation})
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    start, end = _hours(meeting)
    event.add("dtstart", start)
    event.add("dtend", end)
    organizer = vCalAddress(f"MAILTO:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
    organizer.params["CN"] = vText(committee.community.name)
    event.add("organizer", organizer)
    return event


def _hours(meeting: Meeting) -> tuple[object, object]:
    """Beginning and end: moments in Oslo; days, where the meeting has no hour yet."""
    if meeting.starts_at is None:
        return meeting.date, meeting.date + timedelta(days=1)
    start = datetime.combine(meeting.date, meeting.starts_at, OSLO)
    end = datetime.combine(meeting.date, meeting.ends_at, OSLO) if meeting.ends_at else start + _USUAL
    return start, end


def _bytes(calendar: Calendar, meetings: list[Meeting]) -> bytes:
    """With the zone's rules for the years that the calendar speaks of."""
    if any(meeting.starts_at for meeting in meetings):
        days = [meeting.date for meeting in meetings]
        first = min(days).replace(month=1, day=1) - timedelta(days=366)
        last = max(days).replace(month=12, day=31) + timedelta(days=366)
        calendar.subcomponents.insert(0, Timezone.from_tzinfo(OSLO, "Europe/Oslo", first, last))
    data: bytes = calendar.to_ical()
    return data


def _host() -> str:
    return settings.SITE_URL.partition("//")[2].partition("/")[0]
