"""«Ordlyden er endret etter at vi sluttet oss til»: a stance counts on its own words, or by a correction."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from helsefellesskap.errors import Conflict, NotAllowed, Refusal
from partners.models import Audit
from plans import actions, queries
from plans.consensus import Correction, words_of
from plans.models import LinguisticChange, Measure, Review, Seen
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


def page(cast) -> str:
    return reverse("mark_linguistic", args=[cast.troms.slug, cast.draft.slug])


def test_a_linguistic_correction_keeps_the_answers_and_says_so(cast, joined, client):
    first, second = change(cast, 1, "Tiltak nummer éin"), change(cast, 2, "Noe helt annet")
    client.force_login(cast.kari)
    shown = client.get(page(cast))
    assert [(one.measure.text, one.marked) for one in shown.context["reworded"]] == [
        ("Tiltak nummer éin", False),
        ("Noe helt annet", False),
    ]
    value = shown.context["reworded"][0].value
    assert client.post(page(cast), {"mark": value}).status_code == 302
    assert [one.marked for one in client.get(page(cast)).context["reworded"]] == [True, False]
    mark = LinguisticChange.objects.get()
    assert (mark.item, mark.to_words, mark.by) == (first.item, now(cast, first), cast.kari)
    assert Audit.objects.latest("seq").verb == "mark_linguistic"

    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    assert positions(review) == ["consensus", "not_answered", "consensus"]
    client.force_login(cast.ingrid)
    client.post(reverse("see_changes", args=[cast.troms.slug, review.pk]))
    seen = client.get(reverse("take_stance", args=[cast.troms.slug, review.pk]))
    assert "Språklig rettelse siden" in seen.text
    assert [row.n for row in seen.context["stale"]] == [2]
    assert second.item_id != first.item_id


def test_corrections_lead_on_from_correction_to_correction(cast, joined):
    words = words_of(joined.revision.load())
    for text in ("Tiltak nummer én", "Tiltak nr. én"):
        measure = change(cast, 1, text)
        key = str(measure.item_id)
        mark = Correction(item=key, old=words[key], new=now(cast, measure))
        actions.mark_linguistic(cast.draft, by=cast.kari, corrections=[mark])
        make.laid(cast.draft, cast.fsu, by=cast.kari)  # its words are frozen, and can be marked from
        words = words_of(document_of(cast.draft))
    assert positions(make.laid(cast.draft, cast.ssu, by=cast.kari)) == ["consensus"] * 3


def test_what_nobody_has_before_them_is_not_marked(cast, joined, client):
    measure = change(cast, 1, "Tiltak nummer éin")
    key = str(measure.item_id)
    old, new = words_of(joined.revision.load())[key], now(cast, measure)
    right = Correction(item=key, old=old, new=new)
    with pytest.raises(NotAllowed):
        actions.mark_linguistic(cast.draft, by=cast.ingrid, corrections=[right])
    for nothing in ([], [Correction(item=key, old=new, new=new)]):
        with pytest.raises(Refusal, match="Velg minst ett tiltak"):
            actions.mark_linguistic(cast.draft, by=cast.kari, corrections=nothing)
    with pytest.raises(Conflict, match="endret igjen"):
        actions.mark_linguistic(
            cast.draft, by=cast.kari, corrections=[right, Correction(item=key, old="0" * 64, new=new)]
        )
    assert not LinguisticChange.objects.exists()

    client.force_login(cast.kari)
    value = client.get(page(cast)).context["reworded"][0].value
    change(cast, 1, "Endret igjen")
    answer = client.post(page(cast), {"mark": value})
    assert (answer.status_code, "Ordlyden er endret igjen" in answer.text) == (422, True)


def test_a_mark_is_never_taken_back(cast, joined):
    measure = change(cast, 1, "Tiltak nummer éin")
    key = str(measure.item_id)
    right = Correction(item=key, old=words_of(joined.revision.load())[key], new=now(cast, measure))
    (mark,) = actions.mark_linguistic(cast.draft, by=cast.kari, corrections=[right])
    assert actions.mark_linguistic(cast.draft, by=cast.kari, corrections=[right]) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        mark.delete()
