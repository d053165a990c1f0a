"""What notices from plans are about: who hears that it was not done in time."""

from collections.abc import Iterable

from committees.matters import leaders_of
from partners import matters
from partners.models import User

from .models import Review


def register() -> None:
    """Called when the app is ready."""
    matters.register("review", leaders=_leaders_of_review)


def _leaders_of_review(pk: int) -> Iterable[User]:
    review = Review.objects.select_related("committee").filter(pk=pk).first()
    return leaders_of(review.committee) if review else ()
