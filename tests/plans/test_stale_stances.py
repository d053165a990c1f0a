"""«Ordlyden er endret etter at vi sluttet oss til»: a stance counts on its own words, or by a correction."""

import pytest
from django.urls import reverse

from plans import actions, queries
from plans.consensus import words_of
from plans.models import Measure, Review, Seen
from plans.snapshot import document_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined(cast) -> Review:
    """The leader joined the whole of the first version."""
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    leader = cast.ssu.seats.get(user=cast.ingrid)
    Seen.objects.create(review=review, seat=leader)
    actions.take_stance(review, leader, by=cast.ingrid, kind="joins")
    return review


def change(cast, n: int, words: str) -> Measure:
    measure = cast.draft.sections.get().goals.get().measures.all()[n - 1]
    actions.edit_row(measure, by=cast.kari, version=measure.version, values={"html": words})
    return measure


def positions(review: Review) -> list[str]:
    return [row.standing.position for row in queries.pictures([review])[review.pk].rows]


def now(cast, measure: Measure) -> str:
    return words_of(document_of(cast.draft))[str(measure.item_id)]


def test_the_member_is_shown_the_difference_and_asked_again(cast, joined, client):
    before = words_of(joined.revision.load())
    measure = change(cast, 2, "Tiltak nummer to")
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    assert positions(review) == ["consensus", "not_answered", "consensus"]
    client.force_login(cast.ingrid)
    client.post(reverse("see_changes", args=[cast.troms.slug, review.pk]))
    page = client.get(reverse("take_stance", args=[cast.troms.slug, review.pk]))
    (row,) = page.context["stale"]
    assert (row.n, row.then[0].old, row.then[0].new) == (2, "Tiltak nummer 2", "Tiltak nummer to")
    assert "Svart på tidligere ordlyd" in page.text
    assert page.context["stands"] == 2
    picture = client.get(reverse("review_picture", args=[cast.troms.slug, review.pk]))
    (stale,) = picture.context["stale"]
    assert (stale.number, len(stale.answers), stale.fields[0].new) == (1, 1, "Tiltak nummer to")

    leader = cast.ssu.seats.get(user=cast.ingrid)
    words = now(cast, measure)
    assert words != before[str(measure.item_id)]
    actions.take_stance(review, leader, by=cast.ingrid, item=measure.item, kind="joins", words=words)
    assert positions(review) == ["consensus"] * 3


def test_words_that_come_back_are_the_words_that_were_joined(cast, joined):
    change(cast, 1, "Noe annet")
    change(cast, 1, "Tiltak nummer 1")
    assert positions(make.laid(cast.draft, cast.ssu, by=cast.kari)) == ["consensus"] * 3


def test_a_changed_goal_changes_the_words_of_its_measures(cast, joined):
    goal = cast.draft.sections.get().goals.get()
    actions.edit_row(goal, by=cast.kari, version=goal.version, values={"html": "Tryggere overganger"})
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    assert positions(review) == ["not_answered"] * 3
    (first, *_rest) = queries.stale_in(queries.pictures([review])[review.pk])
    assert [(f.detail, f.new) for f in first.fields] == [("Målet", "Tryggere overganger")]


def test_a_closed_review_stays_as_it_was(cast, joined):
    actions.close_review(joined, by=cast.kari)
    joined.refresh_from_db()
    change(cast, 1, "Noe annet")
    newer = make.laid(cast.draft, cast.ssu, by=cast.kari)
    leader = cast.ssu.seats.get(user=cast.ingrid)
    actions.take_stance(newer, leader, by=cast.ingrid, kind="disagrees", remark="Nei")
    assert (positions(joined), positions(newer)) == (["consensus"] * 3, ["disagreement"] * 3)


def test_the_draft_shows_which_answers_it_would_leave_behind(cast, joined):
    change(cast, 3, "Noe annet")
    picture = queries.pictures([joined], document=document_of(cast.draft))[joined.pk]
    assert [row.standing.position for row in picture.rows] == ["consensus", "consensus", "not_answered"]


# --- språklig rettelse ---
