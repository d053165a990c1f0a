"""The way in: by invitation, with limits, with a second factor, and in Norwegian."""

import re

import lxml.html
import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from partners.models import User
from tests import make

LOGIN = "/konto/login/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    """Attempts are counted in the cache, which lives as long as the database."""
    cache.clear()


@pytest.fixture
def mona():
    return make.user("Mona", password=make.PASSWORD)


def log_in(client, email="mona@eksempel.no", password=make.PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def errors_in(answer) -> list[str]:
    return [str(e) for found in answer.context["form"].errors.values() for e in found]


def confirm(client):
    """Types the password once more, as pages about the account ask for."""
    client.post("/konto/reauthenticate/", {"password": make.PASSWORD})


HALF_MINUTE = 59_000_000


@pytest.fixture(autouse=True)
def _within_one_half_minute(monkeypatch):
    """A code of the app is asked for in the half minute in which it was made."""
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([HALF_MINUTE]))


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, HALF_MINUTE))


def code_now(person) -> str:
    return code_of(get_adapter().decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"]))


def test_a_right_password_leads_to_my_work_or_where_one_was_going(client, mona):
    assert log_in(client).url == reverse("my_work")
    client.post("/konto/logout/")
    assert log_in(client, next="/arbeid/finnmark/folk/").url == "/arbeid/finnmark/folk/"
    client.post("/konto/logout/")
    assert log_in(client, next="https://eksempel.com/").url == reverse("my_work")


def test_wrong_password_and_unknown_address_get_the_same_answer(client, mona):
    wrong, unknown = log_in(client, password="feil"), log_in(client, email="ukjent@eksempel.no")
    assert errors_in(wrong) == errors_in(unknown) == ["E-postadressen eller passordet er feil."]


def test_a_deactivated_person_does_not_come_in(client, mona):
    User.objects.update(is_active=False)
    log_in(client)
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_even_with_the_right_password(client, mona):
    for _ in range(5):
        log_in(client, password="feil")
    assert errors_in(log_in(client)) == ["Det ble for mange forsøk. Vent litt før du prøver igjen."]


def test_many_addresses_from_one_place_are_stopped(client):
    answers = [log_in(client, email=f"{n}@eksempel.no").status_code for n in range(31)]
    assert answers[-1] == 429
    assert "For mange forsøk" in log_in(client).content.decode()


def test_behind_a_proxy_of_ours_attempts_are_counted_by_the_visitor(client, mona, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(31):
        client.post(LOGIN, {"login": "a@b.no", "password": "-"}, headers={"x-forwarded-for": f"8.8.8.{n}"})
    form = {"login": mona.email, "password": make.PASSWORD}
    assert client.post(LOGIN, form, headers={"x-forwarded-for": "9.9.9.9"}).status_code == 302


def test_nobody_registers(client):
    before = User.objects.count()
    form = {"email": "ny@eksempel.no", "password1": make.PASSWORD, "password2": make.PASSWORD}
    for answer in (client.get("/konto/signup/"), client.post("/konto/signup/", form)):
        assert "Du trenger en invitasjon" in answer.content.decode()
    assert User.objects.count() == before


def test_a_forgotten_password_is_chosen_anew_by_mail(client, mona):
    client.post("/konto/password/reset/", {"email": "Mona@Eksempel.no"})
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([mona.email], "Velg nytt passord i Helsefellesskap")
    link = re.search(r"https?://[^/]+(/\S+)", message.body)[1]
    address = client.get(link, follow=True).request["PATH_INFO"]
    for weak in ("kort", "passordpassord"[:8], "mona@eksempel.no"):
        assert client.post(address, {"password1": weak, "password2": weak}).status_code == 200
    new = {"password1": "et helt annet passord", "password2": "et helt annet passord"}
    assert client.post(address, new).url == reverse("my_work")
    client.post("/konto/logout/")
    assert log_in(client).status_code == 200
    assert log_in(client, password="et helt annet passord").status_code == 302


def test_a_strangers_address_gets_no_mail_and_the_page_does_not_tell(client, mona):
    pages = [
        client.post("/konto/password/reset/", {"email": email}, follow=True).content
        for email in (mona.email, "ukjent@eksempel.no")
    ]
    strip = re.compile(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"')
    assert strip.sub(b"", pages[0]) == strip.sub(b"", pages[1])
    assert [m.to for m in mail.outbox] == [[mona.email]]


def test_the_second_factor_is_set_up_asked_for_and_limited(client, mona):
    log_in(client)
    assert client.get("/konto/2fa/totp/activate/").url.startswith("/konto/reauthenticate/")
    confirm(client)
    page = client.get("/konto/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = code_of(secret)
    assert client.post("/konto/2fa/totp/activate/", {"code": code}).status_code == 302
    client.post("/konto/logout/")
    cache.clear()  # a code works once

    assert log_in(client).url == "/konto/2fa/authenticate/"
    assert client.get(reverse("people", args=["finnmark"])).status_code == 302
    assert errors_in(client.post("/konto/2fa/authenticate/", {"code": "000000"})) == ["Koden er feil."]
    assert client.post("/konto/2fa/authenticate/", {"code": code_now(mona)}).url == reverse("my_work")


def test_login_in_two_steps_is_in_nynorsk_too(client, mona):
    """No page of it falls back on the library's own words."""
    log_in(client)
    totp.TOTP.activate(mona, totp.generate_totp_secret())
    client.post("/nn/konto/reauthenticate/", {"password": make.PASSWORD})
    generated = client.post("/nn/konto/2fa/recovery-codes/generate/", follow=True)
    pages = [generated, client.get("/nn/konto/2fa/recovery-codes/generate/")]
    pages += [client.get("/nn/konto/2fa/totp/deactivate/")]
    client.post("/nn/konto/2fa/totp/deactivate/")
    pages += [client.get("/nn/konto/2fa/totp/activate/")]
    said = [lxml.html.fromstring(page.content).findtext(".//main//h1") for page in pages]
    assert said == [
        "Gjenopprettingskodar",
        "Lag nye gjenopprettingskodar",
        "Slå av innlogging i to steg",
        "Slå på innlogging i to steg",
    ]
    assert [str(message.subject) for message in mail.outbox] == ["Innlogging i to steg er slått av"]


