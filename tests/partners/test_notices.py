"""What people are told: once a person and key, in the caller's transaction, in few queries."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.actions import done, tell
from partners.models import Notice
from tests import make

DUE = date(2027, 3, 12)


def told(cast, to, text="Planen er lagt fram.", key="review:1", **facts):
    facts = {"kind": Notice.Kind.REVIEW, "group": "plan:1", "group_title": "Handlingsplan 2027", **facts}
    tell(cast.troms, to=to, key=key, text=lambda: text, **facts)


def rows():
    return [(n.user and n.user.name, n.email, n.text) for n in Notice.objects.order_by("pk")]


def test_each_person_gets_one_row_however_often_they_are_named(cast):
    to = [cast.ingrid, cast.per, cast.ingrid, " Gjest@Alta.no", "gjest@alta.no", cast.per.email.upper(), " "]
    told(cast, to)
    told(cast, to)
    text = "Planen er lagt fram."
    assert rows() == [
        ("Ingrid Leder", "", text),
        ("Per Medlem", "", text),
        (None, "gjest@alta.no", text),
    ]


def test_told_again_puts_the_words_right_and_adds_those_who_are_new(cast):
    told(cast, [cast.ingrid, "gjest@alta.no"])
    told(cast, [cast.ingrid, cast.per, "gjest@alta.no"], "Ny frist.", due=DUE)
    assert [(who, text) for who, _email, text in rows()] == [
        ("Ingrid Leder", "Ny frist."),
        (None, "Ny frist."),
        ("Per Medlem", "Ny frist."),
    ]
    assert set(Notice.objects.values_list("due", flat=True)) == {DUE}


def test_what_was_sent_or_done_stays_so(cast):
    told(cast, [cast.ingrid, cast.per])
    at = timezone.now()
    Notice.objects.filter(user=cast.ingrid).update(sent_at=at, done=True)
    told(cast, [cast.ingrid, cast.per])
    assert list(Notice.objects.order_by("pk").values_list("sent_at", "done")) == [(at, True), (None, False)]


def test_who_left_is_told_nothing(cast):
    cast.per.is_active = False
    cast.per.save()
    told(cast, [cast.per, cast.per.email])
    assert rows() == []


def test_it_is_taken_back_with_what_it_tells_of(cast):
    def adopt_and_fail():
        with transaction.atomic():
            told(cast, [cast.ingrid])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        adopt_and_fail()
    assert rows() == []


def test_done_by_one_or_by_all(cast):
    told(cast, [cast.ingrid, cast.per, "gjest@alta.no"])
    told(cast, [cast.ingrid], key="review:2")

    def open_ones():
        return [str(n.user or n.email) + n.key for n in Notice.objects.filter(done=False).order_by("pk")]

    done("review:1", to=cast.per)
    assert open_ones() == ["Ingrid Lederreview:1", "gjest@alta.noreview:1", "Ingrid Lederreview:2"]
    done("review:1", to="Gjest@alta.no")
    assert open_ones() == ["Ingrid Lederreview:1", "Ingrid Lederreview:2"]
    done("review:1", except_for=[cast.ingrid, "gjest@alta.no"])
    assert open_ones() == ["Ingrid Lederreview:1", "Ingrid Lederreview:2"]
    done("review:1")
    assert open_ones() == ["Ingrid Lederreview:2"]


def test_telling_sixty_people_takes_as_many_queries_as_telling_one(cast):
    def queries(to):
        with CaptureQueriesContext(connection) as caught:
            told(cast, to)
        return len(caught)

    few = queries([cast.ingrid, "gjest@alta.no"])
    assert few <= 3
    assert queries([make.user(f"P {n}") for n in range(30)] + [f"g{n}@alta.no" for n in range(30)]) == few
