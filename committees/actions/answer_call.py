"""The called answer; a deputy is called for who does not come, and let go where they come after all."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from committees import rules
from committees.models import Call, Meeting, Seat
from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.actions import done
from partners.models import User
from partners.roles import on

from .meetings import CLOSED, deputy_key, keys_of, tell_seats, write_line


@transaction.atomic
def answer_call(call: Call, *, by: User, reply: str) -> None:
    """The member says whether they come, or those who prepare say it for them. A deputy is called at once.

    Raises NotAllowed, WrongState and Refusal.
    """
    call = locked(Call.objects).select_related("meeting__committee", "seat").get(pk=call.pk)
    meeting = call.meeting
    mine = any(seat.pk == call.seat_id for seat in rules.seats_held(by, meeting.committee))
    if not mine and not rules.may_prepare(by, meeting.committee):
        raise NotAllowed(_("Innkallingen er ikke din."))
    if meeting.state in CLOSED:
        raise WrongState(_("Møtet er holdt eller avlyst."))
    if reply not in (Call.Reply.COMING, Call.Reply.NOT_COMING):
        raise Refusal(_("Svar om du kommer eller ikke."))
    call.reply, call.replied_at = reply, timezone.now()
    call.save(update_fields=["reply", "replied_at"])
    if call.seat.user:
        for key in keys_of(meeting):
            done(key, to=call.seat.user)
        done(deputy_key(call))
    deputies = meeting.calls.filter(stands_in_for=call.seat)
    if reply == Call.Reply.COMING:
        _let_go(meeting, deputies.filter(reply=Call.Reply.NONE))
    elif not deputies.exists():
        _call_deputy(meeting, call.stands_in_for or call.seat)
    said = "%(name)s: %(reply)s (%(meeting)s)."
    write_line(meeting, by, "answer_call", said, name=call.seat.printed_name, reply=call.get_reply_display)


def _call_deputy(meeting: Meeting, member: Seat) -> None:
    """The first of the member's own deputies who is not called, then one who is nobody's in particular."""
    deputies = meeting.committee.seats.filter(on(meeting.date), role=Seat.Role.DEPUTY).exclude(
        calls__meeting=meeting
    )
    for deputy in (deputies.filter(deputy_for=member).first(), deputies.filter(deputy_for=None).first()):
        if deputy:
            call = Call.objects.create(meeting=meeting, seat=deputy, stands_in_for=member)
            said = _lazy("Du er innkalt som vara til møte i %(committee)s %(when)s.")
            tell_seats(meeting, [deputy], said, key=deputy_key(call), urgent=True)
            return


def _let_go(meeting: Meeting, calls: QuerySet[Call]) -> None:
    """The member comes after all: deputies who have not answered are not called any more, and hear of it.

    Their calendars drop the meeting, and may be sent it again: by the number, later than before.
    """
    found = list(calls.select_related("seat__user"))
    if found:
        Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
        meeting.refresh_from_db(fields=["sequence"])
    for call in found:
        done(deputy_key(call))
        said = _lazy("%(meeting)s: medlemmet kommer likevel. Du er ikke innkalt som vara lenger.")
        tell_seats(meeting, [call.seat], said, key=deputy_key(call, "fri"), urgent=True)
        call.delete()
