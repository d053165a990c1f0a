"""Hearings: fetched with permission, who is asked, what came in, who gave it."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.links import Opens
from committees.models import PersonalLink, Seat
from partners.models import User
from partners.roles import on
from plans.models import Hearing, Input, Plan, Withdrawal
from plans.rules import Person, may_give_input, may_send_hearing

from .public import check_not_taken_down, taken_down


def hearings() -> QuerySet[Hearing]:
    """Hearings with what their pages name, without the documents."""
    return Hearing.objects.select_related("revision__plan__community", "sent_by").defer("revision__content")


def hearing_for(user: Person, community: str, plan: str, pk: int, *, answers: bool = False) -> Hearing:
    """The hearing, for those whom it was sent to and those who sent it (`answers`: for the latter only).

    Http404 or PermissionDenied; Withdrawn of a plan taken down, for them all.
    """
    found = get_object_or_404(
        hearings(), pk=pk, revision__plan__slug=plan, revision__plan__community__slug=community
    )
    if not may_send_hearing(user, found.revision.plan) and (answers or not may_give_input(user, found)):
        raise PermissionDenied
    check_not_taken_down(found.revision)
    return found


def open_hearing(key: str) -> Hearing:
    """The hearing that everybody with this key may read. Http404, and Withdrawn of a plan taken down."""
    found = get_object_or_404(hearings(), open_key=key)
    check_not_taken_down(found.revision)
    return found


def hearing_opened_by(link: PersonalLink) -> Opens | None:
    """The hearing that a personal link gives input to; None where it is closed."""
    hearing = hearings().filter(pk=link.target, closed_at=None).first()
    if hearing is None or taken_down(hearing.revision):
        return None
    title = hearing.revision.plan.title
    path = reverse("give_input_by_link", args=[hearing.pk])
    return Opens(lambda: _("«%(plan)s» på høring") % {"plan": title}, path, hearing.deadline)


def hearings_of(plan: Plan) -> QuerySet[Hearing]:
    """The plan's hearings, newest first, with `.received` and `.unanswered` inputs. One query."""
    return (
        hearings()
        .filter(revision__plan=plan)
        .annotate(
            received=Count("inputs"),
            unanswered=Count("inputs", Q(inputs__disposition=Input.Disposition.UNANSWERED)),
        )
    )


def listed_hearings() -> QuerySet[Hearing]:
    """«På høring nå»: what the front page shows, the first deadline first."""
    open_now = hearings().filter(listed=True, closed_at=None, deadline__gte=timezone.localdate())
    gone = Withdrawal.objects.filter(
        revision__plan=OuterRef("revision__plan"), at__gte=OuterRef("revision__created_at")
    )
    return open_now.exclude(Exists(gone)).order_by("deadline", "pk")


def is_answered(hearing: Hearing) -> bool:
    """Whether the hearing is closed, and everything that came in has its answer."""
    waiting = hearing.inputs.filter(disposition=Input.Disposition.UNANSWERED)
    return bool(hearing.closed_at) and not waiting.exists()


def inputs_by(hearing: Hearing, *, user: User | None = None, link: PersonalLink | None = None) -> list[Input]:
    """What this person has said in the hearing, oldest first."""
    if link:
        return list(inputs_of(hearing).filter(link__email=link.email))
    return list(inputs_of(hearing).filter(user=user)) if user else []


def input_at(operation: UUID) -> Input:
    """The input whose copy has this address. Raises Http404, and Withdrawn of a plan taken down."""
    found = Input.objects.select_related("hearing__revision__plan__community", "partner", "committee")
    given = get_object_or_404(found, operation=operation)
    check_not_taken_down(given.hearing.revision)
    return given


def invited_to(hearing: Hearing) -> QuerySet[User]:
    """The representatives of the parties, and everybody in the committees, today; each once."""
    today = timezone.localdate()
    community = hearing.revision.plan.community
    parties, committees = hearing.parties.all(), hearing.committees.all()
    represent = community.representatives.filter(on(today), partner__in=parties).values("user")
    seats = Seat.objects.filter(on(today), user__isnull=False, committee__community=community).filter(
        Q(committee__in=committees) | Q(represents__in=parties)
    )
    return User.objects.filter(Q(pk__in=represent) | Q(pk__in=seats.values("user")), is_active=True)


def unreached(hearing: Hearing) -> list[str]:
    """Parties and seats that were asked where nobody was told: no account, address or personal link."""
    today = timezone.localdate()
    community = hearing.revision.plan.community
    linked = PersonalLink.objects.filter(purpose=PersonalLink.Purpose.HEARING, target=hearing.pk)
    represented = community.representatives.filter(on(today), partner=OuterRef("pk"), user__is_active=True)
    seats = Seat.objects.filter(on(today), committee__community=community)
    seated = seats.filter(represents=OuterRef("pk"), user__is_active=True)
    parties = hearing.parties.exclude(
        Exists(represented) | Exists(seated) | Exists(linked.filter(partner=OuterRef("pk")))
    )
    silent = seats.filter(committee__in=hearing.committees.all(), user=None).exclude(
        Exists(linked.filter(seat=OuterRef("pk")))
    )
    return [str(party) for party in parties] + [
        f"{seat.printed_name} ({seat.committee.abbreviation})"
        for seat in silent.select_related("committee").order_by("committee__rank", "pk")
    ]


def inputs_of(hearing: Hearing) -> QuerySet[Input]:
    """What came in, in order, with everything that a list shows."""
    return hearing.inputs.select_related("item", "partner", "committee", "user", "answered_by")


def givers_of(plan: Plan) -> Sequence[User | str]:
    """Everybody who gave input and can be told: people, and addresses of those without an account."""
    given = Input.objects.filter(hearing__revision__plan=plan)
    people = User.objects.filter(pk__in=given.values("user"), is_active=True)
    emails = given.filter(user=None).exclude(email="").order_by().values_list("email", flat=True).distinct()
    return [*people, *emails]
