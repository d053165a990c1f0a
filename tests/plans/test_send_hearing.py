"""A version goes to hearing: who is asked and told, on paper and by link, and what the front page says."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from committees.models import PersonalLink
from helsefellesskap.errors import NotAllowed
from partners.models import Notice
from plans.actions import (
    answer_input,
    close_hearing,
    send_hearing,
    take_in,
)
from plans.models import Hearing, Plan
from tests import make

from .hearings import TODAY, WEEK, hearing, listed, on_hearing, say

__all__ = ["hearing"]

pytestmark = pytest.mark.django_db


def test_those_who_are_asked_are_told_and_the_draft_stays_open(cast, hearing):
    told = set(Notice.objects.filter(key=f"hearing:{hearing.pk}").values_list("user__name", flat=True))
    assert told == {"Aslak Kommune", "Per Medlem", "Odd Observatør"}
    cast.draft.refresh_from_db()
    assert (cast.draft.state, cast.draft.locked) == (Plan.State.IN_REVIEW, False)


def test_only_the_secretariat_sends_answers_and_closes(cast, hearing):
    given = say(hearing, by=cast.aslak)
    acts = (
        lambda by: send_hearing(cast.draft, by=by, deadline=WEEK, name="x", open_to_all=True),
        lambda by: answer_input(given, by=by, version=1, disposition="answered", reason="Takk."),
        lambda by: take_in(given, by=by, version=1, base=""),
        lambda by: close_hearing(hearing, by=by),
    )
    for by, act in product(cast.but("kari"), acts):
        with pytest.raises(NotAllowed), transaction.atomic():
            act(by)


def test_the_secretariat_sends_a_version_to_hearing(cast, client):
    client.force_login(cast.kari)
    page = reverse("send_hearing", args=[cast.troms.slug, cast.draft.slug])
    sent = {"name": "Til høring", "deadline": WEEK, "message": "Se på fristene."}
    refused = client.post(page, sent)
    assert (refused.status_code, "Velg hvem som skal høres." in refused.content.decode()) == (422, True)
    answer = client.post(page, {**sent, "committees": [cast.fsu.pk], "listed": "on"})
    hearing = Hearing.objects.get()
    assert answer["Location"] == listed(hearing)
    assert (list(hearing.committees.all()), hearing.listed, bool(hearing.open_key)) == (
        [cast.fsu],
        True,
        True,
    )
    assert "Til høring" in client.get(cast.draft.get_work_url()).content.decode()
    client.post(reverse("close_hearing", args=[cast.troms.slug, cast.draft.slug, hearing.pk]))
    hearing.refresh_from_db()
    assert hearing.closed_at


def test_a_seat_without_a_user_is_asked_by_a_personal_link(cast):
    make.seat(cast.fsu, printed_name="Uten Bruker", email="uten@eksempel.no")
    hearing = on_hearing(cast)
    link = PersonalLink.objects.get()
    assert (link.email, link.purpose, link.target) == ("uten@eksempel.no", "hearing", hearing.pk)


def test_all_parties_are_asked_by_one_choice_and_the_page_says_where_nobody_was_told(cast, client):
    make.seat(cast.fsu, printed_name="Uten Adresse")
    client.force_login(cast.kari)
    page = reverse("send_hearing", args=[cast.troms.slug, cast.draft.slug])
    client.post(
        page, {"name": "Til høring", "deadline": WEEK, "all_parties": "on", "committees": [cast.fsu.pk]}
    )
    hearing = Hearing.objects.get()
    assert set(hearing.parties.all()) == set(cast.troms.partners.all())
    answers = listed(hearing)
    # Tromsø has a representative; nobody speaks for the hospital trust, and one seat has no address.
    told = client.get(answers).context["unreached"]
    assert (str(cast.tromso) in told, str(cast.unn) in told, told[-1]) == (
        False,
        True,
        "Uten Adresse (FSU BU)",
    )
    link = reverse("hearing_link", args=[cast.troms.slug, cast.draft.slug, hearing.pk])
    client.post(link, {"name": "Mari", "email": "mari@eksempel.no", "partner": cast.unn.pk})
    assert client.get(answers).context["unreached"] == told[1:]


def test_only_a_party_that_was_asked_gets_a_link(cast, client, hearing):
    client.force_login(cast.kari)
    page = reverse("hearing_link", args=[cast.troms.slug, cast.draft.slug, hearing.pk])
    sent = {"name": "Mari", "email": "mari@eksempel.no"}
    assert client.post(page, {**sent, "partner": cast.unn.pk}).status_code == 422
    assert client.post(page, {**sent, "partner": cast.tromso.pk}).status_code == 302
    assert PersonalLink.objects.get().partner == cast.tromso


def test_the_front_page_lists_what_is_on_hearing_now(cast, client):
    on_hearing(cast)
    assert list(client.get("/").context["hearings"]) == []
    hearing = on_hearing(cast, name="For alle", listed=True)
    assert hearing.get_open_url() in client.get("/").content.decode()
    Hearing.objects.update(deadline=TODAY - timedelta(days=1))
    assert list(client.get("/").context["hearings"]) == []
