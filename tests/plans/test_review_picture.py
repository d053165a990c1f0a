"""The picture by side, the matrix of committees, and the lists; in a constant number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees import actions as meetings
from committees.actions import Point
from committees.models import Case, DecisionPoint, Meeting, Recusal, Seat
from committees.rulebook import Rules
from partners.models import User
from plans import actions, queries
from plans.consensus import words_of
from plans.models import CaseItem, Review, Seen
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
Verb = DecisionPoint.Verb


@pytest.fixture
def review(cast) -> Review:
    """Before SSU with a leader of the hospital, a kommune's member and GPs who say nothing."""
    cast.ssu.seats.get(user=cast.ingrid).represents.add(cast.unn)
    kommune = make.seat(cast.ssu, make.user("Hilde Furumo"), side=Seat.Side.MUNICIPALITY)
    kommune.represents.add(cast.tromso)
    make.seat(cast.ssu, make.user("Håkon Lege"), side=Seat.Side.GP, area="fastlegene")
    return make.laid(cast.draft, cast.ssu, by=cast.kari)


def said(review: Review, name: str, kind: str, n: int = 0, **facts) -> None:
    """By the seat of this name, of measure number n or of the whole."""
    seat = review.committee.seats.get(printed_name=name)
    Seen.objects.get_or_create(review=review, seat=seat)
    if n:
        words = words_of(review.revision.load())
        key = list(words)[n - 1]
        facts |= {"item": review.revision.items.get(item=key).item, "words": words[key]}
    actions.take_stance(review, seat, by=seat.user, kind=kind, **facts)


def page(review: Review, client, who: User):
    client.force_login(who)
    return client.get(reverse("review_picture", args=[review.committee.community.slug, review.pk]))


def test_a_leader_sees_first_what_must_be_talked_about(cast, review, client):
    said(review, "Ingrid Leder", "joins")
    said(review, "Hilde Furumo", "own_body", expected_on=TODAY)
    said(review, "Hilde Furumo", "joins", 1)
    said(review, "Hilde Furumo", "reserves", 2, remark="Ingen penger")
    said(review, "Hilde Furumo", "disagrees", 3, remark="Ikke vår oppgave")
    answer = page(review, client, cast.ingrid)
    picture = answer.context["picture"]
    assert [row.measure.text[-1] for row in picture.to_talk_about] == ["3", "2"]
    assert [{side.side: side.position for side in row.standing.sides} for row in picture.rows] == [
        {"specialist": "consensus", "municipality": "consensus", "gp": "not_answered"},
        {"specialist": "consensus", "municipality": "reservation", "gp": "not_answered"},
        {"specialist": "consensus", "municipality": "disagreement", "gp": "not_answered"},
    ]
    assert [place.name for place in picture.silent] == ["Håkon Lege"]
    assert (len(picture.answered), len(picture.deciding), picture.agreed) == (2, 3, 0)
    text = answer.text
    assert text.index("Ikke vår oppgave") < text.index("Ingen penger") < text.index("Alle tiltak")
    assert "uenighet" in text  # a word beside the colour


def test_a_reservation_on_the_whole_is_told_once(cast, review, client):
    said(review, "Hilde Furumo", "own_body", remark="Til kommunestyret")
    picture = page(review, client, cast.ingrid).context["picture"]
    assert ([a.place.name for a in picture.on_the_whole], picture.to_talk_about) == (["Hilde Furumo"], [])
    assert [row.standing.position for row in picture.rows] == ["reservation"] * 3


def test_the_rules_are_data(cast, review, client):
    cast.ssu.rules = Rules(must_join=("specialist",), votes=True).stored()
    cast.ssu.save()
    said(review, "Ingrid Leder", "joins")
    said(review, "Hilde Furumo", "disagrees", 1, remark="Nei")
    answer = page(review, client, cast.ingrid)
    assert [row.standing.position for row in answer.context["picture"].rows] == ["consensus"] * 3
    assert answer.context["picture"].rows[0].standing.votes == (1, 1)
    assert "kreves ikke" in answer.text
    assert "1 for, 1 mot" in answer.text


def test_parties_without_a_seat_are_named_and_never_join(cast, review, client):
    make.partner("Karlsøy", cast.troms, number="5534")
    said(review, "Ingrid Leder", "joins")
    assert page(review, client, cast.ingrid).context["without_seat"] == ["Karlsøy"]


