"""A meeting is called, its papers go out, it is held, its minutes freeze."""

import json
from datetime import time, timedelta
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from committees import actions
from committees.actions import Point, When
from committees.models import Case, Meeting, Minutes, Seat
from committees.queries.meetings import agenda_of, canonical, changed_since
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Notice
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MARCH = When(date=TODAY + timedelta(days=30), starts_at=time(10), place="Tromsø")


@pytest.fixture
def meeting(cast) -> Meeting:
    return actions.plan_meeting(cast.ssu, by=cast.kari, when=MARCH)


def a_case(cast, meeting, title="Økonomi", **facts) -> Case:
    case = actions.write_case(cast.ssu, by=cast.kari, facts={"title": title, **facts})
    actions.put_on_agenda(meeting, case)
    return case


def told(meeting) -> set[tuple[str, str]]:
    notices = Notice.objects.filter(group=f"meeting:{meeting.pk}")
    return set(notices.values_list("user__name", "text"))


def test_every_seat_but_the_deputies_is_called_once(cast, meeting):
    assert actions.call_meeting(meeting, by=cast.sigrid) == 3
    assert actions.call_meeting(meeting, by=cast.sigrid) == 0
    when = f"{date_format(MARCH.date, 'l j. F Y')} kl. 10.00, Tromsø"
    assert told(meeting) == {
        (name, f"Du er innkalt til møte i SSU {when}.")
        for name in ("Ingrid Leder", "Olav Observatør", "Sigrid Sekretær")
    }


def test_who_does_not_come_is_stood_in_for_by_their_deputy(cast, meeting):
    actions.call_meeting(meeting, by=cast.kari)
    call = meeting.calls.get(seat__user=cast.ingrid)
    actions.answer_call(call, by=cast.ingrid, reply="not_coming")
    deputy = meeting.calls.get(stands_in_for=call.seat)
    assert deputy.seat.user == cast.tove
    assert Notice.objects.get(user=cast.tove).urgent
    actions.answer_call(call, by=cast.ingrid, reply="coming")
    assert not meeting.calls.filter(stands_in_for=call.seat).exists()


def test_nobody_answers_for_another(cast, meeting):
    actions.call_meeting(meeting, by=cast.kari)
    call = meeting.calls.get(seat__user=cast.ingrid)
    for who in (cast.tove, cast.olav, cast.per, cast.nils, cast.ola):
        with pytest.raises(NotAllowed):
            actions.answer_call(call, by=who, reply="coming")
    actions.answer_call(call, by=cast.kari, reply="coming")


def test_only_those_who_prepare_touch_meetings_and_cases(cast, meeting):
    case = a_case(cast, meeting)
    item = meeting.agenda.get()
    acts = (
        lambda by: actions.plan_meeting(cast.ssu, by=by, when=MARCH),
        lambda by: actions.change_meeting(meeting, by=by, when=MARCH),
        lambda by: actions.cancel_meeting(meeting, by=by),
        lambda by: actions.call_meeting(meeting, by=by),
        lambda by: actions.order_agenda(meeting, by=by, items=[item.pk]),
        lambda by: actions.take_off_agenda(item, by=by),
        lambda by: actions.write_case(cast.ssu, by=by, facts={"title": "x"}),
        lambda by: actions.edit_case(case, by=by, version=1, facts={"title": "x"}),
        lambda by: actions.send_papers(meeting, by=by),
        lambda by: actions.write_minutes(meeting, by=by, version=1, opening="", closing=""),
    )
    for by, act in product(cast.but("kari", "sigrid"), acts):
        with pytest.raises(NotAllowed), transaction.atomic():
            act(by)


def test_a_moved_meeting_is_told_to_those_called_and_raises_the_calendars_number(cast, meeting):
    actions.call_meeting(meeting, by=cast.kari)
    harstad = When(date=MARCH.date, place="Harstad")
    moved = actions.change_meeting(meeting, by=cast.kari, when=harstad)
    assert moved.sequence == 1
    text = f"Møtet i SSU er endret: {date_format(MARCH.date, 'l j. F Y')}, Harstad."
    assert ("Ingrid Leder", text) in told(meeting)
    assert (
        actions.change_meeting(meeting, by=cast.kari, when=When(date=MARCH.date, place="Harstad")).sequence
        == 1
    )


def test_two_meetings_a_day_and_an_end_before_the_beginning_are_refused(cast, meeting):
    with pytest.raises(Conflict, match="allerede et møte"):
        actions.plan_meeting(cast.ssu, by=cast.kari, when=MARCH)
    when = When(date=TODAY, starts_at=time(12), ends_at=time(11))
    with pytest.raises(Refusal, match="slutter før"):
        actions.plan_meeting(cast.ssu, by=cast.kari, when=when)


