"""A stance that comes on paper, is said in the meeting, or is given by a personal link."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committees import links
from committees.models import AgendaItem, Case, Meeting, PersonalLink
from helsefellesskap.errors import NotAllowed
from partners.models import Audit
from plans import actions
from plans.models import CaseItem, Seen, Stance
from tests import make

from .exporters.reading import words
from .stances import sent, url

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_the_secretariat_types_in_what_came_on_paper(cast, review, leader, client):
    client.force_login(cast.sigrid)
    page = url(review, "paper_stance", leader.pk)
    assert "Ingrid Leder har svart på papir eller i møtet" in client.get(page).text
    answer = client.post(page, sent(review, kind_0="joins"))
    assert answer["Location"] == url(review, "review_picture")
    stance = Stance.objects.get()
    assert (stance.seat, stance.by, stance.from_paper) == (leader, cast.sigrid, True)
    assert Seen.objects.filter(review=review, seat=leader).exists()
    client.force_login(cast.ingrid)
    assert "skrevet inn fra papir av Sigrid Sekretær" in client.get(url(review)).text
    assert client.get(page).status_code == 403
    with pytest.raises(NotAllowed):
        actions.take_stance(review, leader, by=cast.ingrid, kind="own_body", from_paper=True)


def test_the_sheet_says_whose_it_is_which_version_and_asks_of_each_measure(cast, leader, client):
    review = make.laid(cast.draft, cast.ssu, by=cast.kari, name="Til SSU")
    measures = len(list(review.revision.load().walk_measures()))
    client.force_login(cast.sigrid)
    own = client.get(url(review, "stance_sheet", leader.pk))
    assert own["Content-Disposition"] == f'inline; filename="svarark-{cast.draft.slug}-v1-{leader.pk}.pdf"'
    blank = client.get(url(review, "blank_sheet"))
    for answer, named in ((own, True), (blank, False)):
        text = words(answer.content)
        assert "Versjon 1 «Til SSU», lagt fram for Strategisk samarbeidsutvalg" in text
        assert text.count("behandles i eget organ, dato:") == measures
        assert ("Ingrid Leder" in text) is named
    assert client.get(url(review, "stance_sheet", 10**6)).status_code == 404


def test_the_secretary_types_in_what_was_said_in_the_meeting(cast, review, leader, client):
    meeting = Meeting.objects.create(committee=cast.ssu, date=TODAY)
    case = Case.objects.create(committee=cast.ssu, year=2026, number=7, printed_number="07-2026")
    CaseItem.objects.create(case=case, plan=cast.draft, revision=review.revision)
    item = AgendaItem.objects.create(meeting=meeting, case=case)
    other = AgendaItem.objects.create(
        meeting=meeting, case=Case.objects.create(committee=cast.ssu, year=2026, number=8)
    )
    client.force_login(cast.sigrid)
    page = url(review, "paper_stance", leader.pk)
    assert "sak 07-2026" in client.get(page).text
    answer = sent(review, kind_2="reserves", remark_2="Økonomi")
    assert client.post(page, answer | {"how": str(other.pk)}).status_code == 422
    assert client.post(page, answer | {"how": str(item.pk)}).status_code == 302
    stance = Stance.objects.get()
    assert (stance.given_in, stance.from_paper, stance.by) == (item, False, cast.sigrid)
    assert "i møtet" in client.get(url(review, "review_picture")).text
    assert "(i møtet)" in Audit.objects.latest("seq").what
    with pytest.raises(NotAllowed):
        actions.take_stance(review, leader, by=cast.ingrid, kind="own_body", given_in=item)


def test_nobody_types_in_for_a_seat_without_a_say(cast, review, client):
    client.force_login(cast.kari)
    for who in (cast.olav, cast.sigrid):
        page = url(review, "paper_stance", cast.ssu.seats.get(user=who).pk)
        assert client.post(page, sent(review, kind_0="joins")).status_code == 403
    other = cast.fsu.seats.get(user=cast.per)
    assert client.get(url(review, "paper_stance", other.pk)).status_code == 404


@pytest.fixture
def guest(cast, review) -> PersonalLink:
    seat = make.seat(cast.ssu, printed_name="Anna Gjest", side="municipality", area="kommunene i Ofoten")
    actions.send_review_link(review, seat, by=cast.kari, name="Anna", email="anna@alta.no")
    return PersonalLink.objects.get()


def let_in(client, link: PersonalLink) -> None:
    session = client.session
    session[links.SESSION_KEY] = {
        "link": link.pk.hex,
        "until": (timezone.now() + timedelta(hours=1)).timestamp(),
    }
    session.save()


def test_a_guest_answers_for_that_seat_and_sees_no_more(cast, review, guest, client):
    assert client.get(url(review)).status_code == 302  # to sign in
    let_in(client, guest)
    page = client.get(url(review))
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    client.post(url(review, "see_changes"))
    assert client.post(url(review), sent(review, kind_0="joins")).status_code == 302
    stance = Stance.objects.get()
    assert (stance.seat, stance.by, stance.link, stance.on_behalf_of) == (
        guest.seat,
        None,
        guest,
        "kommunene i Ofoten",
    )
    for name in ("reviewed_plan", "take_stance"):
        assert client.get(url(review, name)).status_code == 200
    assert client.get(url(review, "stance_sheet", guest.seat_id)).status_code == 200
    other = make.laid(cast.draft, cast.fsu, by=cast.kari)
    for path in (url(review, "review_picture"), url(other), cast.draft.get_work_url()):
        assert client.get(path).status_code == 302, path
    leader = cast.ssu.seats.get(user=cast.ingrid)
    assert client.get(url(review, "stance_sheet", leader.pk)).status_code == 403
    with pytest.raises(NotAllowed):
        actions.take_stance(review, leader, link=guest, kind="own_body")
    with pytest.raises(NotAllowed):
        actions.take_stance(other, cast.fsu.seats.get(user=cast.per), link=guest, kind="own_body")


def test_a_link_that_is_taken_back_answers_no_more(review, guest, client):
    guest.revoked_at = timezone.now()
    guest.save()
    let_in(client, guest)
    assert client.post(url(review), sent(review, kind_0="own_body")).status_code == 410
    with pytest.raises(links.LinkClosed):
        actions.take_stance(review, guest.seat, link=guest, kind="own_body")


def test_a_link_opens_the_review_until_it_is_closed(cast, review, guest):
    assert links.opens(guest).path == url(review)
    actions.close_review(review, by=cast.kari)
    with pytest.raises(links.LinkClosed):
        links.opens(guest)
