"""One version before several committees: the matrix, complete only when each of them has approved it."""

from collections.abc import Sequence
from dataclasses import dataclass

from committees.models import DecisionPoint
from committees.rules import may_read_papers
from plans.models import Plan, Review, Revision
from plans.rules import Person

from .pictures import Picture, pictures
from .reviews import approvals, reviews_of


@dataclass(frozen=True)
class Laid:
    """One committee's row. Without a point its decision is missing, whatever its seats have answered."""

    review: Review
    picture: Picture
    point: DecisionPoint | None
    readable: bool  # whether who asks may see where its sides stand


@dataclass(frozen=True)
class Matrix:
    """One version, and the committees that it lies before."""

    revision: Revision
    rows: Sequence[Laid]

    @property
    def missing(self) -> list[str]:
        return [row.review.committee.abbreviation for row in self.rows if row.point is None]

    @property
    def complete(self) -> bool:
        return not self.missing


def matrices(plan: Plan, *, by: Person, revision: int | None = None) -> list[Matrix]:
    """Each version that was laid before committees, the newest first; or the one. Ten queries at most."""
    reviews = [r for r in reviews_of(plan) if revision in (None, r.revision_id)]
    if not reviews:
        return []
    found, points = pictures(reviews), approvals(plan)
    by_version: dict[int, list[Laid]] = {}
    for review in reviews:
        point = points.get((review.revision_id, review.committee_id))
        by_version.setdefault(review.revision_id, []).append(
            Laid(review, found[review.pk], point, may_read_papers(by, review.committee))
        )
    return [Matrix(rows[0].review.revision, rows) for rows in by_version.values()]
