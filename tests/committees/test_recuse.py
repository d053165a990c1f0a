"""«Et medlem ble kjent inhabil»: reported by the member, decided by the committee, the deputy steps in."""

import pytest

from committees import actions
from committees.models import Recusal
from tests import make

from .treating import case_url, in_as, item, there, url

__all__ = ["item"]  # pytest finds the fixture by its name here
pytestmark = pytest.mark.django_db


def test_a_member_reports_and_the_committee_decides_with_its_deputy(cast, item):
    response = in_as(cast.ingrid).post(case_url(item, "inhabil/"), {"reason": "Jeg eier bygget."})
    # One seat: it is not asked which.
    assert response.status_code == 422
    seat = cast.ssu.seats.get(user=cast.ingrid)
    sent = {"seat": seat.pk, "reason": "Jeg eier bygget."}
    assert in_as(cast.ingrid).post(case_url(item, "inhabil/"), sent).status_code == 302
    recusal = Recusal.objects.get()
    deputy = cast.ssu.seats.get(user=cast.tove)
    client = in_as(cast.kari)
    page = client.get(case_url(item, f"inhabil/{recusal.pk}/"))
    assert page.context["form"]["deputy"].initial == deputy.pk
    without = {"outcome": "recused", "legal_basis": "", "deputy": deputy.pk}
    assert client.post(case_url(item, f"inhabil/{recusal.pk}/"), without).status_code == 422
    sent = {**without, "legal_basis": "forvaltningsloven § 6"}
    assert client.post(case_url(item, f"inhabil/{recusal.pk}/"), sent).url == url(item)
    recusal.refresh_from_db()
    assert (recusal.outcome, recusal.deputy) == ("recused", deputy)


def test_nobody_reports_another_seat_by_guessing_its_number(cast, item):
    other = make.seat(cast.ssu)
    sent = {"seat": other.pk, "reason": "Skade."}
    assert in_as(cast.ingrid).post(case_url(item, "inhabil/"), sent).status_code == 422
    assert not Recusal.objects.exists()


def test_it_is_too_late_when_the_case_is_decided(cast, item):
    seat = cast.ssu.seats.get(user=cast.ingrid)
    assert "Meld mulig inhabilitet" in in_as(cast.ingrid).get(url(item)).text
    there(cast, item)
    actions.decide(item, by=cast.kari, points=[actions.Point(verb="takes_note", wording="Notert.")])
    for page in (url(item), case_url(item, "")):
        assert "Meld mulig inhabilitet" not in in_as(cast.ingrid).get(page).text
    answer = in_as(cast.ingrid).post(
        case_url(item, "inhabil/"), {"seat": seat.pk, "reason": "Jeg eier bygget."}
    )
    assert (answer.status_code, Recusal.objects.exists()) == (409, False)
    assert "Saken er avgjort" in answer.text
    assert "Jeg eier bygget." in answer.text
