"""Which kinds of notices come by e-mail: chosen when signed in, or by the address in each mail."""

import pytest
from django.test import Client

from partners.digests import choices_path
from partners.models import Notice, NoticeOff
from partners.queries import kinds_wanted

ALL = list(Notice.Kind.values)
PAGE = "/konto/varsler/"


def test_everything_is_on_until_somebody_turns_it_off(cast, client):
    client.force_login(cast.ingrid)
    assert client.get(PAGE).text.count(" checked") == len(ALL)
    for wanted in ([*ALL[2:]], [], [ALL[0]], ALL):
        assert client.post(PAGE, {"wanted": wanted}).status_code == 302
        assert kinds_wanted(cast.ingrid) == wanted
        assert client.get(PAGE).text.count(" checked") == len(wanted)
    assert NoticeOff.objects.count() == 0


def test_a_kind_that_is_none_changes_nothing(cast, client):
    client.force_login(cast.ingrid)
    answer = client.post(PAGE, {"wanted": ["alt"]})
    assert (answer.status_code, kinds_wanted(cast.ingrid)) == (422, ALL)


@pytest.mark.parametrize("account", [True, False])
def test_the_address_in_the_mail_needs_no_sign_in(cast, account):
    person = cast.ingrid if account else "gjest@alta.no"
    path = choices_path(cast.ingrid if account else None, "gjest@alta.no")
    client = Client(enforce_csrf_checks=True)
    page = client.get(path)
    assert page.status_code == 200
    assert (cast.ingrid.email if account else "gjest@alta.no") in page.text
    assert "no-store" in page["Cache-Control"]
    assert kinds_wanted(person) == ALL  # a scanner that follows links turns nothing off
    one_click = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (one_click.status_code, kinds_wanted(person)) == (302, [])
    assert kinds_wanted(cast.per) == kinds_wanted("andre@alta.no") == ALL
    assert "_auth_user_id" not in client.session


def test_nobody_chooses_for_others(cast, client):
    path = choices_path(cast.ingrid, cast.ingrid.email)
    mine, signature = path.split("/")[2].split(":")
    assert mine == f"u{cast.ingrid.pk}"
    for token in (f"u{cast.per.pk}:{signature}", f"egjest@alta.no:{signature}", mine, f"{mine}:", "x"):
        assert client.post(f"/varsler/{token}/").status_code == 404
    cast.ingrid.is_active = False
    cast.ingrid.save()
    assert client.get(path).status_code == 404
    assert NoticeOff.objects.count() == 0
