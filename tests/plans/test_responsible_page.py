"""What a party has taken on: in honest groups, with its own last word, and late as everywhere."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from committees.models import Seat
from partners.models import RoleParty
from plans import document as doc
from plans.actions import report_status
from plans.duties import Holder, group_of, is_all_municipalities, is_jointly
from plans.models import Item, Plan
from tests import make
from tests.people import Cast

UNN = "universitetssykehuset-nord-norge-hf"
YESTERDAY = timezone.localdate() - timedelta(days=1)


def measure(n: int, words: str, due: date | None = None, **facts: object) -> doc.Measure:
    deadline = doc.Deadline(text=f"innen {due:%d.%m.%Y}", date=due.isoformat()) if due else None
    text = f"Tiltak {n}"
    responsible = doc.Responsible(text=words, parties=tuple(words.split(", ")))
    return doc.Measure(key=f"m{n}", text=text, html=text, responsible=responsible, deadline=deadline, **facts)


def adopted(cast: Cast, *measures: doc.Measure, **facts: object) -> Plan:
    goal = doc.Goal(key="g", text="Målet", html="Målet", measures=measures)
    sections = (doc.Section(key="s", heading="Kapittel", goals=(goal,)),)
    facts = {"slug": "plan-2026", "by": cast.kari, **facts}
    return make.adopted(cast.ssu, sections=sections, **facts)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Tromsø by name, as one of the kommuner, through SSU, and in what is nobody's."""
    everyone = RoleParty.objects.create(community=cast.troms, abbreviation="Felles", name="alle i fellesskap")
    everyone.members.set([cast.unn, cast.tromso])
    seat = make.seat(cast.ssu, side=Seat.Side.MUNICIPALITY)
    seat.represents.add(cast.tromso)
    return adopted(
        cast,
        measure(1, "Tromsø kommune, SSU", YESTERDAY),
        measure(2, "UNN, kommunene"),
        measure(3, "SSU", YESTERDAY),
        measure(4, "Felles"),
        measure(5, "FSU BU"),
        measure(6, "Tromsø", struck=True),
    )


def page(client: Client, slug: str = "tromso", **query: str):
    return client.get(reverse("responsible_page", args=["troms-og-ofoten", slug]), query)


def shown(answer) -> dict[str, list[str]]:
    return {group: [duty.measure.text for duty in rows] for group, _heading, rows in answer.context["groups"]}


def said(answer) -> dict[str, list[str]]:
    duties = answer.context["duties"].all
    return {duty.measure.text: [report.value for report in duty.reports] for duty in duties}


def item_of(plan: Plan, text: str) -> Item:
    document = plan.revisions.get().load()
    return Item.objects.get(pk=next(m.key for _s, _g, m in document.walk_measures() if m.text == text))


@pytest.mark.django_db
def test_three_honest_groups_and_felles_is_nobodys(client: Client, plan: Plan) -> None:
    answer = page(client)
    assert shown(answer) == {"named": ["Tiltak 1"], "covered": ["Tiltak 2"], "through": ["Tiltak 3"]}
    assert answer.context["duties"].jointly == 1
    assert shown(page(client, UNN))["named"] == ["Tiltak 2"]
    assert shown(page(client, "ssu")) == {"named": ["Tiltak 1", "Tiltak 3"]}
    assert shown(page(client, "felles")) == {"named": ["Tiltak 4"]}
    assert page(client, "ukjent").status_code == 404


@pytest.mark.django_db
def test_status_is_this_partys_own_and_through_a_committee_the_committees(
    client: Client, cast: Cast, plan: Plan
) -> None:
    item = item_of(plan, "Tiltak 1")
    report_status(plan, item, party=cast.ssu, value="completed", by=cast.kari)
    report_status(plan, item_of(plan, "Tiltak 3"), party=cast.ssu, value="ongoing", by=cast.kari)
    answer = page(client)
    assert said(answer) == {"Tiltak 1": [], "Tiltak 2": [], "Tiltak 3": ["ongoing"]}
    # Somebody reported the first one done, so nobody is late with it.
    assert [duty.measure.text for duty in answer.context["duties"].all if duty.late] == ["Tiltak 3"]


