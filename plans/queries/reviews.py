"""What lies before committees: fetched with permission, and listed."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.links import Opens
from committees.models import AgendaItem, Case, Committee, DecisionPoint, Meeting, PersonalLink, Seat
from committees.rules import DECIDING, may_read_papers
from partners.models import RoleParty
from partners.queries import partners_of
from partners.roles import on
from plans.consensus import Correction, words_of
from plans.document import PlanDocument, words_hash
from plans.models import (
    Adoption,
    LinguisticChange,
    Plan,
    PointSubject,
    Review,
    Revision,
    Seen,
    SharedCopy,
    Stance,
)
from plans.rules import Person
from plans.stance_rows import Reworded, measures_by_key, wording_changes

from .public import check_not_taken_down, taken_down

# A committee approves what lies before it by one of these.
APPROVING = (*DecisionPoint.ADOPTING, DecisionPoint.Verb.RECOMMENDS)


def reviews() -> QuerySet[Review]:
    """Reviews with what their pages name, without the documents."""
    return Review.objects.select_related(
        "revision__plan__community", "committee__community", "laid_by"
    ).defer("revision__content")


def review_for(user: Person, community: str, pk: int) -> Review:
    """The review, for those who may read it; Http404 or PermissionDenied, Withdrawn of a plan taken down."""
    review = get_object_or_404(reviews(), committee__community__slug=community, pk=pk)
    if not may_read_papers(user, review.committee):
        raise PermissionDenied
    check_not_taken_down(review.revision)
    return review


def reviews_before(committee: Committee) -> QuerySet[Review]:
    """All that lies or has lain before the committee, the newest first."""
    return reviews().filter(committee=committee)


def reviews_of(plan: Plan) -> list[Review]:
    """All reviews of the plan's versions, the newest version first."""
    return list(reviews().filter(revision__plan=plan).order_by("-revision__number", "committee__rank", "pk"))


def last_seen(review: Review, seat: Seat) -> Revision | None:
    """The newest earlier version of the plan that the seat has had on its screen."""
    seen = Seen.objects.filter(
        seat=seat,
        review__revision__plan=review.revision.plan_id,
        review__revision__number__lt=review.revision.number,
    ).order_by("-review__revision__number")
    newest = seen.values_list("review__revision", flat=True).first()
    return Revision.objects.get(pk=newest) if newest else None


def opened_by(link: PersonalLink) -> Opens | None:
    """What a personal link to a review opens; None where it is closed."""
    review = reviews().filter(pk=link.target, closed_at=None).first()
    if review is None or taken_down(review.revision):
        return None
    plan, committee = open_title(review.revision.plan), review.committee.abbreviation
    return Opens(
        say=lambda: _("%(plan)s til behandling i %(committee)s") % {"plan": plan(), "committee": committee},
        path=reverse("take_stance", args=[review.committee.community.slug, review.pk]),
        due=review.due,
    )


def meetings_about(review: Review) -> QuerySet[Meeting]:
    """The committee's meetings with the plan on their list, the nearest to come last."""
    listed = Meeting.objects.filter(
        committee=review.committee_id, agenda__case__plan_items__plan=review.revision.plan_id
    )
    return listed.exclude(state=Meeting.State.CANCELLED).distinct().order_by("date")


def papers_with(link: PersonalLink) -> QuerySet[Meeting]:
    """The papers that come with a personal link to a review: of the meetings that treat the plan."""
    review = reviews().filter(pk=link.target).first()
    return meetings_about(review) if review else Meeting.objects.none()


def open_title(plan: Plan) -> Callable[[], str]:
    """Says its title as mail may, in the language in use: of a plan in a restricted case not even that."""
    restricted = plan.case_items.filter(case__access=Case.Access.RESTRICTED).exists()
    return lambda: _("En plan i en sak unntatt offentlighet") if restricted else plan.title


def said_for(review: Review, place: Seat) -> QuerySet[Stance]:
    """The stances of this review that count for the seat, its deputy's among them, oldest first."""
    mine = Q(seat=place, in_place_of=None) | Q(in_place_of=place)
    return review.stances.filter(mine).select_related("seat", "by", "item").order_by("pk")


def named_as(review: Review, place: Seat) -> set[tuple[str, str]]:
    """(kind, key) of the bodies in a document that are the committee, or whom the seat speaks for."""
    partners = list(place.represents.all())
    roles = RoleParty.objects.filter(community=review.committee.community_id, members__in=partners)
    return {
        ("committee", review.committee.slug),
        *(("partner", partner.slug) for partner in partners),
        *(("role", str(pk)) for pk in roles.values_list("pk", flat=True)),
    }


def open_copies(review: Review, seat: Seat) -> QuerySet[SharedCopy]:
    return review.shared_copies.filter(seat=seat, revoked_at=None, expires_on__gte=timezone.localdate())


def approvals(plan: Plan) -> dict[tuple[int, int], DecisionPoint]:
    """(version, committee) → the point by which the committee approved this version as a whole.

    «Med endringer fra møtet» approves no version before the leader has confirmed the words: another one.
    """
    whole = Q(plan_subjects__revision__plan=plan, plan_subjects__item=None) | Q(
        adoptions__revision__plan=plan, adoptions__item=None
    )
    points = (
        DecisionPoint.objects.filter(whole, verb__in=APPROVING)
        .select_related("decision__case", "decision__meeting")
        .prefetch_related("plan_subjects", "adoptions")
        .order_by("decision__meeting__date", "pk")
        .distinct()
    )
    return {
        (said.revision_id, point.decision.case.committee_id): point
        for point in points
        for said in _approved(point)
        if said.item_id is None and said.revision_id is not None
    }


def _approved(point: DecisionPoint) -> list[Adoption | PointSubject]:
    return [*point.adoptions.all(), *(() if point.with_changes else point.plan_subjects.all())]


def agenda_items_about(review: Review) -> list[AgendaItem]:
    """Where the committee has had the plan on a meeting's list, the newest meeting first."""
    items = AgendaItem.objects.filter(
        meeting__committee=review.committee, case__plan_items__plan=review.revision.plan
    ).exclude(meeting__state=Meeting.State.CANCELLED)
    return list(items.select_related("meeting", "case").distinct().order_by("-meeting__date", "pk"))


def document_before(review: Review) -> PlanDocument:
    """What lies before the committee."""
    return Revision.objects.get(pk=review.revision_id).load()


def reworded(plan: Plan, old: PlanDocument, new: PlanDocument) -> list[Reworded]:
    """The measures that both have, in other words; and which of them are marked. One query."""
    marked = set(LinguisticChange.objects.filter(plan=plan).values_list("item", "from_words", "to_words"))
    before, words = measures_by_key(old), words_of(old)
    found = []
    for section, goal, measure in new.walk_measures():
        then, now = words.get(measure.key), words_hash(goal, measure)
        if then and then != now:
            correction = Correction(item=measure.key, old=then, new=now)
            found.append(
                Reworded(
                    section=section,
                    goal=goal,
                    measure=measure,
                    fields=wording_changes(before, goal, measure),
                    correction=correction,
                    marked=(UUID(measure.key), then, now) in marked,
                )
            )
    return found


def without_seat(review: Review) -> list[str]:
    """The community's parties for whom no seat of the committee speaks: they are never shown as joining."""
    today = timezone.localdate()
    seats = review.committee.seats.filter(on(today), role__in=DECIDING)
    parties = partners_of(review.committee.community).exclude(seats__in=seats)
    return [party.short or party.name for party in parties]
