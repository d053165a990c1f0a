"""Authority given elsewhere is registered with the plans it covers, used, listed, and taken back."""

import pytest
from django.utils import timezone

from committees.models import Authority
from tests.committees.test_treatment import in_as

pytestmark = pytest.mark.django_db
PAGE = "/arbeid/troms-og-ofoten/myndighet/"


def test_a_kommunestyre_gives_its_member_authority_over_a_plan(cast):
    seat = cast.ssu.seats.get(user=cast.ingrid)
    sent = {
        "giver": f"part-{cast.tromso.pk}",
        "holder": f"verv-{seat.pk}",
        "case_number": "k-sak 45/26",
        "covers": "Handlingsplanen for 2027",
        "plans": [cast.draft.pk],
        "start": timezone.localdate().isoformat(),
    }
    kari = in_as(cast.kari)
    assert kari.post(PAGE + "ny/", {**sent, "end": "2020-01-01"}).status_code == 422
    assert kari.post(PAGE + "ny/", sent).url == PAGE
    authority = Authority.objects.get()
    assert (authority.from_partner, authority.to_seat) == (cast.tromso, seat)
    assert [scope.plan for scope in authority.plan_scopes.all()] == [cast.draft]
    assert "k-sak 45/26" in kari.get(PAGE).content.decode()
    kari.post(f"{PAGE}{authority.pk}/trekk/")
    authority.refresh_from_db()
    assert authority.revoked_on == timezone.localdate()
    assert "gjelder ikke" in kari.get(PAGE).content.decode()


def test_nobody_gives_authority_to_themselves(cast):
    sent = {"giver": f"utvalg-{cast.ssu.pk}", "holder": f"utvalg-{cast.ssu.pk}", "covers": "Alt"}
    response = in_as(cast.kari).post(PAGE + "ny/", sent)
    assert (response.status_code, Authority.objects.count()) == (422, 0)
    assert "Ingen kan gi myndighet til seg selv" in response.content.decode()