@pytest.mark.django_db
def test_who_is_responsible_is_spelled_out(client: Client, cast: Cast) -> None:
    """«Personalsjefene» alone would not say why the measure is every kommune's."""
    heads = doc.Abbreviation(short="PS", long="personalsjefene i UNN og kommunene")
    adopted(cast, measure(1, "PS, Tromsø"), measure(2, "Tromsø kommune"), abbreviations=(heads,))
    spelled = re.findall(r'class="spelled-out">(.*?)</span>', page(client).text)
    assert spelled == ["personalsjefene i UNN og kommunene"]


@pytest.mark.django_db
def test_what_is_chosen_has_an_address(client: Client, cast: Cast, plan: Plan) -> None:
    report_status(plan, item_of(plan, "Tiltak 1"), party=cast.tromso, value="ongoing", by=cast.kari)

    def texts(**query: str) -> list[str]:
        return [duty.measure.text for duty in page(client, **query).context["shown"]]

    assert texts(status="ongoing") == ["Tiltak 1"]
    assert texts(status="ingen") == ["Tiltak 2", "Tiltak 3"]
    assert texts(forsinket="on", status="ingen") == ["Tiltak 3"]
    assert texts(plan="plan-2026") == ["Tiltak 1", "Tiltak 2", "Tiltak 3"]
    wrong = page(client, status="kanskje")
    assert (wrong.status_code, len(wrong.context["shown"])) == (422, 3)


@pytest.mark.django_db
def test_a_plan_whose_time_is_over_is_shown_when_asked_for(client: Client, cast: Cast) -> None:
    period = doc.Period(start="2020-01-01", end="2020-12-31")
    adopted(cast, measure(1, "UNN"), slug="plan-2020", period=period, day=date(2020, 1, 1))
    assert shown(page(client, UNN))["named"] == []
    for chosen in ("alle", "plan-2020"):
        assert shown(page(client, UNN, plan=chosen))["named"] == ["Tiltak 1"]


@pytest.mark.django_db
def test_a_kommune_leads_to_what_it_has_taken_on(client: Client, cast: Cast, plan: Plan) -> None:
    answer = client.get(reverse("municipality_page", args=["tromso"]))
    ((membership, plans, duties),) = answer.context["places"]
    assert (membership.community, [p.plan for p in plans]) == (cast.troms, [plan])
    assert (len(duties.all), duties.late) == (3, 2)
    assert reverse("responsible_page", args=["troms-og-ofoten", "tromso"]) in answer.text


@pytest.mark.django_db
def test_as_many_queries_whatever_its_size(client: Client, cast: Cast) -> None:
    counts = []
    for number in (3, 300):
        adopted(cast, *(measure(n, "Tromsø, SSU") for n in range(number)), slug=f"plan-{number}")
        with CaptureQueriesContext(connection) as counted:
            assert len(page(client, plan=f"plan-{number}").context["shown"]) == number
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(
    ("words", "all_of_them"),
    [
        ("kommunene", True),
        ("Alle kommunene", True),
        ("kommunane i Helsefellesskapet Førde", True),
        ("hver kommune", True),
        ("Tromsø kommune", False),
        ("involverte kommuner", False),
        ("fylkeskommunen", False),
    ],
)
def test_which_words_mean_all_municipalities(words: str, all_of_them: bool) -> None:
    assert is_all_municipalities(words) is all_of_them


BODIES = st.builds(
    doc.Body,
    kind=st.sampled_from(["committee", "partner", "role"]),
    key=st.sampled_from(["1", "ssu", "tromso"]),
    name=st.sampled_from(["Felles", "SEKR", "SSU"]),
)


@given(bodies=st.lists(BODIES, max_size=4))
def test_only_ones_own_name_is_named(bodies: list[doc.Body]) -> None:
    holder = Holder(kind="partner", key="tromso", roles=frozenset({"1"}), committees=frozenset({"ssu"}))
    responsible = doc.Responsible(text="", parties=tuple(b.name for b in bodies), bodies=tuple(bodies))
    found = doc.Measure(key="m", responsible=responsible)
    group = group_of(found, holder)
    assert (group == "named") is any((b.kind, b.key) == ("partner", "tromso") for b in bodies)
    if all(b.kind == "role" and b.name == "Felles" for b in bodies):
        assert group is None
    assert is_jointly(found) is any(b.name == "Felles" for b in bodies)
