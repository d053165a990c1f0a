"""«Vis tiltak» on a plan's page: what is chosen is an address, and says how much it leaves out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from plans import document as doc
from plans.actions import report_status
from plans.models import Item, Plan
from plans.narrowing import narrowed, responsible_of
from tests import make
from tests.people import Cast

YESTERDAY = timezone.localdate() - timedelta(days=1)


def measure(n: int, words: str = "SSU", **facts: object) -> doc.Measure:
    responsible = doc.Responsible(text=words, parties=tuple(words.split(", ")))
    return doc.Measure(key=f"m{n}", text=f"Tiltak {n}", html=f"Tiltak {n}", responsible=responsible, **facts)


def goal(n: int, *measures: doc.Measure, **facts: object) -> doc.Goal:
    return doc.Goal(key=f"g{n}", text=f"Mål {n}", html=f"Mål {n}", measures=measures, **facts)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Two chapters: in the first Tromsø's and SSU's, in the second one without a deadline."""
    late = doc.Deadline(text="i går", date=YESTERDAY.isoformat())
    later = doc.Deadline(text="i 2099", date="2099-12-31")
    sections = (
        doc.Section(
            key="s1",
            heading="Første",
            body="<p>Innledning.</p>",
            goals=(
                goal(1, measure(1, "Tromsø, SSU", deadline=late), measure(2, deadline=late)),
                goal(2, measure(3, "De frivillige", deadline=later), patient_groups=("barn_og_unge",)),
            ),
        ),
        doc.Section(key="s2", heading="Andre", goals=(goal(3, measure(4)),)),
    )
    plan = make.adopted(cast.ssu, by=cast.kari, slug="plan", sections=sections)
    document = plan.revisions.get().load()
    first = next(m for _s, _g, m in document.walk_measures())
    report_status(plan, Item.objects.get(pk=first.key), party=cast.ssu, value="ongoing", by=cast.kari)
    return plan


def shown(client: Client, plan: Plan, **query: str) -> list[str]:
    answer = client.get(plan.get_absolute_url(), query)
    assert answer.status_code == 200
    return [m.text for _s, _g, m in answer.context["document"].walk_measures()]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({"ansvarlig": "tromso"}, ["Tiltak 1"]),
        ({"ansvarlig": "ssu"}, ["Tiltak 1", "Tiltak 2", "Tiltak 4"]),
        ({"ansvarlig": "de-frivillige"}, ["Tiltak 3"]),
        ({"gruppe": "barn_og_unge"}, ["Tiltak 3"]),
        ({"status": "ongoing"}, ["Tiltak 1"]),
        ({"status": "ingen"}, ["Tiltak 2", "Tiltak 3", "Tiltak 4"]),
        ({"frist": "forsinket"}, ["Tiltak 1", "Tiltak 2"]),
        ({"frist": "2099"}, ["Tiltak 3"]),
        ({"frist": "ingen", "ansvarlig": "ssu"}, ["Tiltak 4"]),
        ({"frist": "forsinket", "status": "ingen"}, ["Tiltak 2"]),
        ({"utm_source": "nyhetsbrev"}, ["Tiltak 1", "Tiltak 2", "Tiltak 3", "Tiltak 4"]),
    ],
)
@pytest.mark.django_db
def test_what_is_chosen_is_shown(client: Client, plan: Plan, query: dict, texts: list[str]) -> None:
    assert shown(client, plan, **query) == texts


@pytest.mark.django_db
def test_it_says_how_much_is_left_out_and_leaves_the_text_out(client: Client, plan: Plan) -> None:
    answer = client.get(plan.get_absolute_url(), {"ansvarlig": "tromso"})
    assert "Viser 1 av 4 tiltak." in answer.text
    assert answer.context["narrow"].said == "Ansvarlig: Tromsø."
    assert "Innledning." not in answer.text


@pytest.mark.django_db
def test_a_choice_that_the_plan_does_not_offer_is_told_and_all_is_shown(client: Client, plan: Plan) -> None:
    answer = client.get(plan.get_absolute_url(), {"ansvarlig": "ukjent"})
    assert (answer.status_code, answer.context["shown"]) == (422, 4)
    assert "Rett opp dette" in answer.text


@pytest.mark.django_db
def test_as_many_queries_whatever_its_size(client: Client, cast: Cast) -> None:
    counts = []
    for number in (3, 300):
        plan = make.adopted(cast.ssu, by=cast.kari, slug=f"plan-{number}", measures=number)
        with CaptureQueriesContext(connection) as counted:
            assert len(shown(client, plan, ansvarlig="ssu")) == number
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 20


MEASURES = st.builds(doc.Measure, key=st.uuids().map(str), struck=st.booleans())
GOALS = st.builds(doc.Goal, key=st.just("g"), measures=st.lists(MEASURES, max_size=3).map(tuple))
SECTIONS = st.recursive(
    st.builds(doc.Section, key=st.just("s"), goals=st.lists(GOALS, max_size=2).map(tuple)),
    lambda below: st.builds(
        doc.Section,
        key=st.just("s"),
        goals=st.lists(GOALS, max_size=2).map(tuple),
        sections=st.lists(below, max_size=2).map(tuple),
    ),
    max_leaves=4,
)


@given(sections=st.lists(SECTIONS, max_size=3))
def test_exactly_the_measures_that_are_kept_in_their_order(sections: list[doc.Section]) -> None:
    document = doc.PlanDocument(sections=tuple(sections))
    left = narrowed(document, lambda _goal, found: found.struck)
    assert [m for _s, _g, m in left.walk_measures()] == [
        m for _s, _g, m in document.walk_measures() if m.struck
    ]
    assert all(goal.measures for _s, goal in left.walk_goals())


def test_a_responsible_has_one_name_in_an_address() -> None:
    tromso = doc.Body(kind="partner", key="tromso", name="Tromsø")
    words = doc.Responsible(
        text="Tromsø kommune og De frivillige", parties=("Tromsø kommune", "De frivillige"), bodies=(tromso,)
    )
    assert responsible_of(doc.Measure(key="m", responsible=words)) == {
        "tromso": "Tromsø",
        "de-frivillige": "De frivillige",
    }


def test_the_head_says_how_the_plan_goes_and_each_figure_leads_to_its_measures(
    client: Client, plan: Plan, cast: Cast
) -> None:
    second = list(plan.revisions.get().load().walk_measures())[1][2]
    report_status(plan, Item.objects.get(pk=second.key), party=cast.ssu, value="completed", by=cast.kari)
    page = client.get(plan.get_absolute_url())
    assert [(number, query) for number, _words, query in page.context["narrow"].numbers] == [
        (4, ""), (1, "status=completed"), (1, "frist=forsinket"),
    ]  # fmt: skip
    assert shown(client, plan, status="completed") == ["Tiltak 2"]
    assert shown(client, plan, frist="forsinket") == ["Tiltak 1"]


def test_a_measure_is_late_in_its_plan_though_nobody_has_reported_anything(
    client: Client, cast: Cast
) -> None:
    words = doc.Deadline(text="våren 2020")
    sections = (doc.Section(key="s1", heading="Første", goals=(goal(1, measure(1, deadline=words)),)),)
    plan = make.adopted(cast.ssu, by=cast.kari, slug="plan", sections=sections)
    text = " ".join(client.get(plan.get_absolute_url()).text.split())
    assert text.count("Fristen har gått ut, og ingen har meldt tiltaket gjennomført.") == 1
    assert 'våren 2020 <span class="own-words" lang="nb">til og med 20. juni 2020</span>' in text
