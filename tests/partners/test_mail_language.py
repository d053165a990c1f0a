"""Mail is in the language of whoever reads it, whoever's doing sent it and in whichever language."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from committees import links
from committees.actions import make_link
from committees.models import PersonalLink
from partners.tasks import send_invitation
from tests import make
from tests.people import Cast

pytestmark = pytest.mark.django_db

# Own language, the community's form, and what a mail is then written in.
READERS = [
    ("nb", "nn", "nb"),
    ("nn", "nb", "nn"),
    ("en", "nn", "en"),
    ("se", "nn", "nn"),
    ("", "nn", "nn"),
    ("", "nb", "nb"),
]
INVITED = {
    "nb": (
        "Invitasjon til Helsefellesskap",
        "Venter du ingen invitasjon, kan du se bort fra denne e-posten.",
    ),
    "nn": (
        "Invitasjon til Helsefellesskap",
        "Ventar du ingen invitasjon, kan du sjå bort frå denne e-posten.",
    ),
    "en": (
        "Invitation to Helsefellesskap",
        "If you are not expecting an invitation, you can ignore this e-mail.",
    ),
}


def sent() -> tuple[str, str]:
    """Subject and body of the only mail."""
    (message,) = mail.outbox
    mail.outbox.clear()
    return str(message.subject), str(message.body)


@pytest.mark.parametrize(("own", "form", "said"), READERS)
def test_an_invitation(own: str, form: str, said: str):
    community = make.community("fjord", language=form)
    guest = make.user("Ny", language=own)
    guest.set_unusable_password()
    guest.save()
    with override("en"):
        send_invitation.call(user_id=guest.pk, community_id=community.pk)
    subject, body = sent()
    assert (subject, body.splitlines()[-1]) == INVITED[said]


CHANGED = {
    "nb": ("Passordet ditt er byttet", "Passordet til brukerkontoen din i Helsefellesskap er byttet."),
    "nn": ("Passordet ditt er bytt", "Passordet til brukarkontoen din i Helsefellesskap er bytt."),
    "en": (
        "Your password has been changed",
        "The password of your account in Helsefellesskap has been changed.",
    ),
}
RESET = {
    "nb": ("Velg nytt passord i Helsefellesskap", ""),
    "nn": ("Vel nytt passord i Helsefellesskap", "/nn"),
    "en": ("Choose a new password for Helsefellesskap", "/en"),
}


@pytest.mark.parametrize(
    ("own", "page", "said"),
    [("nb", "/en", "nb"), ("nn", "", "nn"), ("en", "/nn", "en"), ("", "/nn", "nn"), ("", "", "nb")],
)
def test_what_is_told_of_the_account(client: Client, own: str, page: str, said: str):
    """Who has chosen no language reads the one that the page is in."""
    cache.clear()  # attempts are counted there
    reader = make.user("Mona", password=make.PASSWORD, language=own)
    client.post(f"{page}/konto/password/reset/", {"email": reader.email})
    subject, body = sent()
    expected, prefix = RESET[said]
    assert subject == expected
    assert f"\nhttp://testserver{prefix}/konto/password/reset/key/" in body

    client.force_login(reader)
    new = {"password1": "et helt annet passord", "password2": "et helt annet passord"}
    client.post(f"{page}/konto/password/change/", {"oldpassword": make.PASSWORD, **new})
    subject, body = sent()
    assert (subject, body.splitlines()[2]) == CHANGED[said]
    assert "You are receiving this" not in body


LINKED = {
    "nb": "Venter du ingen slik e-post, kan du se bort fra den.",
    "nn": "Ventar du ingen slik e-post, kan du sjå bort frå han.",
}
CODED = {
    "nb": "Har du ikke bedt om en kode, kan du se bort fra denne e-posten. Gi aldri koden til noen.",
    "nn": "Har du ikkje bedt om ein kode, kan du sjå bort frå denne e-posten. Gi aldri koden til nokon.",
    "en": "If you did not ask for a code, you can ignore this e-mail. Never give the code to anyone.",
}


@pytest.mark.parametrize(
    ("form", "page", "said"),
    [("nb", "/nn", "nn"), ("nn", "/en", "en"), ("nn", "/se", "nn"), ("nn", "", "nb")],
)
def test_a_personal_link_and_its_code(cast: Cast, client: Client, monkeypatch, form, page, said):
    """The link is in the community's form; the code in the language of the page that it was asked for on."""
    monkeypatch.setattr(links, "_purposes", {})
    links.register(PersonalLink.Purpose.REVIEW, resolve=lambda link: links.Opens(lambda: "X", "/kontakt/"))
    cast.troms.language = form
    cast.troms.save(update_fields=["language"])
    seat = make.seat(cast.ssu, printed_name="Anna", email="anna@alta.kommune.no")
    with override("en"):
        address = make_link(
            PersonalLink.Purpose.REVIEW, 7, by=cast.kari, seat=seat, name="Anna", email=seat.email,
            expires_at=timezone.now() + timedelta(days=14),
        )  # fmt: skip
    assert sent()[1].splitlines()[-1] == LINKED[form]
    path = address.removeprefix(settings.SITE_URL).removeprefix("/en")
    assert client.post(f"{page}{path}").status_code == 302
    assert sent()[1].splitlines()[-1] == CODED[said]
