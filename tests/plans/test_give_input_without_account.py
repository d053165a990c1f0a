"""Input by the open address, and by a party's personal link."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from plans.actions import answer_input, close_hearing, withdraw
from plans.models import Input
from tests import make

from .hearings import by_link, hearing, on_hearing, say

__all__ = ["hearing"]

pytestmark = pytest.mark.django_db


# --- by the open address ---


def test_everybody_with_the_address_gives_input_and_gets_a_copy(cast, client, hearing):
    page = hearing.get_open_url()
    answer = client.get(page)
    assert "no-store" in answer["Cache-Control"]
    assert set(answer.cookies) == {"csrftoken"}
    sent = {"operation": uuid4(), "text": "Vi trenger mer hjelp.", "name": "Kari Nordmann", "email": "k@b.no"}
    answer = client.post(page, sent)
    copy = reverse("given_input", args=[sent["operation"]])
    assert (answer.status_code, answer["Location"]) == (302, copy)
    html = client.get(copy).content.decode()
    assert "Innspillet ditt er mottatt" in html
    assert "Vi trenger mer hjelp." in html
    given = Input.objects.get()
    assert (given.name, given.email, given.name_public, given.user) == (
        "Kari Nordmann",
        "k@b.no",
        False,
        None,
    )
    answer_input(given, by=cast.kari, version=1, disposition="partly", reason="Bare for barn.")
    html = client.get(copy).content.decode()
    assert "Delvis tatt inn" in html
    assert "Bare for barn." in html


def test_the_open_page_knows_no_user_and_no_other_input(cast, client, hearing):
    say(hearing, by=cast.aslak, text="Hemmelig for andre")
    client.force_login(cast.aslak)
    answer = client.get(hearing.get_open_url())
    assert "Hemmelig for andre" not in answer.content.decode()
    assert "Aslak" not in answer.content.decode()
    client.post(hearing.get_open_url(), {"operation": uuid4(), "text": "Som borger", "name": "A"})
    assert Input.objects.get(text="Som borger").user is None


def test_the_open_form_is_protected_against_other_sites(hearing):
    strict = Client(enforce_csrf_checks=True)
    sent = {"operation": uuid4(), "text": "Fra et annet sted", "name": "X"}
    assert strict.post(hearing.get_open_url(), sent).status_code == 403
    own = strict.post(hearing.get_open_url(), sent, headers={"Origin": "http://testserver"})
    assert (own.status_code, "Fra et annet sted" in own.content.decode()) == (403, True)
    assert not Input.objects.exists()


def test_programs_that_fill_in_everything_and_floods_are_refused_with_nothing_lost(client, hearing):
    cache.clear()
    page = hearing.get_open_url()
    sent = {"text": "Mine ord", "name": "X"}
    answer = client.post(page, {**sent, "operation": uuid4(), "website": "https://eksempel.no"})
    assert (answer.status_code, answer.context["form"]["text"].value()) == (422, "Mine ord")
    got = [client.post(page, {**sent, "operation": uuid4()}).status_code for _ in range(21)]
    assert got == [302] * 20 + [429]
    assert Input.objects.count() == 20


def test_a_closed_hearing_is_read_and_a_withdrawn_plan_is_not(cast, client):
    plan = make.draft(cast.troms, by=cast.kari, slug="ny")
    hearing = on_hearing(cast, plan)
    close_hearing(hearing, by=cast.kari)
    answer = client.get(hearing.get_open_url())
    assert (answer.status_code, "Høringen er over" in answer.content.decode()) == (200, True)
    make.adopt_draft(cast.ssu, plan, by=cast.kari)
    withdraw(plan, by=cast.kari, reason="Inneholder navn på en pasient.")
    assert client.get(hearing.get_open_url()).status_code == 410


# --- by a personal link ---


def test_a_party_without_an_account_gives_input_by_a_personal_link(cast, client, hearing):
    page = by_link(client, hearing, cast)
    assert page == reverse("give_input_by_link", args=[hearing.pk])
    assert "Du svarer for Tromsø som Mari." in client.get(page).content.decode()
    client.post(page, {"operation": uuid4(), "text": "Fra kommunen"})
    given = Input.objects.get()
    assert (given.partner, given.name, given.email, given.user) == (
        cast.tromso,
        "Mari",
        "mari@eksempel.no",
        None,
    )
    assert "Fra kommunen" in client.get(page).content.decode()


def test_a_link_to_another_hearing_opens_nothing(cast, client, hearing):
    by_link(client, hearing, cast)
    assert client.get(reverse("give_input_by_link", args=[hearing.pk + 1])).status_code == 403
