"""What tests of stances share: a version before SSU, its leader, what is sent and what was written."""

import pytest
from django.urls import reverse

from committees.models import Seat
from plans.consensus import words_of
from plans.models import Item, Review, Stance
from tests import make


@pytest.fixture
def review(cast) -> Review:
    return make.laid(cast.draft, cast.ssu, by=cast.kari)


@pytest.fixture
def leader(cast) -> Seat:
    seat = cast.ssu.seats.get(user=cast.ingrid)
    seat.represents.add(cast.unn)
    return seat


def url(review: Review, name: str = "take_stance", *more: int) -> str:
    return reverse(name, args=[review.committee.community.slug, review.pk, *more])


def items(review: Review) -> list[str]:
    return list(words_of(review.revision.load()))


def on(review: Review, n: int, kind: str, **facts) -> dict:
    """Arguments of `take_stance` on measure number n, with the words that lie there."""
    key = items(review)[n - 1]
    words = words_of(review.revision.load())[key]
    return {"item": Item.objects.get(pk=key), "words": words, "kind": kind, **facts}


def sent(review: Review, last: int = 0, **answers: str) -> dict[str, str]:
    """What the page sends: `kind_0="joins"` is the whole, `remark_2` measure number 2."""
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return {"shown": review.revision.sha256, "last": str(last), **said}


def written() -> list[tuple]:
    return [
        (s.seat.printed_name, str(s.item_id or ""), s.kind, s.remark, s.on_behalf_of)
        for s in Stance.objects.order_by("pk")
    ]