def test_a_recovery_code_opens_once(client, mona):
    log_in(client)
    totp.TOTP.activate(mona, totp.generate_totp_secret())
    confirm(client)
    client.post("/konto/2fa/recovery-codes/generate/")
    (code, *_rest) = client.get("/konto/2fa/recovery-codes/").context["unused_codes"]
    for url in (reverse("my_work"), None):
        client.post("/konto/logout/")
        log_in(client)
        assert client.post("/konto/2fa/authenticate/", {"code": code}).get("Location") == url


def test_a_new_password_by_mail_does_not_pass_by_the_second_factor(client, mona):
    totp.TOTP.activate(mona, totp.generate_totp_secret())
    client.post("/konto/password/reset/", {"email": mona.email})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    address = client.get(link, follow=True).request["PATH_INFO"]
    new = {"password1": "et helt annet passord", "password2": "et helt annet passord"}
    assert client.post(address, new).url == "/konto/2fa/authenticate/"


def test_nobody_changes_the_address_that_they_were_invited_with(client, mona):
    log_in(client)
    assert "Du logger inn med mona@eksempel.no." in client.get("/konto/email/").content.decode()
    assert client.post("/konto/email/", {"email": "ny@eksempel.no", "action_add": ""}).status_code == 405
    assert User.objects.get(pk=mona.pk).email == "mona@eksempel.no"


ENGLISH = re.compile(
    r"\b(Sign|Your?|Password|Email|Log|Please|Change|Forgot|Enter|Code|Cancel|Confirm|This|Account|the)\b"
)


def words(html: str) -> str:
    main = re.search(r"<body.*</body>", html, re.DOTALL)[0]
    return re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", main, flags=re.DOTALL)


def open_page(client, path):
    signed_in = path in ("logout/", "password/change/", "email/", "reauthenticate/") or "2fa" in path
    if signed_in:
        log_in(client)
        confirm(client)
    answer = client.get("/konto/" + path)
    assert answer.status_code == 200
    return answer


def every_page(test):
    paths = [
        "login/",
        "signup/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "password/reset/key/done/",
        "inactive/",
        "logout/",
        "password/change/",
        "email/",
        "reauthenticate/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/recovery-codes/generate/",
    ]
    return pytest.mark.parametrize("path", paths)(test)


@every_page
def test_pages_about_the_account_are_kept_by_no_cache(client, mona, path):
    assert "no-store" in open_page(client, path)["Cache-Control"]


@every_page
def test_tab_goes_from_field_to_field_to_the_button(client, mona, path):
    page = lxml.html.fromstring(open_page(client, path).content)
    for form in page.xpath("//main//form[@class='form']"):
        stops = form.xpath(".//input[@type!='hidden'] | .//textarea | .//select | .//button | .//a[@href]")
        fields = [stop.tag for stop in stops].index("button")
        assert "a" not in [stop.tag for stop in stops[:fields]]
        assert form.xpath(".//*[@tabindex > 0]") == []


def test_a_forgotten_password_comes_after_the_button(client, mona):
    stops = lxml.html.fromstring(client.get(LOGIN).content).xpath(
        "//main//input[@type!='hidden'] | //main//button | //main//a"
    )
    names = [stop.get("name") or stop.text_content().strip() for stop in stops]
    assert names == ["login", "password", "Logg inn", "Glemt passordet?"]


@every_page
def test_pages_speak_norwegian_and_hold_nothing_that_the_csp_refuses(client, mona, path):
    answer = open_page(client, path)
    html = answer.content.decode()
    assert ENGLISH.findall(words(html)) == []
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>|\son\w+=|\sstyle=", html) == []
    assert re.search(r"<title>\s*\S", html)
