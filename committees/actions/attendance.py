"""«Vara møtte i sak 07-2021»: who was there, item by item."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from committees import rules
from committees.models import AgendaItem, Attendance, Meeting, Recusal, Seat
from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import Audit, User
from partners.roles import on

from .minutes import take_back_changed

# A seat that was there, and whose place it took (None: its own).
type Present = Mapping[Seat, Seat | None]


@transaction.atomic
def record_attendance(items: Iterable[AgendaItem], *, by: User, present: Present) -> None:
    """Who was there at each of these items of one meeting, in place of what was recorded of them.

    A member who is recused in an item's case is left out there. Raises NotAllowed, WrongState, Refusal.
    """
    items = list(
        AgendaItem.objects.filter(pk__in=[item.pk for item in items]).select_related("case").order_by("pk")
    )
    if not items:
        raise Refusal(_("Velg minst én sak på sakslisten."))
    # As whoever approves its minutes: who was there is in them, or they are asked anew.
    meetings = locked(Meeting.objects).select_related("committee__community")
    meeting = meetings.get(pk=items[0].meeting_id)
    if not rules.may_prepare(by, meeting.committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan føre frammøte."))
    if meeting.state in (Meeting.State.MINUTES_APPROVED, Meeting.State.CANCELLED):
        raise WrongState(_("Frammøtet kan ikke endres når protokollen er godkjent eller møtet avlyst."))
    _check(meeting, present)
    recused = set(
        Recusal.objects.filter(
            case__in=[item.case_id for item in items], outcome=Recusal.Outcome.RECUSED
        ).values_list("case", "seat")
    )
    Attendance.objects.filter(agenda_item__in=items).delete()
    Attendance.objects.bulk_create(
        Attendance(agenda_item=item, seat=seat, stands_in_for=place)
        for item in items
        for seat, place in present.items()
        if (item.case_id, seat.pk) not in recused
    )
    take_back_changed(meeting)
    Audit.objects.write(
        meeting.committee.community,
        by=by,
        verb="record_attendance",
        what="Førte frammøte i %(meeting)s, sak %(cases)s: %(count)s til stede.",
        facts={
            "meeting": meeting,
            "cases": ", ".join(item.case.printed_number for item in items),
            "count": len(present),
        },
    )


def _check(meeting: Meeting, present: Present) -> None:
    here = {seat.pk for seat in meeting.committee.seats.filter(on(meeting.date))}
    taken: set[int] = set()
    for seat, place in present.items():
        if seat.pk not in here or (place and place.pk not in here):
            raise Refusal(
                _("%(name)s hadde ikke verv i utvalget på møtedagen.") % {"name": seat.printed_name}
            )
        if place is None:
            continue
        if seat.role != Seat.Role.DEPUTY:
            raise Refusal(
                _("%(name)s er ikke vara og kan ikke møte for andre.") % {"name": seat.printed_name}
            )
        if place in present or place.pk in taken:
            raise Refusal(
                _("%(name)s er ført som til stede to ganger, selv eller ved vara.")
                % {"name": place.printed_name}
            )
        taken.add(place.pk)
