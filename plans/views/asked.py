"""Who is behind a request about a review, and for which seat: signed in, or let in by a personal link."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from committees.links import guest_link
from committees.models import PersonalLink, Seat
from committees.rules import gives_stance, may_prepare, seats_held
from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import User
from plans import queries
from plans.actions.take_stance import counts_for
from plans.models import Review

from .again import at_work


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A review, and the seat whose answer it is; without one the page is for reading."""

    review: Review
    seat: Seat | None = None
    place: Seat | None = None  # that the seat's stances count for: a deputy's member
    by: User | None = None
    link: PersonalLink | None = None
    typed_in: bool = False  # by the secretariat, for the seat
    why_not: str = ""  # in words, where the seat cannot answer now

    def answering(self) -> tuple[Seat, Seat]:
        """The seat and the place. Raises NotAllowed where there is none."""
        if self.seat is None or self.place is None:
            raise NotAllowed(self.why_not or _("Vervet ditt i utvalget gir ikke rett til å ta standpunkt."))
        return self.seat, self.place


type AskedView = Callable[..., HttpResponseBase]


def for_those_asked(view: AskedView) -> AskedView:
    """`at_work`; and for the guest whom a personal link let in to just this review."""
    signed_in, guest = at_work(view), never_cache(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if _link_of(request, kwargs["review"]):
            return guest(request, *args, **kwargs)
        return signed_in(request, *args, **kwargs)

    return wrapped


def asked(request: HttpRequest, community: str, pk: int) -> Asked:
    """The review for this person, who may read it. Http404 or PermissionDenied."""
    if link := _link_of(request, pk):
        review = get_object_or_404(queries.reviews(), pk=link.target, committee__community__slug=community)
        queries.check_not_taken_down(review.revision)
        seat = link.seat if link.seat and gives_stance(link.seat) else None
        return _asked(review, seat, link=link)
    review = queries.review_for(request.user, community, pk)
    held = [seat for seat in seats_held(request.user, review.committee) if gives_stance(seat)]
    user = request.user if isinstance(request.user, User) else None
    return _asked(review, held[0] if held else None, by=user)


def asked_on_paper(request: HttpRequest, community: str, pk: int, seat: int) -> Asked:
    """The review for whoever types in what a seat answered on paper. As `asked` raises, and NotAllowed."""
    review = queries.review_for(request.user, community, pk)
    if not isinstance(request.user, User) or not may_prepare(request.user, review.committee):
        raise NotAllowed(_("Bare sekretariatet skriver inn svar for andre."))
    seats = review.committee.seats.select_related("committee", "deputy_for__committee")
    found = get_object_or_404(seats, pk=seat)
    return _asked(review, found if gives_stance(found) else None, by=request.user, typed_in=True)


def _link_of(request: HttpRequest, review: object) -> PersonalLink | None:
    """The personal link to this review by which the request came in, where nobody is signed in."""
    if request.user.is_authenticated:
        return None
    link = guest_link(request, PersonalLink.Purpose.REVIEW)
    return link if link and link.target == review else None


def _asked(
    review: Review,
    seat: Seat | None,
    *,
    by: User | None = None,
    link: PersonalLink | None = None,
    typed_in: bool = False,
) -> Asked:
    if seat is None:
        return Asked(review=review, by=by, link=link, typed_in=typed_in)
    try:
        place = counts_for(seat)
    except Refusal as refusal:
        return Asked(review=review, by=by, link=link, typed_in=typed_in, why_not=str(refusal))
    return Asked(review=review, seat=seat, place=place, by=by, link=link, typed_in=typed_in)
