"""What the public may see of plans: published revisions and their standing. Constant numbers of queries."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NoReturn

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal
from partners.models import HealthCommunity
from plans.models import Adoption, Correction, Item, Plan, Revision, RevisionItem, Withdrawal
from plans.standing import Standing, State, state_on


class Withdrawn(Refusal):
    """What is asked for was public, and was taken down: the page is its tombstone."""

    status = 410
    template = "plans/withdrawn.html"

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(_("Planen er trukket tilbake."))
        self.withdrawal = withdrawal
        redacted = Correction.objects.filter(
            corrects=withdrawal.revision, revision__publication__isnull=False
        )
        self.redacted = redacted.select_related("revision__plan__community").last()


def taken_down(revision: Revision) -> Withdrawal | None:
    """The withdrawal after which nobody reads this frozen version through a hearing, a review or a case: of
    the plan, once the version was frozen. What stood in the public one may stand in those before it.
    """
    found = Withdrawal.objects.filter(revision__plan=revision.plan_id, at__gte=revision.created_at)
    return found.select_related("revision__plan__community").order_by("-at", "-pk").first()


def check_not_taken_down(revision: Revision) -> None:
    """Raises Withdrawn."""
    if withdrawal := taken_down(revision):
        raise Withdrawn(withdrawal)


def check_not_waiting(plan: Plan) -> None:
    """Raises Withdrawn of a plan that was taken down, until its redacted version is public."""
    if not plan.locked:
        taken = Withdrawal.objects.filter(revision__plan=plan).select_related("revision__plan__community")
        if withdrawal := taken.order_by("-at", "-pk").first():
            raise Withdrawn(withdrawal)


def check_not_purged(revision: Revision) -> None:
    """Raises Withdrawn of a version that was taken down itself: it has no words."""
    if (
        withdrawal := Withdrawal.objects.filter(revision=revision)
        .select_related("revision__plan__community")
        .first()
    ):
        raise Withdrawn(withdrawal)


def _withdrawn_or_404(**revision: object) -> NoReturn:
    """Raises Withdrawn where a revision like this was taken down, otherwise Http404."""
    found = Withdrawal.objects.filter(**{f"revision__{name}": value for name, value in revision.items()})
    withdrawal = found.select_related("revision__plan__community").order_by("-at", "-pk").first()
    if withdrawal is None:
        raise Http404
    raise Withdrawn(withdrawal)


def _public_revisions(day: date) -> QuerySet[Revision]:
    return Revision.objects.filter(publication__published_from__lte=day).select_related(
        "publication", "plan__community", "plan__follows"
    )


def _adoptions() -> QuerySet[Adoption]:
    return Adoption.objects.select_related(
        "point__decision__case__committee", "point__decision__meeting__committee", "item"
    ).order_by("in_force_from", "pk")


def _days() -> QuerySet[Adoption]:
    return Adoption.objects.order_by("in_force_from", "pk")


def _taking_over(day: date) -> QuerySet[Plan]:
    """Plans that are public, and in force in the place of whichever they follow."""
    return Plan.objects.filter(
        revisions__publication__published_from__lte=day, revisions__adoptions__in_force_from__lte=day
    ).distinct()


def _successors(plans: Iterable[int] | QuerySet[Plan, int], day: date) -> dict[int, Plan]:
    """For each plan the one that has taken its place by this day."""
    taken = _taking_over(day).filter(follows__in=plans).select_related("community").order_by("pk")
    return {plan.follows_id: plan for plan in taken}  # type: ignore[misc]  # they follow one of the plans


def standings(revisions: Iterable[Revision], day: date, *, decided: bool = True) -> list[Standing]:
    """The standing of each of these revisions, in their order. Two queries beside theirs.

    Without `decided` who adopted them is not fetched, for lists that tell no more than the state.
    """
    found = list(revisions)
    prefetch_related_objects(found, Prefetch("adoptions", _adoptions() if decided else _days()))
    successors = _successors([r.plan_id for r in found], day)
    result = []
    for revision in found:
        adoptions = tuple(revision.adoptions.all())
        successor = successors.get(revision.plan_id)
        result.append(
            Standing(
                plan=revision.plan,
                revision=revision,
                publication=revision.publication,
                adoptions=adoptions,
                state=state_on(day, revision.plan, adoptions, successor),
                superseded_by=successor,
            )
        )
    return result


def in_state(revisions: QuerySet[Revision], state: State, day: date) -> QuerySet[Revision]:
    """Those that `state_on` gives this state, asked of the database: a list may be long."""
    adoptions = Adoption.objects.filter(revision=OuterRef("pk"))
    return revisions.annotate(
        state=Case(
            When(~Exists(adoptions), then=Value("received")),
            When(Exists(_taking_over(day).filter(follows=OuterRef("plan"))), then=Value("superseded")),
            When(~Exists(adoptions.filter(in_force_from__lte=day)), then=Value("upcoming")),
            When(plan__period_end__lt=day, then=Value("expired")),
            When(~Exists(adoptions.filter(provisional_until="")), then=Value("provisional")),
            default=Value("in_force"),
        )
    ).filter(state=state)


def last_successor(plan: Plan) -> Plan | None:
    """The newest plan that has come in this one's place, over the years, or None. One query."""
    day = timezone.localdate()
    after = _successors(Plan.objects.filter(community=plan.community_id).values_list("pk", flat=True), day)
    found, seen = None, {plan.pk}
    while (plan := after.get(plan.pk)) and plan.pk not in seen:  # type: ignore[assignment]  # None ends it
        seen.add(plan.pk)
        found = plan
    return found


