"""Embeds: what partners' own sites show of a measure and of a plan, in a frame, without script."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from plans.actions import withdraw
from plans.models import StatusReport
from tests import make

from .conftest import item_of

pytestmark = pytest.mark.django_db
PLAN = "/embed/plan/troms-og-ofoten/handlingsplan-2026/"


def words(client: Client, path: str, status: int = 200) -> str:
    """What one reads in the frame, on one line."""
    response = client.get(path)
    assert response.status_code == status
    main = re.search(r"<main>(.*)</main>", response.content.decode(), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main[1]))).strip()


def reports(plan: Any, text: str, by: Any, *said: tuple[str, str]) -> None:
    for party, value in said:
        facts = {"party_name": party, "value": value, "as_of": timezone.localdate(), "by": by}
        StatusReport.objects.create(plan=plan, item=item_of(plan, text), **facts)


def test_a_measure_with_who_is_responsible_and_what_they_say(client, world):
    code = item_of(world, "Lage felles opplæring").code
    told = words(client, f"/embed/t/{code}")
    assert told.startswith(
        "Tiltak i Handlingsplan 2026 , Helsefellesskapet Troms og Ofoten b) Lage felles opplæring"
    )
    for part in (
        "Mål Trygge overganger",
        "Ansvarlig Tromsø",
        "Frist januar 2024",
        "Tromsø: pågår «Vi er i gang» sist bekreftet",
        "Fristen har gått ut, og ingen har meldt tiltaket gjennomført.",
    ):
        assert part in told
    assert "Ingen har meldt status." in words(client, f"/embed/t/{item_of(world, 'Møtes hver måned').code}")


def test_how_it_goes_with_a_plan_is_what_was_reported_and_nothing_else(client, cast, world):
    """The third measure says «pågående» in the plan itself: that is no report."""
    reports(world, "Møtes hver måned", cast.kari, ("UNN", "completed"), ("Tromsø", "postponed"))
    told = words(client, PLAN)
    assert "3 tiltak, etter det de ansvarlige sist meldte:" in told
    assert "Pågår: 1 Partene melder ulikt: 1 Ingen har meldt status: 1 Ett tiltak er forsinket" in told
    bar = re.findall(r'class="(\w+)" x="([\d.]+)" y="0" width="([\d.]+)"', client.get(PLAN).content.decode())
    assert bar == [("ongoing", "0.00", "33.33"), ("differs", "33.33", "33.33"), ("silent", "66.67", "33.33")]


@pytest.mark.parametrize("path", ["plan", "measure", "gone"])
def test_these_alone_may_stand_in_a_frame_and_they_run_nothing(client, world, path):
    code = item_of(world, "Møtes hver måned").code
    response = client.get({"plan": PLAN, "measure": f"/embed/t/{code}", "gone": "/embed/t/finnesikke"}[path])
    policy = response["Content-Security-Policy"]
    assert set(policy.split("; ")) == {
        "default-src 'none'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    }
    assert "X-Frame-Options" not in response.headers
    text = response.content.decode()
    assert ("<script" in text, " style=" in text, "csrf" in text, response.cookies) == (
        False,
        False,
        False,
        {},
    )
    assert len(text) < 5_000
    page = client.get(world.get_absolute_url())
    assert (page["X-Frame-Options"], "frame-ancestors 'none'" in page["Content-Security-Policy"]) == (
        "DENY",
        True,
    )


def test_every_link_leaves_the_frame(client, world):
    code = item_of(world, "Møtes hver måned").code
    text = "".join(client.get(path).content.decode() for path in (PLAN, f"/embed/t/{code}"))
    links = re.findall(r"<a [^>]*>", text)
    assert len(links) >= 3
    assert [link for link in links if 'target="_top"' not in link] == []


def test_what_is_withdrawn_says_so_in_the_frame(client, cast, world):
    code = item_of(world, "Møtes hver måned").code
    withdraw(world, by=cast.kari, reason="Planen fortalte om en enkeltperson.")
    for path in (PLAN, f"/embed/t/{code}"):
        told = words(client, path, status=410)
        assert told == "Planen er trukket tilbake Begrunnelse: Planen fortalte om en enkeltperson."


def test_a_frame_is_not_sent_again_and_takes_as_many_queries(client, cast, world, django_assert_num_queries):
    first = client.get(PLAN)
    assert client.get(PLAN, headers={"if-none-match": first["ETag"]}).status_code == 304
    make.adopted(cast.ssu, by=cast.kari, slug="stor", measures=40)
    for path in (PLAN, "/embed/plan/troms-og-ofoten/stor/"):
        with django_assert_num_queries(7):
            client.get(path)
