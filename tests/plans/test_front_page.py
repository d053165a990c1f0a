"""The front page: what was adopted lately, and the nineteen on a map that says the same as the list."""

import csv
from datetime import timedelta
from itertools import combinations
from math import dist

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from plans.actions import withdraw
from plans.community_map import HEIGHT, PLACES, WIDTH, circles
from tests import make
from tests.people import Cast

TODAY = timezone.localdate()


def adopted(cast: Cast, days_ago: int):
    return make.adopted(cast.ssu, by=cast.kari, slug=f"plan-{days_ago}", day=TODAY - timedelta(days=days_ago))


@pytest.mark.django_db
def test_what_was_adopted_lately_newest_first_and_never_what_was_taken_down(
    client: Client, cast: Cast
) -> None:
    for days_ago in (30, 400, 2, 10):
        adopted(cast, days_ago)
    withdraw(adopted(cast, 1), by=cast.kari, reason="Måtte ned.")
    shown = [standing.plan.slug for standing in client.get("/").context["adopted"]]
    assert shown == ["plan-2", "plan-10", "plan-30"]


@pytest.mark.django_db
def test_as_many_queries_however_many_plans(client: Client, cast: Cast) -> None:
    counts = []
    for number in (1, 6):
        adopted(cast, number)
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 15


@pytest.mark.django_db
def test_the_map_leads_where_the_list_does(client: Client) -> None:
    call_command("load_communities", verbosity=0)
    page = html.document_fromstring(client.get("/").content)
    of_map = set(page.xpath("//*[@class='community-map']//a/@href"))
    of_list = set(page.xpath("//*[@class='communities']/ul//h3/a/@href"))
    assert of_map == of_list
    assert len(of_map) == 19


def test_every_community_has_its_own_room_on_the_map() -> None:
    with (settings.BASE_DIR / "partners/data/helsefellesskap.csv").open() as file:
        names = {row["slug"]: row["navn"] for row in csv.DictReader(file)}
    assert names.keys() == PLACES.keys()
    drawn = circles((slug, name, 42, True) for slug, name in names.items())  # the largest there is
    assert all(c.radius <= c.x <= WIDTH - c.radius and c.radius <= c.y <= HEIGHT - c.radius for c in drawn)
    with (settings.BASE_DIR / "partners/data/kommuner.csv").open() as file:
        of = [row["helsefellesskap"] for row in csv.DictReader(file)]
    real = circles((slug, name, of.count(slug), True) for slug, name in names.items())
    assert [
        (a.slug, b.slug)
        for a, b in combinations(real, 2)
        if dist((a.x, a.y), (b.x, b.y)) <= a.radius + b.radius
    ] == []
