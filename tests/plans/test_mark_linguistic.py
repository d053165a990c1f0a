"""«Språklig rettelse»: an answer stands where only the language changed, and is seen to."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from helsefellesskap.errors import Conflict, NotAllowed, Refusal
from partners.models import Audit
from plans import actions
from plans.consensus import Correction, words_of
from plans.models import LinguisticChange
from plans.snapshot import document_of
from tests import make

from .test_stale_stances import change, joined, now, positions

__all__ = ["joined"]  # pytest finds the fixture by its name here
pytestmark = pytest.mark.django_db


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
