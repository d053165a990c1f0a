"""Inviting people to a place on a party's side, and ending it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from helsefellesskap.errors import NotAllowed, WrongState
from partners import actions
from partners.models import Audit, Representative, RoleParty, SecretariatPlace, User
from partners.roles import may, roles_of
from tests import make

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


def fresh(user):
    """The person at their next request: roles are read anew."""
    return User.objects.get(pk=user.pk)


def link_in(message) -> str:
    return re.search(r"https?://[^/]+(/konto/password/reset/key/\S+)", message.body)[1]


def test_an_invited_person_follows_the_link_chooses_a_password_and_is_in(client, cast):
    client.force_login(cast.kari)
    form = {"name": "Mona Ny", "email": "Mona.Ny@Eksempel.NO", "start": TODAY, "title": "Rådgiver"}
    answer = client.post(reverse("invite_to_secretariat", args=["troms-og-ofoten"]), form)
    assert answer.url == reverse("people", args=["troms-og-ofoten"])
    client.logout()

    (message,) = mail.outbox
    assert message.to == ["mona.ny@eksempel.no"]
    assert message.subject == "Invitasjon til Helsefellesskap"
    assert "Sekretariatet i Helsefellesskapet Troms og Ofoten har invitert deg" in message.body

    page = client.get(link_in(message), follow=True)
    address = page.request["PATH_INFO"]
    password = {"password1": make.PASSWORD, "password2": make.PASSWORD}
    assert client.post(address, password).url == reverse("my_work")
    assert client.get(reverse("people", args=["troms-og-ofoten"])).status_code == 200

    client.logout()
    assert "Lenken virker ikke" in client.get(link_in(message), follow=True).content.decode()
    login = {"login": "MONA.NY@eksempel.no", "password": make.PASSWORD}
    assert client.post(reverse("account_login"), login).url == reverse("my_work")


def test_a_day_of_another_century_is_refused_in_words(client, cast):
    client.force_login(cast.kari)
    url = reverse("invite_to_secretariat", args=["troms-og-ofoten"])
    form = {"name": "Mona Ny", "email": "mona@eksempel.no", "title": ""}
    for day in ("0026-01-01", "1999-12-31", "2101-01-01"):
        errors = client.post(url, form | {"start": day}).context["form"].errors
        assert errors == {"start": ["Skriv årstallet med fire siffer, fra 2000 til 2100."]}
    assert not User.objects.filter(email="mona@eksempel.no").exists()
    assert client.post(url, form | {"start": "2026-01-01"}).status_code == 302


def test_the_log_says_who_invited_whom(cast):
    actions.invite_to_secretariat(cast.troms, by=cast.kari, email="a@b.no", name="Mona Ny")
    actions.invite_representative(cast.troms, cast.unn, by=cast.kari, email="a@b.no", name="-")
    assert list(Audit.objects.order_by("seq").values_list("seq", "who", "verb", "what")) == [
        (
            n,
            "Kari Sekretær <kari-sekretaer@eksempel.no>",
            verb,
            what,
        )
        for n, (verb, what) in enumerate(
            [
                ("invite_to_secretariat", "Inviterte Mona Ny <a@b.no> til sekretariatet."),
                (
                    "invite_representative",
                    "Inviterte Mona Ny <a@b.no> som representant for Universitetssykehuset Nord-Norge HF.",
                ),
            ],
            1,
        )
    ]


def test_somebody_who_has_a_password_gets_the_place_and_no_mail(cast):
    mona = make.user("Mona", password=make.PASSWORD)
    actions.invite_to_secretariat(cast.troms, by=cast.kari, email=mona.email.upper(), name="Annet Navn")
    assert mail.outbox == []
    assert fresh(mona).name == "Mona"
    assert roles_of(fresh(mona)) == {("secretariat", cast.troms.pk)}


def test_only_the_secretariat_invites(cast):
    for by in cast.but("kari", "siv"):
        with pytest.raises(NotAllowed):
            actions.invite_to_secretariat(cast.troms, by=by, email="a@b.no", name="A")
        with pytest.raises(NotAllowed):
            actions.end_place(cast.kari.secretariat_places.get(), by=by, last_day=TODAY)
    assert not User.objects.filter(email="a@b.no").exists()
    assert mail.outbox == []


def test_the_system_administrator_invites_the_first_of_a_community(cast):
    actions.invite_to_secretariat(cast.finnmark, by=cast.siv, email="a@b.no", name="A")
    assert may(User.objects.get(email="a@b.no"), "manage_people", cast.finnmark)


def test_nobody_gets_the_same_place_twice(cast):
    with pytest.raises(WrongState, match="har allerede plass i sekretariatet"):
        actions.invite_to_secretariat(cast.troms, by=cast.kari, email=cast.kari.email, name="Kari")
    with pytest.raises(WrongState, match="representerer allerede"):
        actions.invite_representative(
            cast.troms, cast.tromso, by=cast.kari, email=cast.aslak.email, name="Aslak"
        )


def test_a_party_of_another_community_gets_no_representative_here(cast):
    alta = make.partner("Alta", cast.finnmark, number="5601")
    with pytest.raises(WrongState, match="Alta er ikke part"):
        actions.invite_representative(cast.troms, alta, by=cast.kari, email="a@b.no", name="A")
    assert not User.objects.filter(email="a@b.no").exists()


def test_a_deactivated_person_is_not_let_in_by_an_invitation(cast):
    make.user("Gammel", is_active=False)
    with pytest.raises(WrongState, match="deaktivert"):
        actions.invite_to_secretariat(cast.troms, by=cast.kari, email="gammel@eksempel.no", name="G")


def test_a_place_that_ended_yesterday_gives_nothing_today(cast, client):
    place = cast.kari.secretariat_places.get()
    actions.end_place(place, by=cast.kari, last_day=TODAY)
    assert may(fresh(cast.kari), "edit_plan", cast.troms)
    SecretariatPlace.objects.filter(pk=place.pk).update(end=YESTERDAY)
    assert roles_of(fresh(cast.kari)) == frozenset()
    client.force_login(cast.kari)
    assert client.get(reverse("people", args=["troms-og-ofoten"])).status_code == 403


def test_a_place_that_begins_tomorrow_gives_nothing_today(cast):
    start = TODAY + timedelta(days=1)
    actions.invite_to_secretariat(cast.troms, by=cast.kari, email="a@b.no", name="A", start=start)
    assert roles_of(User.objects.get(email="a@b.no")) == frozenset()


def test_a_mistaken_invitation_is_taken_back_at_once(cast, client):
    place = actions.invite_to_secretariat(cast.troms, by=cast.kari, email="feil@b.no", name="Feil")
    client.force_login(cast.kari)
    address = reverse("end_secretariat_place", args=["troms-og-ofoten", place.pk])
    client.post(address, {"last_day": YESTERDAY})
    assert not SecretariatPlace.objects.filter(pk=place.pk).exists()
    assert roles_of(User.objects.get(email="feil@b.no")) == frozenset()


def test_a_place_of_another_community_is_not_found(cast, client):
    client.force_login(cast.kari)
    theirs = cast.nils.secretariat_places.get()
    address = reverse("end_secretariat_place", args=["troms-og-ofoten", theirs.pk])
    assert client.post(address, {"last_day": TODAY}).status_code == 404


def test_a_new_link_goes_only_to_those_who_lack_a_password(cast):
    place = actions.invite_to_secretariat(cast.troms, by=cast.kari, email="a@b.no", name="A")
    actions.resend_invitation(fresh(place.user), by=cast.kari, community=cast.troms)
    assert [m.to for m in mail.outbox] == [["a@b.no"], ["a@b.no"]]
    place.user.set_password(make.PASSWORD)
    place.user.save()
    with pytest.raises(WrongState, match="har allerede valgt passord"):
        actions.resend_invitation(fresh(place.user), by=cast.kari, community=cast.troms)
    with pytest.raises(NotAllowed, match="ingen plass"):
        actions.resend_invitation(cast.ola, by=cast.kari, community=cast.troms)


def test_an_address_is_stored_in_small_letters_only(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Kari@eksempel.no", name="Kari")
    assert make.user("Kari").email == "kari@eksempel.no"


def test_one_kommune_a_number(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.partner("Tromsø en gang til", number="5501")
    cast.tromso.valid_to = YESTERDAY
    cast.tromso.save()
    make.partner("Tromsø på nytt", number="5501")


def test_the_page_takes_as_many_queries_for_many_people(cast, client, django_assert_num_queries):
    def read():
        client.force_login(cast.kari)
        with django_assert_num_queries(11):
            client.get(reverse("people", args=["troms-og-ofoten"]))

    def role(n):
        RoleParty.objects.create(community=cast.troms, name=f"Rolle {n}", abbreviation=f"R{n}").members.add(
            cast.unn
        )

    role(5)
    read()
    for n in range(5):
        role(n)
        user = make.user(f"Person {n}")
        Representative.objects.create(community=cast.troms, partner=cast.unn, user=user)
        make.seat(make.committee(cast.troms, f"FSU {n}"), user).represents.set([cast.unn, cast.tromso])
    read()
