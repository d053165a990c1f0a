"""What is done with seats: somebody gets one, and it ends."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee, Seat
from helsefellesskap.errors import WrongState
from partners.actions import end, invited, lock_people
from partners.models import Audit, Partner, User


def invite_to_seat(
    committee: Committee,
    *,
    by: User,
    name: str,
    role: str,
    side: str,
    email: str = "",
    without_account: bool = False,
    represents: Iterable[Partner] = (),
    area: str = "",
    named_in_public: bool = True,
    deputy_for: Seat | None = None,
    start: date | None = None,
) -> Seat:
    """Gives a person a seat from `start` (today), and invites them where an e-mail address is known.

    `without_account` sends personal links to the address instead. Without an address the seat has a printed
    name only. Raises NotAllowed, WrongState, and
    ValidationError where the facts do not fit together.
    """
    with transaction.atomic():
        lock_people(committee.community, by=by)
        user = invited(email, name, committee.community) if email and not without_account else None
        start = start or timezone.localdate()
        if user and committee.seats.filter(user=user).exclude(end__lt=start).exists():
            raise WrongState(
                _("%(name)s har allerede et verv i %(committee)s.")
                % {"name": user, "committee": committee.abbreviation}
            )
        seat = Seat(
            committee=committee,
            printed_name=name,
            user=user,
            email=email if without_account else "",
            role=role,
            side=side,
            area=area,
            named_in_public=named_in_public,
            deputy_for=deputy_for,
            start=start,
        )
        seat.full_clean()
        seat.save()
        seat.represents.set(represents)
        what = "Gav %(who)s vervet %(role)s i %(committee)s."
        facts = {
            "who": f"{name} <{email}>" if email else name,
            "role": seat.get_role_display,
            "committee": committee.abbreviation,
        }
        Audit.objects.write(committee.community, by=by, verb="invite_to_seat", what=what, facts=facts)
    return seat


def end_seat(seat: Seat, *, by: User, last_day: date) -> None:
    """Ends a seat. Raises NotAllowed, and WrongState where it would leave a deputy with nobody."""
    community = seat.committee.community
    with transaction.atomic():
        lock_people(community, by=by)
        if last_day < seat.start and seat.deputies.exists():
            raise WrongState(_("Noen er vara for dette vervet. Avslutt varaen først."))
        what = "Avsluttet vervet %(seat)s i %(committee)s, siste dag %(day)s."
        facts = {
            "seat": seat,
            "committee": seat.committee.abbreviation,
            "day": f"{last_day:%d.%m.%Y}",
        }
        end(seat, last_day)
        Audit.objects.write(community, by=by, verb="end_seat", what=what, facts=facts)