def test_who_is_recused_is_not_counted_and_the_deputy_is(cast, review):
    leader = cast.ssu.seats.get(user=cast.ingrid)
    deputy = cast.ssu.seats.get(user=cast.tove)
    said(review, "Ingrid Leder", "disagrees", remark="Nei")
    said(review, "Hilde Furumo", "joins")
    said(review, "Håkon Lege", "joins")
    case = Case.objects.create(committee=cast.ssu, year=2026, number=1, printed_number="01-2026")
    CaseItem.objects.create(case=case, plan=cast.draft, revision=review.revision)
    recusal = Recusal.objects.create(
        case=case,
        seat=leader,
        reason="Ektefelle",
        reported_by=cast.ingrid,
        outcome=Recusal.Outcome.RECUSED,
        legal_basis="fvl. § 6",
        decided_at=timezone.now(),
    )

    def position() -> str:
        return queries.pictures([review])[review.pk].rows[0].standing.position

    assert position() == "consensus"
    recusal.deputy = deputy
    recusal.save()
    assert position() == "not_answered"
    said(review, "Tove Vara", "joins")
    assert position() == "consensus"


def test_the_matrix_is_complete_when_every_committee_has_decided(cast, review, client):
    other = actions.lay_before(
        review.revision, by=cast.kari, committees=[cast.fsu], due=TODAY + timedelta(days=7)
    )[0]
    answer = page(review, client, cast.ingrid)
    matrix = answer.context["matrix"]
    assert [(row.review, row.point, row.readable) for row in matrix.rows] == [
        (review, None, True),
        (other, None, False),
    ]
    assert "Vedtak mangler: SSU, FSU BU" in answer.text
    for n, laid in enumerate((review, other), 1):
        missing = page(review, client, cast.ingrid).context["matrix"].missing
        assert missing == ["SSU", "FSU BU"][n - 1 :]
        decide(laid, cast)
    answer = page(review, client, cast.ingrid)
    assert answer.context["matrix"].complete
    assert "Anbefaler, sak 07-2026" in answer.text


def decide(review: Review, cast) -> None:
    """The committee recommends this version."""
    committee = review.committee
    meeting = Meeting.objects.create(committee=committee, date=TODAY)
    case = Case.objects.create(committee=committee, year=2026, number=7, printed_number="07-2026")
    key = CaseItem.objects.create(case=case, plan=review.revision.plan, revision=review.revision).pk
    item = meetings.put_on_agenda(meeting, case)
    there = committee.seats.filter(role__in=["leader", "member"], end=None)
    meetings.record_attendance([item], by=cast.kari, present=dict.fromkeys(there))
    meetings.decide(
        item,
        by=cast.kari,
        points=[Point(verb=Verb.RECOMMENDS, wording="Planen anbefales.", about=(str(key),))],
    )


def test_a_committee_lists_what_lies_before_it(cast, review, client):
    make.laid(cast.draft, cast.ssu, by=cast.kari)
    client.force_login(cast.olav)
    answer = client.get(reverse("committee_reviews", args=[cast.troms.slug, cast.ssu.slug]))
    assert [bool(r.closed_at) for r in answer.context["reviews"]] == [False, True]
    client.force_login(cast.per)
    assert client.get(answer.request["PATH_INFO"]).status_code == 403


def test_pages_take_the_same_queries_for_60_seats_and_300_measures(cast, client):
    """As for 2 seats and 3 measures: the picture, the member's page, the plan's own."""

    def queries_of(plan, committee) -> list[int]:
        review = make.laid(plan, committee, by=cast.kari)
        seats = list(committee.seats.filter(role__in=["leader", "member"], end=None))
        for seat in seats:
            kind = "joins" if seat.pk % 2 else "own_body"
            Seen.objects.create(review=review, seat=seat)
            actions.take_stance(review, seat, by=seat.user, kind=kind)
        counts = []
        for name, args in (
            ("review_picture", [review.pk]),
            ("take_stance", [review.pk]),
            ("plan_work", [plan.slug]),
        ):
            client.force_login(cast.kari if name == "plan_work" else seats[0].user)
            path = reverse(name, args=[cast.troms.slug, *args])
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as found:
                assert client.get(path).status_code == 200
            counts.append(len(found))
        return counts

    few = make.committee(cast.troms, "LSU", rank=3)
    many = make.committee(cast.troms, "PM", rank=1)
    sides = [Seat.Side.SPECIALIST, Seat.Side.MUNICIPALITY, Seat.Side.GP, Seat.Side.USER]
    for committee, size in ((few, 2), (many, 60)):
        for n in range(size):
            user = make.user(f"{committee.abbreviation} {n}")
            seat = make.seat(committee, user, side=sides[n % 4])
            seat.represents.add(cast.unn)
    small = queries_of(cast.draft, few)
    large = queries_of(make.draft(cast.troms, by=cast.kari, slug="stor", measures=300), many)
    assert small == large
