"""What is sent to a person is in the language that they chose, else in the community's form."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from partners.actions import notices
from partners.digests import mail_of
from partners.models import Notice, Sending
from partners.tasks import send_invitation
from tests import make
from tests.people import Cast


def test_one_chooses_and_the_form_says_what_was_chosen(client: Client, cast: Cast):
    client.force_login(cast.ingrid)
    assert client.post("/nn/konto/sprak/", {"language": "en"})["Location"] == "/nn/konto/sprak/"
    cast.ingrid.refresh_from_db()
    assert cast.ingrid.language == "en"
    assert '<option value="en" selected>' in client.get("/konto/sprak/").content.decode()
    assert client.post("/konto/sprak/", {"language": "fr"}).status_code == 422


@pytest.mark.parametrize(
    ("own", "form", "prefix", "due"),
    [
        ("", "nb", "", "Frist: mandag 1.\xa0mars 2027"),
        ("", "nn", "/nn", "Frist: måndag 1.\xa0mars 2027"),
        ("nb", "nn", "", "Frist: mandag 1.\xa0mars 2027"),
        ("se", "nn", "/se", "vuossárga 2027 njukčamánnu\xa01"),
        ("en", "nb", "/en", "Monday 1\xa0March 2027"),
    ],
)
def test_a_digest_is_in_the_readers_language(db, own: str, form: str, prefix: str, due: str, settings):
    community = make.community("fjord", language=form)
    reader = make.user("Lesar Lesarsen", language=own)
    notices.tell(
        community,
        to=[reader],
        kind=Notice.Kind.REVIEW,
        key="review:1",
        group="plan:1",
        group_title="Plan",
        text=lambda: "Svar.",
        path="/arbeid/fjord/",
        due=timezone.datetime(2027, 3, 1).date(),
    )
    sending = Sending(pk=1, email=reader.email)
    body = str(mail_of(sending, list(Notice.objects.select_related("community", "user"))).body)
    assert due in body
    assert f"  {settings.SITE_URL}{prefix}/arbeid/fjord/\n" in body
    assert f"{settings.SITE_URL}{prefix}/varsler/" in body


def test_an_invitation_leads_to_pages_in_the_communitys_form(db, settings):
    community = make.community("fjord", language="nn")
    guest = make.user("Ny")
    guest.set_unusable_password()
    guest.save()
    send_invitation.call(user_id=guest.pk, community_id=community.pk)
    assert f"{settings.SITE_URL}/nn/konto/" in str(mail.outbox[0].body)
