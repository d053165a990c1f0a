"""Atom feeds and calendars: what happened and what will, for everybody, of one community and of one body."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from lxml import etree

from committees.models import Meeting
from plans.actions import send_hearing
from plans.models import Adoption, StatusReport
from tests import make

from .conftest import SECRET, item_of, queries_of

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HERE = "/apne-data/troms-og-ofoten"


def entries(client: Client, path: str) -> list[tuple[str, str]]:
    """(title, link) of each."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = etree.fromstring(response.content)
    ids = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert len(ids) == len(set(ids))
    found = feed.xpath("//a:entry", namespaces=ATOM)
    return [
        (str(e.findtext("a:title", namespaces=ATOM)), str(e.find("a:link", ATOM).get("href"))) for e in found
    ]


def test_adoptions(client, world):
    told = ("SSU vedtok «Handlingsplan 2026»", "http://127.0.0.1:8000" + world.get_absolute_url() + "v1/")
    feeds = {
        "/apne-data/vedtatt.atom": [told],
        f"{HERE}/vedtatt.atom": [told],
        f"{HERE}/ansvarlig/ssu/vedtatt.atom": [told],
        f"{HERE}/ansvarlig/universitetssykehuset-nord-norge-hf/vedtatt.atom": [],
        "/apne-data/finnmark/vedtatt.atom": [],
    }
    assert {path: entries(client, path) for path in feeds} == feeds


def test_status(client, world):
    code = item_of(world, "Lage felles opplæring").code
    told = ("Tromsø: Pågår. Lage felles opplæring", f"http://127.0.0.1:8000/t/{code}")
    feeds = {
        "/apne-data/status.atom": [told],
        f"{HERE}/status.atom": [told],
        f"{HERE}/ansvarlig/tromso/status.atom": [told],
        f"{HERE}/ansvarlig/ssu/status.atom": [],
        "/apne-data/finnmark/status.atom": [],
    }
    assert {path: entries(client, path) for path in feeds} == feeds


def test_a_control_sign_in_what_was_reported_stops_no_feed(client, cast, world):
    report = {"party_name": "SSU", "value": "ongoing", "as_of": timezone.localdate(), "by": cast.kari}
    item = item_of(world, "Møtes hver måned")
    StatusReport.objects.create(plan=world, item=item, words="Det\x0bgår", **report)
    assert len(entries(client, "/apne-data/status.atom")) == 2
    assert "Det går" in client.get("/apne-data/status.atom").content.decode()


def test_each_feed_is_itself_and_says_its_licence(client, cast, world):
    """Readers know a feed by its id; a summary is text, whatever signs are in it."""
    StatusReport.objects.create(
        plan=world,
        item=item_of(world, "Lage felles opplæring"),
        partner=cast.tromso,
        party_name="Tromsø",
        by=cast.aslak,
        value="ongoing",
        words="a < b & <c>",
        as_of=timezone.localdate(),
    )
    ids = set()
    for path in ("/apne-data/vedtatt.atom", "/apne-data/status.atom", f"{HERE}/status.atom"):
        feed = etree.fromstring(client.get(path).content)
        ids.add(feed.findtext("a:id", namespaces=ATOM))
        assert [link.get("rel") for link in feed.findall("a:link", ATOM)] == ["alternate", "self", "license"]
    assert len(ids) == 3
    summary = feed.find("a:entry/a:summary", ATOM)
    assert summary.get("type") == "html"
    assert summary.text.startswith("«a &lt; b &amp; &lt;c&gt;» Meldt")


def test_hearings_that_are_listed_and_those_alone(client, cast):
    facts: dict[str, Any] = {"by": cast.kari, "deadline": timezone.localdate(), "parties": [cast.tromso]}
    hearing = send_hearing(cast.draft, name="Til høring", open_to_all=True, listed=True, **facts)
    told = ("På høring: «Handlingsplan 2027»", f"http://127.0.0.1:8000{hearing.get_open_url()}")
    for path in ("/apne-data/horinger.atom", f"{HERE}/ansvarlig/tromso/horinger.atom"):
        assert entries(client, path) == [told]
    assert entries(client, f"{HERE}/ansvarlig/ssu/horinger.atom") == []
    type(hearing).objects.update(listed=False)
    assert entries(client, "/apne-data/horinger.atom") == []


def test_a_feed_that_has_nothing_new_is_not_sent_again(client, world):
    for path in ("/apne-data/vedtatt.atom", "/apne-data/horinger.atom"):
        first = client.get(path)
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_feeds_that_are_not_there(client, world):
    for path in ("alt.atom", "ingen/vedtatt.atom", "troms-og-ofoten/ansvarlig/ingen/vedtatt.atom"):
        assert client.get(f"/apne-data/{path}").status_code == 404


def test_a_feed_takes_as_many_queries_whatever_is_in_it(client, cast, world):
    paths = [f"{HERE}/{kind}.atom" for kind in ("vedtatt", "status", "horinger")]
    few = queries_of(client, paths)
    assert max(few.values()) <= 10
    for n in range(3):
        make.adopted(cast.ssu, by=cast.kari, slug=f"fler-{n}")
    assert Adoption.objects.count() == 5
    assert queries_of(client, paths) == few


# --- calendars ---


def events(client: Client, path: str) -> list[Any]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_public_calendar_tells_when_and_where_and_no_more(client, world):
    *_before, coming = events(client, f"{HERE}/moter.ics")
    day = timezone.localdate() + timedelta(days=30)
    told = {name: str(coming.get(name)) for name in ("SUMMARY", "LOCATION", "STATUS", "URL", "DESCRIPTION")}
    assert coming.decoded("dtstart") == day
    assert told == {
        "SUMMARY": "Møte i SSU",
        "LOCATION": "Rådhuset",
        "STATUS": "CONFIRMED",
        "URL": "http://127.0.0.1:8000/troms-og-ofoten/",
        "DESCRIPTION": "Strategisk samarbeidsutvalg\nHelsefellesskapet Troms og Ofoten",
    }
    text = client.get(f"{HERE}/moter.ics").content.decode()
    assert [hidden for hidden in ("video.example", "/arbeid/", "ATTENDEE", SECRET) if hidden in text] == []


def test_a_committee_has_its_own_and_a_cancelled_meeting_stays(client, cast, world):
    Meeting.objects.filter(date__gt=timezone.localdate()).update(state=Meeting.State.CANCELLED)
    assert [str(e["STATUS"]) for e in events(client, f"{HERE}/ssu/moter.ics")][-1] == "CANCELLED"
    assert events(client, f"{HERE}/fsu-bu/moter.ics") == []
    assert client.get(f"{HERE}/nix/moter.ics").status_code == 404


def test_a_calendar_is_sent_once_a_day(client, world):
    first = client.get(f"{HERE}/moter.ics")
    assert client.get(f"{HERE}/moter.ics", headers={"if-none-match": first["ETag"]}).status_code == 304
