"""What is open of a small world: a plan in force with a late measure and a report, and a secret."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.actions import When, plan_meeting
from partners.actions import write_agreement
from partners.models import User
from plans import document as doc
from plans.actions.translate_plan import publish_translation, save_translation, translate_plan
from plans.models import Item, Plan, Publication, RevisionItem, StatusReport, Translation
from plans.queries import part_to_translate
from plans.translating import state_of
from tests import make
from tests.people import Cast

BASE = "/api/v1"
SECRET = "Historien om naboen"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Adopted by SSU yesterday and public: SSU's measure, Tromsø's late one, one for frail elderly people."""
    rows = (
        doc.Measure(
            key="m1",
            label="a",
            text="Møtes hver måned",
            html="Møtes hver måned",
            responsible=doc.Responsible(text="SSU", parties=("SSU",)),
        ),
        doc.Measure(
            key="m2",
            label="b",
            text="Lage felles opplæring",
            html="Lage felles opplæring",
            responsible=doc.Responsible(text="Tromsø", parties=("Tromsø",)),
            deadline=doc.Deadline(text="januar 2024", date="2024-01-31"),
        ),
        doc.Measure(
            key="m3",
            label="c",
            text="Besøke hjemme",
            html="Besøke <strong>hjemme</strong>",
            status=doc.Status(text="pågående", value="ongoing"),
            patient_groups=("frail_elderly",),
        ),
    )
    goal = doc.Goal(key="g1", text="Trygge overganger", html="Trygge overganger", measures=rows)
    sections = (doc.Section(key="s1", number="1", heading="Samhandling", goals=(goal,)),)
    plan = make.adopted(cast.ssu, by=cast.kari, slug="handlingsplan-2026", sections=sections)
    report = {"value": "ongoing", "words": "Vi er i gang", "as_of": timezone.localdate()}
    StatusReport.objects.create(
        plan=plan,
        item=item_of(plan, "Lage felles opplæring"),
        partner=cast.tromso,
        party_name="Tromsø",
        by=cast.aslak,
        **report,
    )
    return plan


def item_of(plan: Plan, text: str) -> Item:
    """The item of the measure with this text, in the plan's newest version."""
    revision = plan.revisions.order_by("-number").first()
    assert revision
    (key,) = [measure.key for _s, _g, measure in revision.load().walk_measures() if measure.text == text]
    return RevisionItem.objects.get(revision=revision, item=key).item


def english(plan: Plan, by: User) -> Translation:
    """Its title in English, public; the rest is not translated."""
    translation = translate_plan(plan, by=by, language="en")
    part = part_to_translate(translation, "")
    texts = {("", "title"): "Action plan 2026"}
    save_translation(translation, by=by, key="", texts=texts, seen=state_of(part))
    publish_translation(translation, by=by, public=True)
    return translation


@pytest.fixture
def world(cast: Cast, plan: Plan) -> Plan:
    """The plan, with a meeting to come, an agreement, a draft, and a plan that is public next week."""
    day = timezone.localdate() + timedelta(days=30)
    plan_meeting(
        cast.ssu, by=cast.kari, when=When(date=day, place="Rådhuset", link="https://video.example/1")
    )
    write_agreement(
        cast.troms,
        by=cast.kari,
        facts={"kind": "cooperation", "title": "Samarbeidsavtalen"},
        parties=[cast.tromso],
    )
    english(plan, cast.kari)
    later = make.adopted(cast.ssu, by=cast.kari, slug="neste-uke", title=SECRET)
    week = timezone.localdate() + timedelta(days=7)
    Publication.objects.filter(revision__plan=later).update(published_from=week)
    return plan


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(BASE + path)
    assert response.status_code == status, response.content
    return response.json()


def queries_of(client: Client, paths: Sequence[str]) -> dict[str, int]:
    """Address → how many queries it takes."""
    found = {}
    for path in paths:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        found[path] = len(asked)
    return found


def walk(client: Client, path: str, way: str = "next") -> list[dict[str, Any]]:
    """All items, page by page, in the order in which they came."""
    items = []
    while path:
        page = get(client, path)
        items += page["items"] if way == "next" else page["items"][::-1]
        path = (page[way] or "").partition(BASE)[2]
    return items
