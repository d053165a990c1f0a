"""Meetings in people's calendars: read back by a reader of iCalendar, and nothing of a case in them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import timezone

from committees import actions, calendars
from committees.actions import When
from committees.models import Meeting
from committees.queries.calendars import feed_meetings
from tests import make

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=60)
LONG = "Møterommet «Ishavet» på Universitetssykehuset Nord-Norge, Åsgård, inngang B, tredje etasje ČĐŊ"


@pytest.fixture
def meeting(cast) -> Meeting:
    when = When(date=DAY, starts_at=time(10), ends_at=time(12, 30), place=LONG)
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=when)
    secret = {"title": "Per Hansen", "access": "restricted", "legal_basis": "offentleglova § 13"}
    actions.add_to_agenda(meeting, actions.write_case(cast.ssu, by=cast.kari, facts=secret), by=cast.kari)
    actions.call_meeting(meeting, by=cast.kari)
    return meeting


def read(data: bytes) -> tuple[icalendar.Calendar, list[icalendar.Event]]:
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, data.split(b"\r\n"))) <= 75
    calendar = icalendar.Calendar.from_ical(data)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    return calendar, list(calendar.walk("VEVENT"))


def test_an_invitation_says_when_in_oslo_and_where(client, cast, meeting):
    client.force_login(cast.ingrid)
    answer = client.get(f"{meeting.get_absolute_url()}mote.ics")
    calendar, (event,) = read(answer.content)
    oslo = ZoneInfo("Europe/Oslo")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar["method"] == "REQUEST"
    assert event.start == datetime.combine(DAY, time(10), oslo)
    assert event.end - event.start == timedelta(hours=2, minutes=30)
    assert event["dtstart"].params["TZID"] == "Europe/Oslo"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]
    assert (event["location"], event["summary"], event["sequence"]) == (LONG, "Møte i SSU", 0)
    assert event["attendee"] == f"MAILTO:{cast.ingrid.email}"
    assert b"Hansen" not in answer.content


def test_a_moved_meeting_keeps_its_name_and_a_cancelled_one_is_taken_away(cast, meeting):
    now = timezone.now()
    _calendar, (before,) = read(calendars.invitation(meeting, now=now))
    moved = actions.change_meeting(meeting, by=cast.kari, when=When(date=DAY + timedelta(days=1)))
    _calendar, (after,) = read(calendars.invitation(moved, now=now))
    assert (after["uid"], after["sequence"]) == (before["uid"], 1)
    assert after.start == DAY + timedelta(days=1)  # a whole day: no hour is set
    actions.cancel_meeting(moved, by=cast.kari)
    moved.refresh_from_db()
    calendar, (gone,) = read(calendars.invitation(moved, now=now))
    assert (calendar["method"], gone["status"], gone["sequence"]) == ("CANCEL", "CANCELLED", 2)


@pytest.mark.parametrize(("day", "utc"), [(date(2027, 1, 14), 9), (date(2027, 7, 14), 8)])
def test_ten_o_clock_is_ten_o_clock_in_winter_and_in_summer(cast, day, utc):
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=day, starts_at=time(10)))
    calendar, (event,) = read(calendars.feed("SSU", [meeting], now=timezone.now()))
    (zone,) = calendar.walk("VTIMEZONE")
    there = datetime.combine(day, time(10), zone.to_tz())  # by the file's own rules
    assert there.utcoffset() == timedelta(hours=10 - utc)
    assert event.start.astimezone(ZoneInfo("UTC")).hour == utc


def uids(answer) -> list[str]:
    return [str(event["uid"]).partition("@")[0] for event in read(answer.content)[1]]


def test_a_feed_has_ones_own_meetings_until_the_role_ends_or_it_is_taken_back(client, cast, meeting):
    theirs = actions.plan_meeting(cast.fsu, by=cast.kari, when=When(date=DAY))
    client.force_login(cast.ingrid)
    client.post("/arbeid/kalender/ny/")
    client.post("/arbeid/kalender/ny/", {"utvalg": "troms-og-ofoten/ssu"})
    assert client.post("/arbeid/kalender/ny/", {"utvalg": "troms-og-ofoten/fsu-bu"}).status_code == 403
    rows = client.get("/arbeid/kalender/").context["rows"]
    all_of_hers, of_ssu = (address.removeprefix("http://127.0.0.1:8000") for _c, _f, address in rows)
    client.logout()
    for address in (all_of_hers, of_ssu):
        assert uids(client.get(address)) == [f"mote-{meeting.pk}"]
        assert b"Hansen" not in client.get(address).content
    make.seat(cast.fsu, cast.ingrid)
    assert uids(client.get(all_of_hers)) == [f"mote-{meeting.pk}", f"mote-{theirs.pk}"]
    cast.ingrid.seats.update(end=timezone.localdate() - timedelta(days=1))
    assert uids(client.get(all_of_hers)) == uids(client.get(of_ssu)) == []
    client.force_login(cast.ingrid)
    client.post(f"/arbeid/kalender/{rows[0][1].pk}/trekk/")
    assert client.get(all_of_hers).status_code == 404


def test_a_deputys_calendar_has_the_meetings_they_are_called_to(cast, meeting):
    feed = actions.make_feed(cast.tove)
    assert feed_meetings(feed) == []
    call = meeting.calls.get(seat__user=cast.ingrid)
    actions.answer_call(call, by=cast.ingrid, reply="not_coming")
    assert feed_meetings(feed) == [meeting]
