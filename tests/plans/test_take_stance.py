"""«SSU tok forbehold på tiltak b»: who answers, for whom, on which words, once, and never unseen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from committees.models import Call, Meeting, Seat
from committees.rulebook import Rules
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit, Notice
from plans import actions, queries
from plans.actions.take_stance import Answer, AnsweredMeanwhile
from plans.models import Item, Review, Stance
from tests import make

from .stances import items, on, sent, url, written

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


# --- the page ---


def test_first_what_changed_then_the_answer(cast, review, leader, client):
    client.force_login(cast.ingrid)
    page = client.get(url(review))
    assert (page.context["seen"], "Send svaret" in page.text, "Vi har sett tiltakene" in page.text) == (
        False,
        False,
        True,
    )
    assert client.post(url(review, "see_changes"))["Location"] == f"{url(review)}#svar"
    page = client.get(url(review))
    assert (page.context["seen"], "Send svaret" in page.text) == (True, True)


def test_no_remarks_is_refused_until_the_changes_were_on_the_screen(cast, review, leader, client):
    client.force_login(cast.ingrid)
    answer = client.post(url(review), sent(review, kind_0="joins", kind_2="reserves", remark_2="Økonomi"))
    assert answer.status_code == 409
    assert "Se først hva som er endret" in answer.text
    assert "Økonomi" in answer.text  # what was typed stands
    assert not Stance.objects.exists()
    client.post(url(review, "see_changes"))
    assert client.post(url(review), sent(review, kind_0="joins")).status_code == 302
    assert written() == [("Ingrid Leder", "", "joins", "", "UNN")]


def test_the_whole_with_exceptions(cast, review, leader, client):
    client.force_login(cast.ingrid)
    client.post(url(review, "see_changes"))
    expected = (TODAY + timedelta(days=30)).isoformat()
    answers = {"kind_0": "joins", "kind_1": "own_body", "date_1": expected, "kind_3": "disagrees"}
    refused = client.post(url(review), sent(review, **answers))
    assert refused.status_code == 422
    assert "Skriv kort hva det gjelder." in refused.text
    saved = client.post(url(review), sent(review, **answers, remark_3="For dyrt"), follow=True)
    assert "Svaret for UNN er registrert: slutter seg til hele planen, med unntak for 2 tiltak." in saved.text
    first, _second, third = items(review)
    assert written() == [
        ("Ingrid Leder", "", "joins", "", "UNN"),
        ("Ingrid Leder", first, "own_body", "", "UNN"),
        ("Ingrid Leder", third, "disagrees", "For dyrt", "UNN"),
    ]
    page = client.get(url(review))
    assert [(row.n, now.kind) for row, now in page.context["exceptions"]] == [
        (1, "own_body"),
        (3, "disagrees"),
    ]
    assert Stance.objects.get(item=first).expected_on == TODAY + timedelta(days=30)
    assert Audit.objects.latest("seq").what == (
        "Ingrid Leder for UNN i SSU om «Handlingsplan 2027» versjon 1: slutter seg til hele planen; "
        "svar på 2 tiltak."
    )
    assert Notice.objects.get(key=f"review:{review.pk}", user=cast.ingrid).done


def test_a_reservation_is_lifted_later(cast, review, leader, client):
    client.force_login(cast.ingrid)
    client.post(url(review, "see_changes"))
    client.post(url(review), sent(review, kind_0="own_body", kind_2="reserves", remark_2="Økonomi"))
    last = Stance.objects.latest("pk").pk
    client.post(url(review), sent(review, last, kind_2="joins"))
    picture = queries.pictures([review])[review.pk]
    assert [a.given.kind for a in picture.answers_of(leader.pk).values()] == ["own_body", "joins", "own_body"]
    page = client.get(url(review))
    assert "Løft forbeholdet" in page.text


def test_what_concerns_the_member_is_marked(cast, client):
    plan = cast.draft
    measure = plan.sections.get().goals.get().measures.first()
    actions.edit_row(measure, by=cast.kari, version=measure.version, values={"responsible_text": "UNN"})
    measure.responsibles.create(partner=cast.unn)
    cast.fsu.seats.get(user=cast.per).represents.add(cast.unn)
    review = make.laid(plan, cast.fsu, by=cast.kari)
    client.force_login(cast.per)
    assert [row.n for row in client.get(url(review)).context["ours"]] == [1]


def test_what_changed_since_the_seat_last_looked(cast, review, leader, client):
    client.force_login(cast.ingrid)
    client.post(url(review, "see_changes"))
    measure = cast.draft.sections.get().goals.get().measures.first()
    actions.edit_row(measure, by=cast.kari, version=measure.version, values={"html": "Nye ord"})
    unseen = make.laid(cast.draft, cast.ssu, by=cast.kari)
    newest = make.laid(cast.draft, cast.ssu, by=cast.kari)
    for later in (unseen, newest):
        page = client.get(url(later))
        assert page.context["before"] == review.revision
        assert page.context["comparison"].counts("measure").changed == 1
    client.post(url(newest, "see_changes"))
    assert client.get(url(unseen)).context["before"] == review.revision


# --- who, and for whom ---


def test_who_has_no_say_takes_no_stance(cast, review, leader, client):
    for user in cast.but("ingrid", "tove"):
        client.force_login(user)
        assert client.post(url(review), sent(review, kind_0="own_body")).status_code == 403
        with pytest.raises(NotAllowed):
            actions.take_stance(review, leader, by=user, kind="own_body")
    assert not Stance.objects.exists()


def test_a_deputy_answers_for_the_member_and_both_see_it(cast, review, leader, client):
    client.force_login(cast.tove)
    assert "Du svarer som vara for Ingrid Leder" in client.get(url(review)).text
    client.post(url(review, "see_changes"))
    client.post(url(review), sent(review, kind_0="joins", kind_1="reserves", remark_1="Må avklares"))
    stance = Stance.objects.filter(item=None).get()
    assert (stance.seat.user, stance.in_place_of, stance.on_behalf_of) == (cast.tove, leader, "UNN")

    client.force_login(cast.ingrid)
    client.post(url(review, "see_changes"))
    late = client.post(url(review), sent(review, kind_0="joins"))  # the page was made before
    assert late.status_code == 409
    assert "Tove Vara slutter seg til" in late.text
    assert late.context["last"] == Stance.objects.latest("pk").pk
    again = client.post(url(review), sent(review, late.context["last"], kind_0="joins"))
    assert again.status_code == 302
    picture = queries.pictures([review])[review.pk]
    assert {a.given.name for a in picture.answers_of(leader.pk).values()} == {"Ingrid Leder"}


def test_a_deputy_of_nobody_in_particular_answers_when_called(cast, review, leader, client):
    user = make.user("Siri Vara")
    seat = make.seat(cast.ssu, user, role=Seat.Role.DEPUTY)
    with pytest.raises(NotAllowed, match="uten et bestemt medlem"):
        actions.take_stance(review, seat, by=user, kind="own_body")
    client.force_login(user)
    assert "uten et bestemt medlem" in client.get(url(review)).text
    meeting = Meeting.objects.create(committee=cast.ssu, date=TODAY)
    Call.objects.create(meeting=meeting, seat=seat, stands_in_for=leader)
    stance = actions.take_stance(review, seat, by=user, kind="own_body")
    assert stance.in_place_of == leader


def test_an_observer_speaks_where_the_rules_let_them_propose(cast):
    review = make.laid(cast.draft, cast.fsu, by=cast.kari)
    seat = cast.fsu.seats.get(user=cast.odd)
    actions.take_stance(review, seat, by=cast.odd, **on(review, 1, "disagrees", remark="Glemt brukerne"))
    standing = queries.pictures([review])[review.pk].rows[0].standing
    assert ([a.position for a in standing.observers], standing.has("disagreement")) == (
        ["disagreement"],
        False,
    )
    cast.fsu.rules = Rules().stored()
    cast.fsu.save()
    review = Review.objects.get()
    with pytest.raises(NotAllowed):
        actions.take_stance(review, Seat.objects.get(pk=seat.pk), by=cast.odd, kind="own_body")


def test_a_seat_that_ended_yesterday_says_nothing_today(cast, review, leader):
    actions.take_stance(review, leader, by=cast.ingrid, kind="own_body")
    leader.end = TODAY - timedelta(days=1)
    leader.save()
    with pytest.raises(NotAllowed):
        actions.take_stance(review, leader, by=cast.ingrid, kind="own_body")
    assert leader.pk not in {place.key for place in queries.pictures([review])[review.pk].places}


def test_on_whose_behalf(cast, review, leader):
    leader.area = "kommunene i Ofoten"
    leader.save()
    leader.represents.set([make.partner("Narvik", cast.troms, number="1806"), cast.tromso])
    stance = actions.take_stance(review, leader, by=cast.ingrid, kind="own_body")
    assert stance.on_behalf_of == "kommunene i Ofoten (Narvik og Tromsø)"


# --- words, once, late ---


def test_words_that_were_not_shown_are_refused(cast, review, leader, client):
    facts = on(review, 1, "reserves", remark="Økonomi") | {"words": "0" * 64}
    with pytest.raises(Conflict, match="en annen"):
        actions.take_stance(review, leader, by=cast.ingrid, **facts)
    other = Item.objects.create(kind="measure")
    with pytest.raises(Conflict, match="ikke i den versjonen"):
        actions.take_stance(review, leader, by=cast.ingrid, item=other, kind="joins", words="0" * 64)
    client.force_login(cast.ingrid)
    page = sent(review, kind_1="reserves", remark_1="Økonomi") | {"shown": "0" * 64}
    assert client.post(url(review), page).status_code == 409
    assert not Stance.objects.exists()


def test_a_double_click_counts_once(cast, review, leader, client):
    client.force_login(cast.ingrid)
    client.post(url(review, "see_changes"))
    answer = sent(review, kind_0="joins", kind_2="reserves", remark_2="Økonomi")
    assert [client.post(url(review), answer).status_code for _ in range(2)] == [302, 302]
    assert Stance.objects.count() == 2
    assert Audit.objects.filter(verb="take_stance").count() == 1
    with pytest.raises(AnsweredMeanwhile):
        actions.take_stances(review, leader, by=cast.ingrid, answers=[Answer(kind="own_body")], last=0)


def test_a_late_answer_is_taken_and_says_so(cast, review, leader, client):
    Review.objects.update(due=TODAY - timedelta(days=1))
    client.force_login(cast.ingrid)
    assert "Fristen er ute" in client.get(url(review)).text
    answer = client.post(url(review), sent(review, kind_0="own_body"), follow=True)
    assert "Det kom etter fristen." in answer.text
    assert "etter fristen" in client.get(url(review, "review_picture")).text


def test_nothing_chosen_or_a_remark_without_a_choice_is_said(cast, review, leader, client):
    client.force_login(cast.ingrid)
    assert "Velg et svar" in client.post(url(review), sent(review)).text
    answer = client.post(url(review), sent(review, remark_2="Hva med fristen?", date_1="26-1-1"))
    assert answer.status_code == 422
    assert "Velg hva merknaden gjelder." in answer.text
    assert "Hva med fristen?" in answer.text
    past = sent(review, kind_1="own_body", date_1="2020-01-01")
    assert "Datoen har allerede vært." in client.post(url(review), past).text
    with pytest.raises(Refusal, match="Velg om dere"):
        actions.take_stance(review, leader, by=cast.ingrid, kind="abstains")
    with pytest.raises(Refusal, match="Bare et forbehold"):
        actions.take_stance(review, leader, by=cast.ingrid, kind="joins", expected_on=TODAY)


def test_an_answer_after_the_login_ran_out_is_not_lost(review, leader, client):
    answer = client.post(url(review), sent(review, kind_1="reserves", remark_1="Det jeg skrev"))
    assert answer.status_code == 403
    assert "Det jeg skrev" in answer.text


# --- twice ---


def test_the_database_keeps_stances_as_they_were_given(cast, review, leader):
    stance = actions.take_stance(review, leader, by=cast.ingrid, kind="own_body")
    for change in (lambda: Stance.objects.update(kind="joins"), stance.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    actions.close_review(review, by=cast.kari)
    with pytest.raises(WrongState):
        actions.take_stance(review, leader, by=cast.ingrid, kind="joins")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_count_once(cast):
    """On two connections, each in its own transaction."""
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    leader = cast.ssu.seats.get(user=cast.ingrid)

    def click() -> int:
        try:
            answers = [Answer(kind="own_body")]
            return len(actions.take_stances(review, leader, by=cast.ingrid, answers=answers, last=0))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        clicks = [both.submit(click) for _ in range(2)]
        assert [done.result() for done in clicks] == [1, 1]
    assert Stance.objects.count() == 1
