"""Where the seats of a committee stand on a plan: from rows to `plans.consensus` and back. Seven queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from committees.models import Recusal, Seat
from committees.rules import DECIDING
from committees.seats import spoken_for
from helsefellesskap.dates import local_day
from plans.compare import Field
from plans.consensus import Answer, Correction, Given, Place, Standing, Words, standings, words_of
from plans.document import Goal, Measure, PlanDocument, Section
from plans.models import LinguisticChange, Review, Revision, Stance, Withdrawal
from plans.stance_rows import measures_by_key, wording_changes


class Pictured(NamedTuple):
    """A measure in its place, and where all stand on it."""

    section: Section
    goal: Goal
    measure: Measure
    standing: Standing


@dataclass(frozen=True)
class Picture:
    """One review: its document, its seats, and where they stand on each measure (by item key)."""

    review: Review
    document: PlanDocument
    documents: Mapping[int, PlanDocument]  # by revision: those that stances were given on
    places: tuple[Place, ...]
    standings: Mapping[str, Standing]

    @cached_property
    def rows(self) -> list[Pictured]:
        """The measures in reading order."""
        return [
            Pictured(section, goal, measure, self.standings[measure.key])
            for section, goal, measure in self.document.walk_measures()
        ]

    @cached_property
    def on_the_whole(self) -> list[Answer]:
        """The seats that reserve on the whole or disagree with it, each once."""
        found = {
            answer.place.key: answer
            for standing in self.standings.values()
            for answer in standing.answers
            if answer.objects and answer.given and not answer.given.item
        }
        return list(found.values())

    @cached_property
    def to_talk_about(self) -> list[Pictured]:
        """Measures on which somebody disagrees or reserves, disagreement first, else as the plan has them."""
        found = [row for row in self.rows if row.standing.must_be_talked_about]
        return sorted(found, key=lambda row: not row.standing.has("disagreement"))

    @cached_property
    def stale(self) -> list[Pictured]:
        """Where somebody answered on words that have changed since."""
        return [row for row in self.rows if row.standing.stale]

    @property
    def silent(self) -> list[Place]:
        """The seats that decide and have said nothing of today's words."""
        return [place for place in self.deciding if place.key not in self.answered]

    @cached_property
    def answered(self) -> set[int]:
        """The seats that have said something of today's words."""
        return {
            answer.place.key
            for standing in self.standings.values()
            for answer in standing.answers
            if answer.position != "not_answered"
        }

    @property
    def agreed(self) -> int:
        """How many measures there is consensus on."""
        return sum(standing.position == "consensus" for standing in self.standings.values())

    @property
    def deciding(self) -> list[Place]:
        return [place for place in self.places if place.decides and (place.deputy or not place.recused)]

    def answers_of(self, seat: int) -> dict[str, Answer]:
        """What one seat says of each measure that it has said something of, by item key."""
        return {
            item: answer
            for item, standing in self.standings.items()
            for answer in (*standing.answers, *standing.observers)
            if answer.place.key == seat and answer.given
        }


def pictures(reviews: Sequence[Review], *, document: PlanDocument | None = None) -> dict[int, Picture]:
    """The reviews' pictures by review. All are of one plan; a constant number of queries.

    Of a closed review as it was when it closed. `document` takes the place of what was laid before them:
    the draft, say, to see which stances its words would leave behind.
    """
    if not reviews:
        return {}
    plan = reviews[0].revision.plan
    committees = [review.committee_id for review in reviews]
    seats = list(
        Seat.objects.filter(committee__in=committees)
        .filter(Q(role__in=DECIDING) | Q(role=Seat.Role.OBSERVER))
        .prefetch_related("represents")
        .order_by("pk")
    )
    stances = list(
        Stance.objects.filter(review__revision__plan=plan, review__committee__in=committees)
        .select_related("review", "seat", "by")
        .order_by("given_at", "pk")
    )
    wanted = {review.revision_id for review in reviews} | {stance.review.revision_id for stance in stances}
    documents = {r.pk: r.load() for r in Revision.objects.filter(pk__in=wanted)}
    gone = set(Withdrawal.objects.filter(revision__in=wanted).values_list("revision", flat=True))
    versions = {pk: words_of(found) for pk, found in documents.items() if pk not in gone}
    changes = list(LinguisticChange.objects.filter(plan=plan))
    recused = {
        (recusal.case.committee_id, recusal.seat_id): recusal.deputy_id is not None
        for recusal in Recusal.objects.filter(
            case__plan_items__plan=plan, case__committee__in=committees, outcome=Recusal.Outcome.RECUSED
        ).select_related("case")
    }
    return {
        review.pk: _picture(review, document, seats, stances, documents, versions, changes, recused)
        for review in reviews
    }


