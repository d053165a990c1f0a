"""veraPDF's engine finds the minutes, their extracts and papers with what is to be done to be PDF/A-2a and
PDF/UA-1; their pages are valid HTML and axe finds nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from committees import actions
from committees.actions import Point, ToDo, When
from committees.models import Case, FollowUp, Meeting, Minutes
from tests import make
from tests.people import Cast

pytestmark = [pytest.mark.conformance, pytest.mark.django_db]
TODAY = timezone.localdate()


@pytest.fixture
def held(cast: Cast) -> Meeting:
    """SSU met today, with something to do from each case, from none, and from a meeting last month."""
    early, meeting = (
        actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY - timedelta(days=days)))
        for days in (30, 0)
    )
    follow_up(cast, early, "Noe fra før 😀")
    for facts in (
        {"title": "Økonomi på tvers 😀"},
        {"title": "Personalsak", "access": "restricted", "legal_basis": "offl. § 13"},
    ):
        case = actions.write_case(cast.ssu, by=cast.kari, facts=facts)
        item = actions.put_on_agenda(meeting, case)
        leader = cast.ssu.seats.get(role="leader")
        actions.record_attendance([item], by=cast.kari, present={leader: None})
        points = [Point(verb="takes_note", wording="Notert.\n\nOg mer.", reason="Fordi.") for _ in range(3)]
        actions.decide(item, by=cast.kari, points=points)
        follow_up(cast, meeting, "Lag budsjett\nog send det", case=case)
    follow_up(cast, meeting, "Finn nytt sted")
    actions.write_minutes(meeting, by=cast.kari, version=0, opening="Velkommen.", closing="Takk for nå.")
    return Meeting.objects.get(pk=meeting.pk)


def follow_up(cast: Cast, meeting: Meeting, what: str, case: Case | None = None) -> FollowUp:
    to_do = ToDo(what=what, responsible=cast.tromso, due=TODAY, case=case)
    return actions.write_follow_up(meeting, by=cast.kari, to_do=to_do)


def test_the_minutes_their_extracts_and_the_next_papers_conform(
    client: Client, cast: Cast, held: Meeting, verapdf: Callable[..., None], tmp_path: Path
) -> None:
    make.approved(held)
    after = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY + timedelta(days=30)))
    items = list(held.agenda.all())
    client.force_login(cast.ingrid)
    work = held.get_absolute_url()
    secret = items[1].case
    made = {
        "minutes": Minutes.objects.get().file.read(),
        "extract": items[0].extract.read(),
        "nothing": items[1].extract.read(),
        "own": client.get(f"{work}protokoll/sak/{secret.year}-{secret.number}/utskrift.pdf").content,
        "papers": client.get(f"{after.get_absolute_url()}papirer.pdf").content,
    }
    files = []
    for name, data in made.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(data)
    verapdf(*files, flavours="2a,ua1")


def test_pages_are_valid_html_and_axe_finds_nothing(
    live_server, new_page, axe: Callable[..., None], client: Client, cast, held, vnu: Callable[[bytes], None]
) -> None:
    client.force_login(cast.kari)
    item = FollowUp.objects.get(what__startswith="Noe fra før")
    work, case = held.get_absolute_url(), held.agenda.all()[0].case
    pages = [
        *(work, f"{work}protokoll/", f"{work}papirer/", f"{work}oppfolging/ny/"),
        *(f"{work}sak/{case.year}-{case.number}/", f"{cast.ssu.get_work_url()}oppfolging/"),
        *(item.get_absolute_url(), f"{item.get_absolute_url()}endre/"),
    ]
    for path in pages:
        vnu(client.get(path).content)
    make.approved(held)
    public = f"/troms-og-ofoten/utvalg/ssu/moter/{TODAY}/protokoll/"
    pages = [f"{place}protokoll/sak/{case.year}-{case.number}/" for place in (work, public[:-10])]
    pages += [public, f"{work}protokoll/"]
    for path in pages:
        vnu(client.get(path).content)
    page = new_page(width=390)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    for path in (*pages, work, item.get_absolute_url(), f"{item.get_absolute_url()}endre/"):
        page.goto(path)
        axe(page)
