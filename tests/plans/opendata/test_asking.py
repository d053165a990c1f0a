"""What can be asked for: filters, states, pages; and what cannot be read is refused in a sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from plans.actions import DecisionFacts, adopt, publish_received
from plans.models import Plan
from plans.opendata.api.plans import STATES
from tests import make

from .conftest import BASE, get, walk

pytestmark = pytest.mark.django_db


# A list, a filter that finds something in it, and one that does not.
FILTERS = [
    ("/communities", "partner=tromso", "partner=ingen"),
    ("/committees", "community=troms-og-ofoten", "community=ingen"),
    ("/agreements", "community=troms-og-ofoten", "community=finnmark"),
    ("/agreements", "kind=cooperation", "kind=guideline"),
    ("/agreements", "partner=tromso", "partner=ingen"),
    ("/plans", "community=troms-og-ofoten", "community=finnmark"),
    ("/plans", "kind=action_plan", "kind=strategy"),
    ("/plans", "responsible=tromso", "responsible=ingen"),
    ("/versions", "community=troms-og-ofoten", "community=finnmark"),
    ("/versions", "plan=troms-og-ofoten/handlingsplan-2026", "plan=finnmark/handlingsplan-2026"),
    ("/versions", "plan=troms-og-ofoten/handlingsplan-2026", "plan=troms-og-ofoten/ingen"),
    ("/decisions", "community=troms-og-ofoten", "community=finnmark"),
    ("/decisions", "committee=troms-og-ofoten/ssu", "committee=troms-og-ofoten/ingen"),
    ("/decisions", "plan=troms-og-ofoten/handlingsplan-2026", "plan=finnmark/handlingsplan-2026"),
    ("/decisions", "verb=adopts", "verb=returns"),
    ("/decisions", "date_from=2020-01-01", "date_from=2890-01-01"),
    ("/decisions", "date_to=2890-01-01", "date_to=2020-01-01"),
    ("/meetings", "community=troms-og-ofoten", "community=finnmark"),
    ("/meetings", "committee=troms-og-ofoten/ssu", "committee=finnmark/ssu"),
    ("/meetings", "state=planned", "state=cancelled"),
    ("/meetings", "date_from=2020-01-01", "date_from=2890-01-01"),
    ("/meetings", "date_to=2890-01-01", "date_to=2020-01-01"),
]


def test_a_filter_finds_what_fits_and_leaves_out_what_does_not(client, world):
    for path, finds, leaves_out in FILTERS:
        found = get(client, f"{path}?{finds}")
        assert (found["count"], bool(found["items"])) == (len(found["items"]), True), (path, finds)
        left = get(client, f"{path}?{leaves_out}")
        assert (left["items"], left["count"]) == ([], 0), (path, leaves_out)


def test_past_the_end_one_is_led_back_to_the_last_page(client, world):
    page = get(client, "/communities?limit=2&offset=100")
    assert (page["items"], page["next"]) == ([], None)
    back = get(client, page["previous"].partition(BASE)[2])
    assert back["items"] == walk(client, "/communities?limit=2")[-2:]


def test_a_list_of_one_state_is_what_the_plans_say_of_themselves(client, cast, world):
    """The database and `state_on` count alike: plans of every state, and some with a year between."""
    yesterday = timezone.localdate() - timedelta(days=1)
    year = timedelta(days=365)

    def adopted(slug: str, in_force_from: date = yesterday, **facts: Any) -> Plan:
        draft = make.draft(cast.troms, by=cast.kari, slug=slug)
        decided = {"meeting_date": yesterday, "case_number": f"{draft.pk}-2026", "case_title": slug}
        decision = DecisionFacts(committee=cast.ssu, wording="Planen vedtas.", **decided, **facts)
        adopt(draft, by=cast.kari, facts=decision, in_force_from=in_force_from, published_from=yesterday)
        return draft

    Plan.objects.filter(pk=world.pk).update(follows=adopted("gammel"))
    Plan.objects.filter(pk=adopted("ute").pk).update(period_end=yesterday - year)
    adopted("kommer", in_force_from=yesterday + year)
    adopted("forelopig", provisional_until="til PM har sagt sitt")
    received = make.draft(cast.troms, by=cast.kari, slug="mottatt")
    publish_received(received, by=cast.kari, published_from=yesterday)
    told = get(client, "/plans")["items"]
    assert {plan["state"] for plan in told} == set(STATES)
    for state in STATES:
        fitting = [plan for plan in told if plan["state"] == state]
        assert get(client, f"/plans?state={state}")["items"] == fitting


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("plans?comunity=x", "Parameteren «comunity» finnes ikke her. Disse finnes: community, kind"),
        ("plans?limit=0", "«0» kan ikke brukes i parameteren «limit». Den tar et helt tall fra 1 til 200."),
        ("plans?state=gammel", "Den tar: in_force, provisional, upcoming, superseded, expired, received."),
        ("plans?updated_since=i+går", "Den tar en dato eller et tidspunkt, som 2026-03-12"),
        ("plans?updated_since=2026-13-01", "Den tar en dato eller et tidspunkt"),
        ("decisions?date_from=2026-02-30", "Den tar en dato som 2026-03-12."),
        ("measures?cursor=x", "«x» kan ikke brukes i parameteren «cursor»."),
        ("measures?responsible=%00", "kan ikke brukes i parameteren «responsible»"),
        ("plans?kind=strategy&kind=action_plan", "Parameteren «kind» er oppgitt flere ganger."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(client, db, query, sentence):
    refused = client.get(f"{BASE}/{query}")
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert sentence in refused.json()["detail"]