def test_cases_are_numbered_by_themselves_in_the_committees_form(cast, meeting):
    assert a_case(cast, meeting).printed_number == f"01-{TODAY.year}"
    cast.ssu.rules = {"case_number": "{year}/{number}"}
    cast.ssu.save()
    assert a_case(cast, meeting).printed_number == f"{TODAY.year}/2"


def test_a_colleague_who_saved_the_case_first_is_not_written_over(cast, meeting):
    case = a_case(cast, meeting)
    actions.edit_case(case, by=cast.kari, version=1, facts={"background": "Bakgrunn."})
    with pytest.raises(Conflict, match="Noen andre lagret saken"):
        actions.edit_case(case, by=cast.sigrid, version=1, facts={"background": "Noe annet."})


def test_a_restricted_case_has_its_legal_basis(cast, meeting):
    with pytest.raises(Refusal, match="hjemmelen"):
        a_case(cast, meeting, access="restricted")


def test_what_changed_after_the_papers_were_sent_is_known(cast, meeting):
    case = a_case(cast, meeting, background="Før")
    papers = actions.send_papers(meeting, by=cast.kari)
    assert changed_since(papers.content, canonical(meeting)) == []
    actions.edit_case(case, by=cast.kari, version=1, facts={"background": "Etter"})
    other = a_case(cast, meeting, title="Ny sak")
    changes = [
        (c.case, c.field, c.before, c.after) for c in changed_since(papers.content, canonical(meeting))
    ]
    assert changes == [
        (case.pk, "background", "Før", "Etter"),
        (other.pk, "new", "", other.printed_number),
    ]


def test_the_list_is_put_in_order_and_a_stale_order_is_refused(cast, meeting):
    first, second = a_case(cast, meeting, "En"), a_case(cast, meeting, "To")
    items = [i.pk for i in agenda_of(meeting)]
    actions.order_agenda(meeting, by=cast.kari, items=items[::-1])
    assert [i.case for i in agenda_of(meeting)] == [second, first]
    a_case(cast, meeting, "Tre")
    with pytest.raises(Conflict, match="endret i mellomtiden"):
        actions.order_agenda(meeting, by=cast.kari, items=items)
    actions.cancel_meeting(meeting, by=cast.kari)
    with pytest.raises(WrongState, match="holdt eller avlyst"):
        actions.order_agenda(meeting, by=cast.kari, items=[i.pk for i in agenda_of(meeting)])


def test_minutes_freeze_when_they_are_approved_and_not_before_all_is_decided(cast):
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    case = a_case(cast, meeting)
    item = meeting.agenda.get()
    actions.record_attendance([item], by=cast.kari, present={cast.ssu.seats.get(role="leader"): None})
    with pytest.raises(WrongState, match=f"Sak {case.printed_number} er ikke avgjort"):
        actions.approve_minutes(meeting, by=cast.ingrid)
    actions.decide(item, by=cast.kari, points=[Point(verb="takes_note", wording="Tas til orientering.")])
    actions.write_minutes(meeting, by=cast.kari, version=1, opening="Lederen ønsket velkommen.", closing="")
    make.approved(meeting)
    content = json.loads(Minutes.objects.get().content)
    assert content["opening"] == "Lederen ønsket velkommen."
    assert content["items"][0]["present"][:1] == [
        {
            "name": "Ingrid Leder",
            "for": "",
            "side": "spesialisthelsetjenesten",
            "named": True,
            "for_named": True,
        }
    ]
    with pytest.raises(WrongState):
        actions.write_minutes(meeting, by=cast.kari, version=2, opening="Noe annet", closing="")


@pytest.mark.parametrize("size", [1, 20])
def test_a_meetings_list_takes_as_many_queries_whatever_its_size(cast, django_assert_num_queries, size):
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    for n in range(size):
        a_case(cast, meeting, f"Sak {n}")
    for n in range(size):
        make.seat(cast.ssu, role=Seat.Role.MEMBER, printed_name=f"Medlem {n}")
    seats = dict.fromkeys(cast.ssu.seats.filter(role__in=["leader", "member"], end=None))
    actions.record_attendance(meeting.agenda.all(), by=cast.kari, present=seats)
    for item in meeting.agenda.all():
        actions.decide(item, by=cast.kari, points=[Point(verb="takes_note", wording="Notert.")])
    with django_assert_num_queries(6):
        for item in agenda_of(meeting):
            assert len(item.attendances.all()) == size + 1
            assert [p.wording for d in item.case.decisions_here for p in d.points.all()] == ["Notert."]
            assert (list(item.case.recusals.all()), list(item.case.files.all())) == ([], [])
