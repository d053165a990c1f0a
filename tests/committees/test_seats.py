"""Seats: who gets one, what it gives, and how it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from committees import actions
from committees.models import Seat
from helsefellesskap.errors import NotAllowed, WrongState
from partners.models import Audit, User
from partners.roles import roles_of

TODAY = timezone.localdate()


def invite(cast, **facts):
    defaults = {"by": cast.kari, "name": "Mona Ny", "role": Seat.Role.MEMBER, "side": Seat.Side.GP}
    return actions.invite_to_seat(cast.ssu, **{**defaults, **facts})


def test_a_seat_gives_its_role_from_its_first_day_to_its_last(cast):
    assert roles_of(cast.ingrid) == {("leader", cast.troms.pk)}
    assert roles_of(cast.per) == {("member", cast.troms.pk)}
    assert roles_of(cast.berit) == frozenset()


def test_a_seat_by_form_invites_and_says_whom_it_represents(cast, client):
    client.force_login(cast.kari)
    address = reverse("invite_to_seat", args=["troms-og-ofoten"])
    form = {
        "committee": cast.fsu.pk,
        "name": "Mona Ny",
        "email": "mona@eksempel.no",
        "role": "deputy",
        "side": "municipality",
        "represents": [cast.tromso.pk, cast.unn.pk],
        "deputy_for": cast.fsu.seats.get(user=cast.per).pk,
        "start": TODAY,
    }
    assert client.post(address, form).status_code == 302
    seat = Seat.objects.get(user__email="mona@eksempel.no")
    assert set(seat.represents.all()) == {cast.tromso, cast.unn}
    assert seat.deputy_for == cast.fsu.seats.get(user=cast.per)
    assert [m.to for m in mail.outbox] == [["mona@eksempel.no"]]
    line = Audit.objects.latest("seq")
    assert line.what == "Gav Mona Ny <mona@eksempel.no> vervet vara i FSU BU."


def test_a_seat_without_an_address_is_a_name_and_gives_nobody_access(cast):
    people = User.objects.count()
    seat = invite(cast)
    assert (seat.user, seat.printed_name, User.objects.count()) == (None, "Mona Ny", people)
    assert mail.outbox == []


def test_a_seat_without_an_account_gets_personal_links_at_its_address(cast, client):
    people = User.objects.count()
    client.force_login(cast.kari)
    form = {"committee": cast.fsu.pk, "name": "Mona Ny", "role": "member", "side": "gp", "start": TODAY}
    address = reverse("invite_to_seat", args=["troms-og-ofoten"])
    refused = client.post(address, {**form, "without_account": "on"})
    assert refused.context["form"].errors == {"email": ["Skriv adressen som lenkene skal sendes til."]}
    sent = {**form, "without_account": "on", "email": "mona@eksempel.no"}
    assert client.post(address, sent).status_code == 302
    seat = cast.fsu.seats.get(printed_name="Mona Ny")
    assert (seat.user, seat.email, User.objects.count(), mail.outbox) == (
        None,
        "mona@eksempel.no",
        people,
        [],
    )
    assert "mona@eksempel.no, personlige lenker" in client.get("/arbeid/troms-og-ofoten/folk/").text


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"role": "member", "deputy_for": "ingrid"}, "deputy_for"),
        ({"role": "deputy", "committee": "fsu", "deputy_for": "ingrid"}, "deputy_for"),
        ({"email": "ikke en adresse"}, "email"),
        ({"name": ""}, "name"),
    ],
)
def test_a_seat_that_does_not_fit_together_is_refused_at_its_field(cast, client, facts, field):
    client.force_login(cast.kari)
    leader = cast.ssu.seats.get(role="leader")
    form = {"committee": cast.ssu.pk, "name": "M", "role": "member", "side": "gp", "start": TODAY}
    form |= {k: {"ingrid": leader.pk, "fsu": cast.fsu.pk}.get(v, v) for k, v in facts.items()}
    answer = client.post(reverse("invite_to_seat", args=["troms-og-ofoten"]), form)
    assert list(answer.context["form"].errors) == [field]


def test_the_database_too_refuses_a_member_as_somebodys_deputy(cast):
    with pytest.raises(ValidationError, match="Bare en vara"):
        invite(cast, deputy_for=cast.ssu.seats.get(role="leader"))


def test_one_person_has_one_seat_in_a_committee(cast):
    with pytest.raises(WrongState, match="har allerede et verv i SSU"):
        invite(cast, email=cast.ingrid.email)
    seat = invite(cast, email=cast.berit.email)
    assert roles_of(User.objects.get(pk=cast.berit.pk)) == {("member", cast.troms.pk)}
    assert seat.start == TODAY


def test_only_the_secretariat_gives_and_ends_seats(cast):
    for user in cast.but("kari", "siv"):
        with pytest.raises(NotAllowed):
            invite(cast, by=user)
        with pytest.raises(NotAllowed):
            actions.end_seat(cast.ssu.seats.get(role="leader"), by=user, last_day=TODAY)


def test_a_seat_ends_and_the_list_no_longer_shows_it(cast, client):
    client.force_login(cast.kari)
    seat = cast.fsu.seats.get(user=cast.per)
    day = TODAY - timedelta(days=1)
    client.post(reverse("end_seat", args=["troms-og-ofoten", seat.pk]), {"last_day": day})
    assert roles_of(User.objects.get(pk=cast.per.pk)) == frozenset()
    page = client.get(reverse("people", args=["troms-og-ofoten"]))
    shown = {seat.printed_name for c in page.context["committees"] for seat in c.seats_now}
    assert shown == {"Ingrid Leder", "Tove Vara", "Olav Observatør", "Sigrid Sekretær", "Odd Observatør"}


def test_a_seat_that_somebody_is_deputy_for_is_not_taken_back(cast):
    seat = invite(cast)
    invite(cast, name="Vara", role=Seat.Role.DEPUTY, deputy_for=seat)
    with pytest.raises(WrongState, match="Avslutt varaen først"):
        actions.end_seat(seat, by=cast.kari, last_day=TODAY - timedelta(days=1))
    actions.end_seat(seat, by=cast.kari, last_day=TODAY)


def test_leaders_stand_first_and_names_go_by_the_norwegian_alphabet(cast, client):
    for name in ("Åse", "Ørjan", "Ærlend", "Zoe", "Anne"):
        invite(cast, name=name)
    client.force_login(cast.kari)
    page = client.get(reverse("people", args=["troms-og-ofoten"]))
    ssu, fsu = page.context["committees"]
    assert [s.printed_name for s in ssu.seats_now] == [
        "Ingrid Leder",
        "Anne",
        "Zoe",
        "Ærlend",
        "Ørjan",
        "Åse",
        "Tove Vara",
        "Olav Observatør",
        "Sigrid Sekretær",
    ]
    assert [s.printed_name for s in fsu.seats_now] == ["Per Medlem", "Odd Observatør"]


def test_who_has_not_agreed_to_be_named_is_their_side_in_public(cast, client):
    invite(cast, name="Bjørg Bruker", side=Seat.Side.USER, named_in_public=False)
    html = client.get(cast.troms.get_absolute_url()).content.decode()
    assert ("Ingrid Leder" in html, "Bjørg Bruker" in html) == (True, False)
    client.force_login(cast.kari)
    assert "Bjørg Bruker" in client.get(reverse("people", args=["troms-og-ofoten"])).content.decode()