def _picture(
    review: Review,
    document: PlanDocument | None,
    seats: Iterable[Seat],
    stances: Iterable[Stance],
    documents: Mapping[int, PlanDocument],
    versions: Mapping[int, Words],
    changes: Iterable[LinguisticChange],
    recused: Mapping[tuple[int, int], bool],
) -> Picture:
    until = review.closed_at or timezone.now()
    document = document or documents[review.revision_id]
    places = tuple(
        _place(seat, recused)
        for seat in seats
        if seat.committee_id == review.committee_id and _lasts(seat, local_day(until))
    )
    return Picture(
        review=review,
        document=document,
        documents=documents,
        places=places,
        standings=standings(
            words_of(document),
            places=places,
            stances=_given(stances, review, until),
            versions=versions,
            corrections=[
                Correction(item=str(change.item_id), old=change.from_words, new=change.to_words)
                for change in changes
                if change.at <= until
            ],
            rules=review.committee.rulebook,
        ),
    )


def _lasts(seat: Seat, day: date) -> bool:
    return seat.start <= day and (seat.end is None or day <= seat.end)


def _place(seat: Seat, recused: Mapping[tuple[int, int], bool]) -> Place:
    key = (seat.committee_id, seat.pk)
    return Place(
        key=seat.pk,
        name=seat.printed_name,
        side=seat.side,
        on_behalf_of=spoken_for(seat),
        decides=seat.role in DECIDING,
        recused=key in recused,
        deputy=recused.get(key, False),
    )


def _given(stances: Iterable[Stance], review: Review, until: datetime) -> list[Given]:
    """The committee's stances up to then, numbered as they were given."""
    return [
        Given(
            key=n,
            place=stance.in_place_of_id or stance.seat_id,
            seat=stance.seat_id,
            kind=stance.kind,  # type: ignore[arg-type]  # one of its choices
            version=stance.review.revision_id,
            item=str(stance.item_id or ""),
            words=stance.words,
            remark=stance.remark,
            expected_on=stance.expected_on,
            on_behalf_of=stance.on_behalf_of,
            name=stance.seat.printed_name,
            from_paper=stance.from_paper,
            in_meeting=stance.given_in_id is not None,
            late=local_day(stance.given_at) > stance.review.due,
            at=stance.given_at,
        )
        for n, stance in enumerate(stances)
        if stance.review.committee_id == review.committee_id and stance.given_at <= until
    ]


@dataclass(frozen=True)
class Stale:
    """A measure that was answered on earlier words: by how many, on which version, and what differs."""

    row: Pictured
    number: int  # of the version
    answers: list[Answer]
    fields: tuple[Field, ...]


def stale_in(picture: Picture) -> list[Stale]:
    """Once a measure and version, as the plan has them."""
    if not picture.stale:
        return []
    numbers = dict(Revision.objects.filter(pk__in=picture.documents).values_list("pk", "number"))
    indexes = {version: measures_by_key(then) for version, then in picture.documents.items()}
    found = []
    for row in picture.stale:
        by_version: dict[int, list[Answer]] = {}
        for answer in row.standing.stale:
            if answer.given:
                by_version.setdefault(answer.given.version, []).append(answer)
        for version, answers in by_version.items():
            fields = wording_changes(indexes[version], row.goal, row.measure)
            found.append(Stale(row, numbers[version], answers, fields))
    return found
