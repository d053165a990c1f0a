"""Committees' papers are PDF/A-2a and PDF/UA-1 by veraPDF's engine, and their pages valid HTML."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from committees import actions
from committees.actions import When
from committees.models import Meeting
from plans.actions import freeze_named, lay_in_case
from plans.snapshot import to_draft
from tests.people import Cast
from tests.plans.exporters import samples

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Three cases: one with two plans, one restricted, one with nothing but its title."""
    day = timezone.localdate() + timedelta(days=60)
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=day, place="Tromsø"))
    texts = dict.fromkeys(("background", "presentation", "conclusion"), "Et avsnitt 😀\nto linjer\n\nčáđŋ")
    secret = {"access": "restricted", "legal_basis": "offentleglova § 13"}
    for facts in (
        {"title": "Planer"} | texts,
        {"title": "Personal"} | secret | texts,
        {"title": "Eventuelt"},
    ):
        case = actions.write_case(cast.ssu, by=cast.kari, facts=facts)
        actions.add_to_agenda(meeting, case, by=cast.kari)
    for n, document in enumerate((samples.table_plan(), samples.strategy())):
        plan = to_draft(document, community=cast.troms, by=cast.kari, slug=f"plan-{n}")
        revision = freeze_named(plan, by=cast.kari, name="til SSU")
        lay_in_case(meeting.agenda.first().case, by=cast.kari, revision=revision)
    actions.call_meeting(meeting, by=cast.kari)
    actions.send_papers(meeting, by=cast.kari)
    return meeting


def test_papers_conform(
    client: Client, cast: Cast, meeting: Meeting, verapdf: Callable[..., None], tmp_path: Path
) -> None:
    files = []
    case = meeting.agenda.first().case
    for who, page in (
        ("ingrid", f"{meeting.get_absolute_url()}papirer.pdf"),
        ("gunn", f"{meeting.get_absolute_url()}papirer.pdf"),
        ("kari", f"{case.get_absolute_url()}sak.pdf"),
    ):
        client.force_login(getattr(cast, who))
        files.append(tmp_path / f"{who}.pdf")
        files[-1].write_bytes(client.get(page).content)
    verapdf(*files, flavours="2a,ua1")


def test_pages_are_valid_html(
    client: Client, cast: Cast, meeting: Meeting, vnu: Callable[[bytes], None]
) -> None:
    case = meeting.agenda.first().case
    work = cast.ssu.get_work_url()
    case_page = case.get_absolute_url()
    client.force_login(cast.kari)
    form = {"title": "Mitt", "conclusion_heading": "x", "access": "public", "version": "1"}
    actions.edit_case(case, by=cast.kari, version=1, facts={"background": "Ditt"})
    for page in (
        *(work, f"{work}regler/", f"{work}moter/ny/", f"{work}saker/ny/"),
        *(meeting.get_absolute_url(), f"{meeting.get_absolute_url()}papirer/"),
        *(case_page, f"{case_page}endre/", f"{case_page}vedlegg/", f"{case_page}planer/"),
    ):
        answer = client.get(page)
        assert answer.status_code == 200, page
        vnu(answer.content)
    vnu(client.post(f"{case_page}endre/", form).content)
    vnu(client.post(f"{case_page}endre/", form | {"title": ""}).content)


def test_pages_are_accessible(
    live_server, new_page, axe: Callable[..., None], client: Client, cast: Cast, meeting: Meeting
) -> None:
    client.force_login(cast.ingrid)
    cookie = client.cookies["sessionid"].value
    page = new_page(width=390)
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    case = meeting.agenda.first().case
    for path in (
        *(cast.ssu.get_work_url(), meeting.get_absolute_url(), f"{meeting.get_absolute_url()}papirer/"),
        case.get_absolute_url(),
    ):
        page.goto(path)
        axe(page)
