"""Hearings: who is asked, what came in, who gave it."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from committees.models import Seat
from partners.models import User
from partners.roles import on
from plans.models import Hearing, Input, Plan


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


def inputs_of(hearing: Hearing) -> QuerySet[Input]:
    """What came in, in order, with everything that a list shows."""
    return hearing.inputs.select_related("item", "partner", "committee", "user", "answered_by")


def givers_of(plan: Plan) -> Sequence[User | str]:
    """Everybody who gave input and can be told: people, and addresses of those without an account."""
    given = Input.objects.filter(hearing__revision__plan=plan)
    people = User.objects.filter(pk__in=given.values("user"), is_active=True)
    emails = given.filter(user=None).exclude(email="").order_by().values_list("email", flat=True).distinct()
    return [*people, *emails]
