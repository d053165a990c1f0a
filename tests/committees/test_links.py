"""Personal links: one address, one code, one thing; closed in words, and nothing beyond the seat's rights."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees import actions, links
from committees.actions.links import TooManyCodes, WrongCode
from committees.models import PersonalLink
from helsefellesskap.errors import NotAllowed, WrongState
from partners.matters import address_of
from partners.models import Audit, Notice
from tests import make

REVIEW = PersonalLink.Purpose.REVIEW
TITLE = "Handlingsplan 2027 til behandling i SSU"
DUE = timezone.localdate() + timedelta(days=10)


@pytest.fixture(autouse=True)
def _what_links_open(monkeypatch):
    """A review that opens a page, as an app above would say it."""
    monkeypatch.setattr(links, "_purposes", {})
    links.register(REVIEW, resolve=lambda link: links.Opens(lambda: TITLE, "/kontakt/", DUE))


@pytest.fixture
def guest_seat(cast):
    return make.seat(cast.ssu, printed_name="Anna Gjest", email="anna@alta.kommune.no")


def make_link(cast, seat, **facts):
    facts = {
        "by": cast.kari,
        "seat": seat,
        "name": "Anna Gjest",
        "email": "Anna@alta.kommune.no",
        "expires_at": timezone.now() + timedelta(days=14),
        **facts,
    }
    return actions.make_link(REVIEW, 7, **facts).removeprefix(settings.SITE_URL)


@pytest.fixture
def path(cast, guest_seat):
    made = make_link(cast, guest_seat)
    mail.outbox.clear()
    return made


def the_link():
    return PersonalLink.objects.latest("made_at")


def change(**facts):
    PersonalLink.objects.update(**facts)


def code_for(client, path):
    """Asks for a code, and reads the mail."""
    assert client.post(path).status_code == 302
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def guest_of(client):
    request = RequestFactory().get("/")
    request.session = client.session
    return links.guest_link(request)


def verbs():
    return [a.verb for a in Audit.objects.order_by("seq")]


# --- made and mailed ---


def test_the_address_is_mailed_and_not_stored(cast, guest_seat):
    path = make_link(cast, guest_seat)
    token = path.split("/")[2]
    (letter,) = mail.outbox
    assert letter.to == ["anna@alta.kommune.no"]
    assert settings.SITE_URL + path in letter.body
    assert TITLE in letter.body
    assert len(token) == 43
    values = [str(v) for v in PersonalLink.objects.values_list()[0]]
    assert token not in " ".join(values)
    assert verbs() == ["make_link"]


def test_its_notice_waits_for_reminders_only(cast, guest_seat):
    make_link(cast, guest_seat)
    (notice,) = Notice.objects.all()
    assert (notice.email, notice.key, notice.due) == ("anna@alta.kommune.no", "review:7", DUE)
    assert notice.sent_at


def test_a_new_link_to_the_same_thing_replaces_the_old(cast, guest_seat, client):
    old, new = make_link(cast, guest_seat), make_link(cast, guest_seat)
    assert [client.get(p).status_code for p in (old, new)] == [410, 200]


def test_a_party_has_links_too(cast, client):
    path = make_link(cast, None, partner=cast.tromso, community=cast.troms)
    assert "Tromsø" in client.get(path).text
    cast.troms.memberships.filter(partner=cast.tromso).delete()
    assert client.get(path).status_code == 410


def test_only_those_who_prepare_make_and_revoke_links(cast, guest_seat, path):
    for person in cast.but("kari", "sigrid", "siv"):
        with pytest.raises(NotAllowed):
            make_link(cast, guest_seat, by=person)
        with pytest.raises(NotAllowed):
            actions.revoke_link(the_link(), by=person)
        with pytest.raises(NotAllowed):
            actions.resend_link(the_link(), by=person)
    assert mail.outbox == []


def test_the_committees_secretary_makes_them_for_its_seats_only(cast, guest_seat):
    make_link(cast, guest_seat, by=cast.sigrid)
    with pytest.raises(NotAllowed):
        make_link(cast, make.seat(cast.fsu), by=cast.sigrid)


def test_a_link_that_would_be_closed_is_not_made(cast, guest_seat):
    with pytest.raises(WrongState):
        make_link(cast, guest_seat, expires_at=timezone.now())
    guest_seat.end = timezone.localdate() - timedelta(days=1)
    guest_seat.save()
    with pytest.raises(links.LinkClosed):
        make_link(cast, guest_seat)
    assert (PersonalLink.objects.count(), mail.outbox) == (0, [])


# --- opened ---


def test_the_page_says_whom_and_what_it_is_for_and_half_the_address(client, path):
    answer = client.get(path)
    assert TITLE in answer.text
    assert "Anna Gjest (SSU)" in answer.text
    assert "a***@alta.kommune.no" in answer.text
    assert "anna@" not in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")
    assert mail.outbox == []  # a mail scanner that follows links sends no code


def test_the_code_opens_it_once(client, path):
    code = code_for(client, path)
    assert guest_of(client) is None
    answer = client.post(path, {"code": f" {code[:3]} {code[3:]} "})
    assert (answer.status_code, answer["Location"]) == (302, "/kontakt/")
    assert guest_of(client) == the_link()
    assert "Gå videre" in client.get(path).text
    other = Client()
    assert other.post(path, {"code": code}).status_code == 422
    assert guest_of(other) is None
    assert verbs()[-1] == "open_link"


def test_forms_pass_the_check_of_where_they_come_from(path):
    client = Client(enforce_csrf_checks=True)
    assert client.post(path).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).text)[1]
    assert client.post(path, {"csrfmiddlewaretoken": token}).status_code == 302


def test_the_session_that_was_there_before_is_worth_nothing(client, path):
    """A key that somebody planted in the browser (session fixation) gives no way in."""
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    client.post(path, {"code": code_for(client, path)})
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_after_five_wrong_codes_even_the_right_one_is_refused(client, path):
    code = code_for(client, path)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert [client.post(path, {"code": wrong}).status_code for _ in range(5)] == [422] * 5
    answer = client.post(path, {"code": code})
    assert answer.status_code == 422
    assert "Be om en ny." in answer.text
    assert client.post(path, {"code": code_for(client, path)}).status_code == 302


def test_wrong_codes_are_counted_across_codes_until_the_link_is_sent_again(cast, client, path):
    change(tries=24)
    code = code_for(client, path)
    client.post(path, {"code": "x"})
    assert the_link().tries == 25
    assert client.post(path).status_code == 429
    assert client.post(path, {"code": code}).status_code == 422
    actions.resend_link(the_link(), by=cast.kari)
    assert client.post(path, {"code": code_for(client, path)}).status_code == 302


def test_a_code_lasts_fifteen_minutes_and_until_the_next(client, path):
    first, second = code_for(client, path), code_for(client, path)
    assert first == second or client.post(path, {"code": first}).status_code == 422
    change(code_sent_at=timezone.now() - timedelta(minutes=15))
    assert client.post(path, {"code": second}).status_code == 422
    assert the_link().last_used_at is None


def test_codes_are_rationed(client, path):
    for _ in range(5):
        code_for(client, path)
    answer = client.post(path)
    assert (answer.status_code, len(mail.outbox)) == (429, 5)
    assert "Vent en time" in answer.text
    with pytest.raises(TooManyCodes):
        actions.send_code(the_link())


def test_what_is_no_code_is_refused(client, path):
    code_for(client, path)
    for code in ("", "123", "abcdef", "000000 OR 1=1", "٣" * 6, "1" * 5000):
        assert client.post(path, {"code": code}).status_code == 422
        assert guest_of(client) is None


def test_a_guessed_address_is_not_there(client, path):
    for token in ("x", "A" * 43, "%00", "æ", "' OR 1=1"):
        assert client.get(f"/lenke/{token}/").status_code == 404
        assert client.post(f"/lenke/{token}/", {"code": "123456"}).status_code == 404


def test_the_links_key_is_not_its_address(client, path):
    link = the_link()
    for guess in (link.pk, link.pk.hex, link.token_sha256):
        assert client.get(f"/lenke/{guess}/").status_code == 404


# --- closed ---


def revoke(cast):
    actions.revoke_link(the_link(), by=cast.kari)


def expire(cast):
    change(expires_at=timezone.now())


def end_seat(cast):
    seat = the_link().seat
    actions.end_seat(seat, by=cast.kari, last_day=timezone.localdate() - timedelta(days=1))


def end_matter(cast):
    links.register(REVIEW, resolve=lambda link: None)


CLOSED = {
    revoke: "Lenken er trukket tilbake.",
    expire: "Lenken er gått ut.",
    end_seat: "Vervet som lenken gjelder, er avsluttet.",
    end_matter: "Det lenken gjelder, er avsluttet.",
}


@pytest.mark.parametrize("close", CLOSED)
def test_a_closed_link_says_why_and_opens_nothing(cast, client, path, close):
    code = code_for(client, path)
    close(cast)
    sent = len(mail.outbox)
    for answer in (client.get(path), client.post(path), client.post(path, {"code": code})):
        assert answer.status_code == 410
        assert CLOSED[close] in answer.text
    assert (len(mail.outbox), guest_of(client)) == (sent, None)


@pytest.mark.parametrize("close", [revoke, expire, end_seat])
def test_who_is_in_is_out_when_the_link_closes(cast, client, path, close):
    client.post(path, {"code": code_for(client, path)})
    request = RequestFactory().get("/")
    request.session = client.session
    assert links.guest_link(request)
    close(cast)
    with pytest.raises(links.LinkClosed, match=re.escape(CLOSED[close])):
        links.guest_link(request)
    assert links.guest_link(request) is None  # said once


def test_who_is_in_is_out_after_some_hours(client, path):
    client.post(path, {"code": code_for(client, path)})
    session = client.session
    held = session[links.SESSION_KEY]
    now = timezone.now().timestamp()
    assert 0 < held["until"] - now <= links.SESSION_HOURS * 3600
    session[links.SESSION_KEY] = {**held, "until": now}
    session.save()
    with pytest.raises(links.LinkClosed):
        guest_of(client)


def test_a_link_is_for_one_purpose_and_gives_no_account(cast, client, path):
    client.post(path, {"code": code_for(client, path)})
    request = RequestFactory().get("/")
    request.session = client.session
    assert links.guest_link(request, REVIEW) == the_link()
    assert links.guest_link(request, PersonalLink.Purpose.STATUS) is None
    assert client.get("/arbeid/").status_code == 302  # to sign in
    assert "_auth_user_id" not in client.session


def test_revoked_means_no_reminders(cast, path):
    revoke(cast)
    assert list(Notice.objects.values_list("done", flat=True)) == [True]
    revoke(cast)  # twice is once
    assert verbs() == ["make_link", "revoke_link"]
    with pytest.raises(links.LinkClosed):
        actions.resend_link(the_link(), by=cast.kari)


def test_a_code_asked_for_twice_at_once_is_used_once(cast, path):
    """The row is read anew under its lock: an old copy in hand gives nothing."""
    client = Client()
    code = code_for(client, path)
    stale = the_link()
    actions.open_link(the_link(), code=code)
    with pytest.raises(WrongCode):
        actions.open_link(stale, code=code)


def test_a_new_secret_key_leaves_the_address_and_sending_again_makes_another(cast, client, path, settings):
    settings.SECRET_KEY = "en annen"
    assert client.get(path).status_code == 200
    assert address_of(Notice.objects.get()) is None  # which would lead nowhere
    actions.resend_link(the_link(), by=cast.kari)
    new = address_of(Notice.objects.get()).removeprefix(settings.SITE_URL)
    assert [client.get(p).status_code for p in (path, new)] == [404, 200]
    assert client.post(new, {"code": code_for(client, new)}).status_code == 302


# --- the secretariat's list ---


def test_the_list_has_them_all_and_takes_them_back(cast, client, path, guest_seat):
    client.force_login(cast.kari)
    page = "/arbeid/troms-og-ofoten/lenker/"
    answer = client.get(page)
    assert "anna@alta.kommune.no" in answer.text
    assert "Ikke åpnet." in answer.text
    link = the_link()
    assert client.post(f"{page}{link.pk}/send/").status_code == 302
    assert [m.to for m in mail.outbox] == [["anna@alta.kommune.no"]]
    assert client.post(f"{page}{link.pk}/trekk/").status_code == 302
    assert "Trukket tilbake" in client.get(page).text
    client.force_login(cast.nils)
    assert client.post(f"/arbeid/finnmark/lenker/{link.pk}/trekk/").status_code == 404


def test_the_list_takes_as_many_queries_for_one_as_for_ten(cast, client, guest_seat):
    client.force_login(cast.kari)

    def queries():
        client.get("/arbeid/troms-og-ofoten/lenker/")
        with CaptureQueriesContext(connection) as caught:
            assert isinstance(client.get("/arbeid/troms-og-ofoten/lenker/"), HttpResponse)
        return len(caught)

    make_link(cast, guest_seat)
    few = queries()
    for n in range(10):
        make_link(cast, make.seat(cast.ssu), email=f"g{n}@alta.no")
    assert queries() == few
