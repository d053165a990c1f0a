"""A read-only copy for one's own kommune: opened by its address, without answers, until it is over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helsefellesskap.errors import Refusal
from partners.models import Audit
from plans import actions
from plans.models import Review, SharedCopy
from plans.shared_copies import address_of
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def review(cast) -> Review:
    cast.ssu.seats.get(user=cast.ingrid).represents.add(cast.unn)
    return make.laid(cast.draft, cast.ssu, by=cast.kari)


@pytest.fixture
def path(cast, review, client) -> str:
    """The leader shared a copy from the page; its address, without the host."""
    client.force_login(cast.ingrid)
    day = TODAY + timedelta(days=10)
    share = reverse("share_copy", args=[cast.troms.slug, review.pk])
    assert client.post(share, {"expires_on": day.isoformat()}).status_code == 302
    address = address_of(SharedCopy.objects.get())
    assert address in client.get(reverse("take_stance", args=[cast.troms.slug, review.pk])).text
    client.logout()
    return "/" + address.split("/", 3)[3]


def test_whoever_has_the_address_reads_the_version_and_no_answers(cast, review, path, client):
    leader = cast.ssu.seats.get(user=cast.ingrid)
    actions.take_stance(review, leader, by=cast.ingrid, kind="disagrees", remark="Hemmelig merknad")
    cast.draft.sections.get().goals.get().measures.all().delete()  # the draft moves on
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Tiltak nummer 3" in answer.text
    assert "Delt av Ingrid Leder, som svarer for UNN" in answer.text
    assert "Hemmelig merknad" not in answer.text
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert "no-store" in answer["Cache-Control"]
    assert Audit.objects.filter(verb="share_copy").count() == 1


def test_an_address_is_not_guessed(path, client):
    pk, _colon, _signature = path.split("/")[2].partition(":")
    for token in (f"{pk}:x", pk, "x", f"{int(pk) + 1}:{_signature}"):
        assert client.get(f"/kopi/{token}/").status_code == 404


@pytest.mark.parametrize("close", ["expires", "is taken back", "its seat ends"])
def test_it_opens_nothing_after_it_closed(cast, review, path, client, close):
    copy = SharedCopy.objects.get()
    if close == "expires":
        SharedCopy.objects.update(expires_on=TODAY - timedelta(days=1))
    elif close == "its seat ends":
        type(copy.seat).objects.filter(pk=copy.seat_id).update(end=TODAY - timedelta(days=1))
    else:
        take_back = reverse("revoke_copy", args=[cast.troms.slug, review.pk, copy.pk])
        client.force_login(cast.tove)
        assert client.post(take_back).status_code == 403
        client.force_login(cast.ingrid)
        assert [client.post(take_back).status_code for _ in range(2)] == [302, 302]
        assert Audit.objects.filter(verb="revoke_copy").count() == 1
        client.logout()
    answer = client.get(path)
    assert (answer.status_code, "trukket tilbake eller gått ut" in answer.text) == (410, True)


def test_only_who_answers_shares_and_for_half_a_year_at_most(cast, review, client):
    client.force_login(cast.olav)
    share = reverse("share_copy", args=[cast.troms.slug, review.pk])
    assert client.post(share, {"expires_on": TODAY.isoformat()}).status_code == 403
    client.force_login(cast.ingrid)
    for day in ("2020-01-01", "2099-01-01", "i morgen"):
        client.post(share, {"expires_on": day}, follow=True)
    leader = cast.ssu.seats.get(user=cast.ingrid)
    with pytest.raises(Refusal, match="fra i dag"):
        actions.share_copy(review, leader, by=cast.ingrid, expires_on=TODAY - timedelta(days=1))
    assert not SharedCopy.objects.exists()
