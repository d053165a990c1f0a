"""A frozen version is laid before committees, and the review of it is closed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from committees.actions import make_link
from committees.models import Committee, PersonalLink, Seat
from committees.rules import DECIDING
from helsefellesskap.databases import locked
from helsefellesskap.dates import in_words
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import done, tell
from partners.models import Audit, Notice, User
from partners.roles import on
from plans import rules
from plans.models import Plan, Review, Revision
from plans.queries.reviews import open_title

from .freeze import freeze

LATE = timedelta(days=60)  # after the due date a personal link still opens, to answer late and to lift


@transaction.atomic
def lay_before(
    subject: Plan | Revision,
    *,
    by: User,
    committees: Sequence[Committee],
    due: date,
    message: str = "",
    name: str = "",
) -> list[Review]:
    """Lays a frozen version before each of the committees, and tells those who have a seat in them.

    Of a plan the draft's words are frozen now, under `name`; the draft stays open for work. What a
    committee had before it of the same plan is closed: one version at a time is asked about. Raises
    NotAllowed, WrongState (the words are locked), Conflict (the name is taken, or the version was before
    the committee already) and Refusal (no committee, a due date that has passed).
    """
    plan_id = subject.plan_id if isinstance(subject, Revision) else subject.pk
    plan = locked(Plan.objects).select_related("community").get(pk=plan_id)
    if not rules.may_lay_before(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan legge planen fram for utvalg."))
    if plan.locked:
        raise WrongState(_("Planen er publisert, og ordene i den er låst. Den behandles ikke lenger."))
    _check(plan, committees, due)
    if isinstance(subject, Revision):
        revision = _not_yet_before(subject, committees)
    else:
        revision = _frozen(plan, by=by, name=name, note=message)
    for earlier in locked(Review.objects).filter(
        revision__plan=plan, committee__in=committees, closed_at=None
    ):
        _close(earlier)
    reviews = [
        Review.objects.create(revision=revision, committee=committee, due=due, message=message, laid_by=by)
        for committee in committees
    ]
    if plan.state == Plan.State.DRAFT:
        plan.state = Plan.State.IN_REVIEW
        plan.save(update_fields=["state"])
    for review in reviews:
        _tell_seats(review)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="lay_before",
        what="«%(plan)s» versjon %(number)s lagt fram for %(committees)s med svarfrist %(due)s.",
        facts={
            "plan": plan.title,
            "number": revision.number,
            "committees": ", ".join(committee.abbreviation for committee in committees),
            "due": f"{due:%d.%m.%Y}",
        },
    )
    return reviews


@transaction.atomic
def close_review(review: Review, *, by: User) -> None:
    """No more answers are taken. Raises NotAllowed and WrongState (closed already)."""
    review = locked(Review.objects).select_related("revision__plan__community", "committee").get(pk=review.pk)
    plan = review.revision.plan
    if not rules.may_lay_before(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan avslutte behandlingen."))
    if review.closed_at:
        raise WrongState(_("Behandlingen er avsluttet fra før."))
    _close(review)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="close_review",
        what="Behandlingen av «%(plan)s» versjon %(number)s i %(committee)s er avsluttet.",
        facts={
            "plan": plan.title,
            "number": review.revision.number,
            "committee": review.committee.abbreviation,
        },
    )


def close_reviews(plan: Plan) -> None:
    """What lies before committees of a plan whose words are locked now: nobody is asked any more."""
    for review in locked(Review.objects).filter(revision__plan=plan, closed_at=None):
        _close(review)


def _check(plan: Plan, committees: Sequence[Committee], due: date) -> None:
    if not committees:
        raise Refusal(_("Velg minst ett utvalg."))
    if any(committee.community_id != plan.community_id for committee in committees):
        raise Conflict(_("Utvalget hører til et annet helsefellesskap."))
    if due < timezone.localdate():
        raise Refusal(_("Svarfristen har allerede vært."))


def _not_yet_before(revision: Revision, committees: Sequence[Committee]) -> Revision:
    before = Review.objects.filter(revision=revision, committee__in=committees).select_related("committee")
    if names := ", ".join(review.committee.abbreviation for review in before):
        raise Conflict(_("Denne versjonen er allerede lagt fram for %(names)s.") % {"names": names})
    return revision


def _frozen(plan: Plan, *, by: User, name: str, note: str) -> Revision:
    if name and plan.revisions.filter(name=name).exists():
        raise Conflict(_("Planen har allerede en versjon som heter «%(name)s».") % {"name": name})
    return freeze(plan, by=by, purpose=Revision.Purpose.REVIEW, name=name, note=note)


def _close(review: Review) -> None:
    review.closed_at = timezone.now()
    review.save(update_fields=["closed_at"])
    done(notice_key(review))


def notice_key(review: Review) -> str:
    return f"review:{review.pk}"


def _tell_seats(review: Review) -> None:
    """Those who are asked have something to do by the due date; the others in the committee may read."""
    committee, plan = review.committee, review.revision.plan
    asked = Q(role__in=DECIDING)
    if committee.rulebook.observers_propose:
        asked |= Q(role=Seat.Role.OBSERVER)
    seats = committee.seats.filter(on(timezone.localdate()))
    title = open_title(plan)

    def text() -> str:
        laid = _("%(plan)s, versjon %(number)s, er lagt fram for %(committee)s. Svarfrist %(due)s.") % {
            "plan": title(),
            "number": review.revision.number,
            "committee": committee.abbreviation,
            "due": date_format(review.due, in_words("j. F Y")),
        }
        return f"{laid}\n{review.message}".strip() if title() == plan.title else laid

    def told(people: QuerySet[Seat], due: date | None) -> None:
        tell(
            plan.community,
            to=[seat.user for seat in people.select_related("user") if seat.user],
            kind=Notice.Kind.REVIEW,
            key=notice_key(review),
            group=f"plan:{plan.pk}",
            group_title=title,
            text=text,
            path=reverse("take_stance", args=[plan.community.slug, review.pk]),
            due=due,
        )

    told(seats.filter(asked), review.due)
    told(seats.exclude(asked), None)
    for seat in seats.filter(asked, user=None).exclude(email="").select_related("committee__community"):
        send_review_link(review, seat, by=review.laid_by, name=seat.printed_name, email=seat.email)


def send_review_link(review: Review, seat: Seat, *, by: User, name: str, email: str) -> str:
    """Mails a personal link to somebody without an account. Returns its address. As `make_link` raises."""
    last_day = review.due + LATE
    return make_link(
        PersonalLink.Purpose.REVIEW,
        review.pk,
        by=by,
        seat=seat,
        name=name,
        email=email,
        expires_at=timezone.make_aware(datetime.combine(last_day, time(23, 59))),
    )