def public_plans(community: HealthCommunity) -> list[Standing]:
    """The newest public revision of each of the community's plans, newest period first."""
    day = timezone.localdate()
    newest: dict[int, int] = {}
    for plan, pk in (
        _public_revisions(day).filter(plan__community=community).order_by("number").values_list("plan", "pk")
    ):
        newest[plan] = pk
    revisions = _public_revisions(day).filter(pk__in=newest.values()).defer("content")
    return sorted(
        standings(revisions.order_by("plan__title"), day),
        key=lambda s: s.plan.period_start or date.min,
        reverse=True,
    )


def adopted_lately(number: int = 5, days: int = 365) -> list[Standing]:
    """The plans of all communities that were adopted last, newest first. Five queries."""
    day = timezone.localdate()
    lately = (
        Adoption.objects.filter(
            revision__publication__published_from__lte=day,
            item=None,
            point__decision__meeting__date__gte=day - timedelta(days=days),
        )
        .order_by("-point__decision__meeting__date", "-pk")
        .values_list("revision__plan", "revision")
    )
    newest: dict[int, int] = {}
    for plan, revision in lately[: number * 4]:  # a corrected plan is adopted once
        newest.setdefault(plan, revision)
    revisions = _public_revisions(day).filter(pk__in=list(newest.values())[:number]).defer("content")
    return sorted(standings(revisions, day), key=lambda s: (s.adopted_on, s.revision.pk), reverse=True)


def awaits_redaction(plan: Plan) -> bool:
    """Whether the plan was taken down, and its redacted version is not public yet."""
    return not plan.locked and plan.revisions.filter(withdrawal__isnull=False).exists()


def corrections_of(plan: Plan) -> QuerySet[Correction]:
    """The corrections of the plan that are public, newest first."""
    return (
        Correction.objects.filter(revision__plan=plan, revision__publication__isnull=False)
        .select_related("revision__plan__community", "corrects")
        .defer("revision__content", "corrects__content")
        .order_by("-at")
    )


def summary_of(plan: Plan) -> str:
    """«Kort sagt», as it stands now; empty where nobody wrote it."""
    return str(plan.summaries.first() or "")


def public_versions(plan: Plan) -> QuerySet[Revision]:
    """All public revisions of a plan, newest first, without their content."""
    return _public_revisions(timezone.localdate()).filter(plan=plan).order_by("-number").defer("content")


def public_standing(community: str, plan: str, number: int | None = None) -> Standing:
    """The plan's newest public revision, or the one of this number. Raises Http404 and Withdrawn."""
    day = timezone.localdate()
    revisions = _public_revisions(day).filter(plan__community__slug=community, plan__slug=plan)
    if number is not None:
        revisions = revisions.filter(number=number)
    found = standings(revisions.order_by("-number")[:1], day)
    if not found:
        named = {"number": number} if number is not None else {}
        _withdrawn_or_404(plan__community__slug=community, plan__slug=plan, **named)
    return found[0]


def published_standing(plan: Plan, number: int) -> Standing:
    """The published version of this number, also before the day it becomes public. Raises Http404."""
    revisions = Revision.objects.filter(plan=plan, number=number, publication__isnull=False).select_related(
        "publication", "plan__community", "plan__follows__community", "created_by"
    )
    found = standings(revisions, timezone.localdate())
    if not found:
        raise Http404
    return found[0]


def adopted_plans() -> QuerySet[Plan]:
    """Every adopted plan whose words are public, by community and address."""
    return (
        Plan.objects.filter(
            revisions__publication__published_from__lte=timezone.localdate(),
            revisions__adoptions__isnull=False,
        )
        .select_related("community")
        .order_by("community__slug", "slug")
        .distinct()
    )


def newest_public_revision_with(code: str) -> Revision:
    """The newest public revision in which the item of this code stands. Raises Http404 and Withdrawn."""
    occurrence = (
        RevisionItem.objects.filter(
            item__code=code, revision__publication__published_from__lte=timezone.localdate()
        )
        .select_related("revision__plan__community")
        .defer("revision__content")
        .order_by("-revision__number")
        .first()
    )
    if occurrence is None:
        _withdrawn_or_404(items__item__code=code)
    return occurrence.revision


def public_predecessor(plan: Plan) -> Plan | None:
    """The plan that this one follows, where the public may see it."""
    return (
        Plan.objects.filter(
            followed_by=plan, revisions__publication__published_from__lte=timezone.localdate()
        )
        .select_related("community")
        .first()
    )


def codes_of(revision: Revision) -> dict[str, str]:
    """Item key → short code, for every item that stands in the revision."""
    rows = Item.objects.filter(occurrences__revision=revision).values_list("pk", "code")
    return {str(pk): code for pk, code in rows}
