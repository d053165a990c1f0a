"""The mail of a call: an invitation that calendars understand, kept right when it moves or is off."""

import email
import email.policy
from datetime import date, time

import icalendar
import pytest
from django.core import mail

from committees import actions
from committees.actions import When
from committees.models import Meeting
from partners.actions import send_notices
from tests.committees.test_calendars import read
from tests.partners.clock import clock

__all__ = ["clock"]

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 20)


@pytest.fixture
def meeting(cast, clock) -> Meeting:
    """Called to; on its list a case that may not be spoken of."""
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=DAY, starts_at=time(10), place="Æ"))
    secret = {"title": "Per Hansen", "access": "restricted", "legal_basis": "offentleglova § 13"}
    actions.add_to_agenda(meeting, actions.write_case(cast.ssu, by=cast.kari, facts=secret), by=cast.kari)
    actions.call_meeting(meeting, by=cast.kari)
    return meeting


def mailed_to(person) -> list[tuple[str, icalendar.Calendar, icalendar.Event]]:
    """The calendar files in the newest mail to the person, as its reader gets them: (name, file, event)."""
    message = [m for m in mail.outbox if m.to == [person.email]][-1].message(policy=email.policy.SMTP)
    sent = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    parts = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    found = []
    for part in parts:
        calendar, (event,) = read(part.get_payload(decode=True))
        assert part.get_param("method") == calendar["method"]
        found.append((part.get_filename(), calendar, event))
    return found


def test_the_mail_of_a_call_carries_the_invitation_and_what_becomes_of_it(cast, meeting, clock):
    def next_day(day: int) -> list[tuple[str, str, int]]:
        clock.set(day, 8)
        send_notices()
        return [
            (name, str(file["method"]), event["sequence"]) for name, file, event in mailed_to(cast.ingrid)
        ]

    assert next_day(2) == [(f"ssu-{DAY}.ics", "REQUEST", 0)]
    (_name, _file, first) = mailed_to(cast.ingrid)[0]
    assert first["attendee"] == f"MAILTO:{cast.ingrid.email}"
    moved = actions.change_meeting(meeting, by=cast.kari, when=When(date=date(2027, 3, 21)))
    assert next_day(3) == [(f"ssu-{moved.date}.ics", "REQUEST", 1)]
    assert mailed_to(cast.ingrid)[0][2]["uid"] == first["uid"]
    actions.cancel_meeting(moved, by=cast.kari)
    assert next_day(4) == [(f"ssu-{moved.date}.ics", "CANCEL", 2)]
    for message in mail.outbox:
        assert "Hansen" not in str(message.message())


def test_a_call_moved_before_the_mail_went_is_one_invitation_to_the_new_hour(cast, meeting, clock):
    actions.change_meeting(meeting, by=cast.kari, when=When(date=DAY, starts_at=time(13)))
    clock.set(2, 8)
    send_notices()
    ((_name, _file, event),) = mailed_to(cast.ingrid)
    assert (event.start.hour, event["sequence"]) == (13, 1)
    assert mail.outbox[-1].body.count("\n- ") == 1


def test_papers_and_reminders_carry_no_invitation_and_a_meeting_tomorrow_is_told_at_once(cast, clock):
    soon = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=date(2027, 3, 2)))
    actions.add_to_agenda(
        soon, actions.write_case(cast.ssu, by=cast.kari, facts={"title": "Plan"}), by=cast.kari
    )
    clock.set(1, 12)
    actions.call_meeting(soon, by=cast.kari)
    send_notices()
    assert [str(file["method"]) for _name, file, _event in mailed_to(cast.ingrid)] == ["REQUEST"]
    actions.send_papers(soon, by=cast.kari)
    clock.set(2, 8)
    send_notices()
    assert mailed_to(cast.ingrid) == []


def test_a_deputy_is_called_at_once_let_go_and_called_again(cast, meeting, clock):
    call = meeting.calls.get(seat__user=cast.ingrid)
    heard = []
    for reply in ("not_coming", "coming", "not_coming"):
        clock.forward(minutes=5)
        actions.answer_call(call, by=cast.ingrid, reply=reply)
        send_notices()
        ((_name, file, event),) = mailed_to(cast.tove)
        heard.append((str(file["method"]), event["sequence"], str(event["status"])))
    assert heard == [("REQUEST", 0, "CONFIRMED"), ("CANCEL", 1, "CANCELLED"), ("REQUEST", 1, "CONFIRMED")]
    assert "Du er ikke innkalt som vara lenger." in mail.outbox[-2].body
