"""The pages about what lies before committees are valid HTML, whatever was answered."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans import actions
from plans.consensus import words_of
from plans.models import Measure, Review, Seen, SharedCopy
from plans.shared_copies import address_of
from tests import make
from tests.people import Cast

pytestmark = [pytest.mark.conformance, pytest.mark.django_db]


def answered(cast: Cast) -> Review:
    """Joined in the first version with an exception; one measure reworded, then laid before SSU again."""
    leader = cast.ssu.seats.get(user=cast.ingrid)
    first = make.laid(cast.draft, cast.ssu, by=cast.kari)
    Seen.objects.create(review=first, seat=leader)
    words = words_of(first.revision.load())
    key = next(iter(words))
    item = first.revision.items.get(item=key).item
    actions.take_stance(first, leader, by=cast.ingrid, kind="own_body", expected_on=timezone.localdate())
    facts = {"item": item, "words": words[key], "kind": "disagrees", "remark": "«Nei» & <b>ikke</b>\nnå"}
    actions.take_stance(first, leader, by=cast.ingrid, **facts)
    measure = Measure.objects.filter(goal__section__plan=cast.draft).last()
    assert measure
    actions.edit_row(measure, by=cast.kari, version=measure.version, values={"html": "<b>Nytt</b>"})
    return make.laid(cast.draft, cast.ssu, by=cast.kari, message="Kjære\nalle")


def test_every_page(client: Client, cast: Cast, vnu: Any) -> None:
    review = answered(cast)
    slug, leader = cast.troms.slug, cast.ssu.seats.get(user=cast.ingrid)

    def check(who: Any, name: str, *args: Any, post: dict[str, str] | None = None) -> None:
        client.force_login(who)
        path = reverse(name, args=[slug, *args])
        vnu((client.get(path) if post is None else client.post(path, post)).content)

    check(cast.ingrid, "take_stance", review.pk)
    Seen.objects.create(review=review, seat=leader)
    actions.share_copy(review, leader, by=cast.ingrid, expires_on=timezone.localdate() + timedelta(days=3))
    check(cast.ingrid, "take_stance", review.pk)
    wrong = {
        "shown": "x",
        "last": "0",
        "kind-1": "reserves",
        "remark-2": "<x>",
        "kind-2": "own_body",
        "date-2": "2020-01-01",
    }
    check(cast.ingrid, "take_stance", review.pk, post=wrong)
    check(cast.tove, "take_stance", review.pk)
    check(cast.olav, "take_stance", review.pk)
    check(cast.olav, "reviewed_plan", review.pk)
    check(cast.olav, "committee_reviews", cast.ssu.slug)
    for name, args in (
        ("review_picture", [review.pk]),
        ("paper_stance", [review.pk, leader.pk]),
        ("review_link", [review.pk, leader.pk]),
        ("lay_before", [cast.draft.slug]),
        ("mark_linguistic", [cast.draft.slug]),
        ("plan_work", [cast.draft.slug]),
    ):
        check(cast.kari, name, *args)
    check(cast.kari, "lay_before", cast.draft.slug, post={"name": "x" * 200})
    versions = reverse("mark_linguistic", args=[slug, cast.draft.slug]) + "?fra=v1&til=v2"
    vnu(client.get(versions).content)
    vnu(client.post(versions, {"mark": "x"}).content)
    vnu(client.get("/" + address_of(SharedCopy.objects.get()).split("/", 3)[3]).content)
    actions.close_review(review, by=cast.kari)
    check(cast.ingrid, "take_stance", review.pk)
    check(cast.kari, "review_picture", review.pk)


def test_the_sheets_to_print(client: Client, cast: Cast, verapdf: Any, tmp_path: Path) -> None:
    review, leader = answered(cast), cast.ssu.seats.get(user=cast.ingrid)
    client.force_login(cast.ingrid)
    sheets = [tmp_path / "own.pdf", tmp_path / "blank.pdf"]
    for file, name, args in zip(sheets, ("stance_sheet", "blank_sheet"), ([leader.pk], []), strict=True):
        file.write_bytes(client.get(reverse(name, args=[cast.troms.slug, review.pk, *args])).content)
    verapdf(*sheets)
