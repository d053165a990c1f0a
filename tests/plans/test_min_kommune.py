"""«Min kommune»: however a name is typed, it leads to the kommune's page, and from there to its community."""

import pytest
from django.test import Client

from tests import make


@pytest.mark.parametrize(
    "typed",
    ["tromsø", "TROMSØ KOMMUNE", "Tromsø Kommune ", "5501", "tromsø (troms)", "Tromsø  kommune", "romsø"],
)
@pytest.mark.django_db
def test_one_match_leads_to_its_page(client: Client, typed: str) -> None:
    nord = make.community("nord")
    make.partner("Tromsø", nord, number="5501", county="Troms")
    answer = client.get("/", {"kommune": typed}, follow=True)
    assert answer.redirect_chain == [("/kommune/tromso/", 302)]
    assert [membership.community for membership, _plans, _duties in answer.context["places"]] == [nord]


@pytest.mark.django_db
def test_a_split_kommune_leads_to_each_of_its_communities(client: Client) -> None:
    make.partner("Oslo", make.community("oslo"), make.community("ahus"), number="0301")
    places = client.get("/", {"kommune": "Oslo"}, follow=True).context["places"]
    assert {membership.community.slug for membership, _plans, _duties in places} == {"oslo", "ahus"}


@pytest.mark.django_db
def test_letters_with_loose_rings_are_the_same_letters(client: Client) -> None:
    make.partner("Ålesund", make.community("vest"), number="1508", county="Møre og Romsdal")
    assert client.get("/", {"kommune": "A\u030alesund"}).get("Location") == "/kommune/alesund/"


@pytest.mark.parametrize("typed", ["finnes ikke", "\x00", "%", "kommune"])
@pytest.mark.django_db
def test_no_match_is_a_page(client: Client, typed: str) -> None:
    make.partner("Tromsø", make.community("nord"), number="5501")
    answer = client.get("/", {"kommune": typed})
    assert (answer.status_code, answer.context["matches"]) == (200, [])
