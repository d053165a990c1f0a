"""What a meeting decided to do: written, told, returning until it is done."""

import json
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from committees import actions
from committees.actions import Point, ToDo, When, delegate
from committees.models import Attendance, Case, Decision, FollowUp, Meeting, Minutes, Seat
from committees.rules import DECIDING
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import Audit, Notice
from partners.queries import things_to_do
from partners.roles import on
from tests import make
from tests.committees.test_treatment import in_as
from tests.plans.exporters.reading import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=30)
SSU = "/arbeid/troms-og-ofoten/utvalg/ssu/"
SECRET = {"access": "restricted", "legal_basis": "offl. § 13", "public_title": "Personalsak"}


@pytest.fixture
def held(cast) -> Meeting:
    """SSU met ten days ago, with an open and a restricted case, and decided both."""
    return met(cast, TODAY - timedelta(days=10), {"title": "Økonomi"}, {"title": "Om Per Hansen", **SECRET})


def met(cast, day: date, *cases: dict[str, str]) -> Meeting:
    meeting = Meeting.objects.create(committee=cast.ssu, date=day, state=Meeting.State.HELD)
    deciding = cast.ssu.seats.filter(on(day), role__in=DECIDING)
    for facts in cases:
        item = actions.put_on_agenda(meeting, actions.write_case(cast.ssu, by=cast.kari, facts=facts))
        actions.record_attendance([item], by=cast.kari, present=dict.fromkeys(deciding))
        actions.decide(item, by=cast.kari, points=[Point(verb="takes_note", wording="Notert.")])
    return meeting


def follow_up(cast, meeting: Meeting, what="Lag budsjett", who=None, case=0, due=DUE) -> FollowUp:
    """In the meeting's first case, Ingrid's, where nothing is said."""
    who = who or cast.ssu.seats.get(user=cast.ingrid)
    cases: list[Case | None] = [item.case for item in meeting.agenda.all()]
    to_do = ToDo(what=what, responsible=who, due=due, case=None if case is None else cases[case])
    return actions.write_follow_up(meeting, by=cast.kari, to_do=to_do)


def page(path: str, who=None) -> str:
    response = (in_as(who) if who else Client()).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_it_is_written_by_a_form_and_told_to_who_is_responsible(cast, held):
    seat, case = cast.ssu.seats.get(user=cast.ingrid), held.agenda.all()[0].case
    address = f"{held.get_absolute_url()}oppfolging/ny/"
    sigrid = in_as(cast.sigrid)
    assert sigrid.get(f"{address}?sak={case.pk}").context["form"]["case"].value() == str(case.pk)
    facts = {"what": "Lag budsjett", "who": f"seat-{seat.pk}", "due": DUE, "case": case.pk}
    both = sigrid.post(address, {**facts, "who_else": "Direktøren"})
    assert (both.status_code, list(both.context["form"].errors)) == (422, ["who"])
    nobody = sigrid.post(address, {**facts, "who": "other"})
    assert list(nobody.context["form"].errors) == ["who_else"]
    early = sigrid.post(address, {**facts, "due": held.date - timedelta(days=1)})
    assert early.context["form"].non_field_errors() == ["Fristen er før møtet."]
    assert early.context["form"]["what"].value() == "Lag budsjett"
    assert sigrid.post(address, facts).status_code == 302
    item = FollowUp.objects.get()
    (told,) = things_to_do(cast.ingrid)
    assert (told.text, told.due, told.path) == ("Følg opp: Lag budsjett", DUE, item.get_absolute_url())
    treated = f"{held.get_absolute_url()}sak/{case.year}-{case.number}/"
    assert "Lag budsjett" in page(treated, cast.olav)


def test_a_party_is_told_through_those_who_speak_for_it(cast, held):
    sits = make.user("Sitter For Tromsø")
    make.seat(cast.ssu, sits).represents.add(cast.tromso)
    item = follow_up(cast, held, who=cast.tromso)
    assert {notice.user for notice in Notice.objects.filter(key__startswith="follow_up:")} == {
        cast.aslak,
        sits,
    }
    assert "Lag budsjett" in page(item.get_absolute_url(), cast.aslak)  # who has no seat in SSU
    assert in_as(cast.aslak).get(f"{SSU}oppfolging/").status_code == 403
    in_as(cast.aslak).post(f"{item.get_absolute_url()}utfort/", {"day": TODAY, "words": "Gjort."})
    item.refresh_from_db()
    assert (item.done_on, item.done_by, item.done_words) == (TODAY, cast.aslak, "Gjort.")
    assert things_to_do(cast.aslak) == things_to_do(sits) == []
    with pytest.raises(WrongState, match="allerede meldt utført"):
        actions.finish_follow_up(item, by=cast.kari, day=TODAY, words="")


def test_only_the_responsible_and_those_who_prepare_say_that_it_is_done(cast, held):
    item = follow_up(cast, held)
    for who in (cast.olav, cast.tove, cast.per, cast.aslak, cast.gunn, cast.berit, cast.nils):
        with pytest.raises(NotAllowed):
            actions.finish_follow_up(item, by=who, day=TODAY, words="")
    for day in (held.date - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refusal, match="fra møtet og til i dag"):
            actions.finish_follow_up(item, by=cast.ingrid, day=day, words="")
    cast.ssu.seats.filter(user=cast.ingrid).update(end=TODAY - timedelta(days=1))
    again = type(cast.ingrid).objects.get(pk=cast.ingrid.pk)
    with pytest.raises(NotAllowed):  # the seat ended yesterday
        actions.finish_follow_up(item, by=again, day=TODAY, words="")
    actions.finish_follow_up(item, by=cast.sigrid, day=TODAY, words="")


def test_it_returns_at_the_next_meetings_until_it_is_done(cast, held):
    item = follow_up(cast, held)
    soon = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY + timedelta(days=5)))
    places = [f"{soon.get_absolute_url()}{under}" for under in ("", "papirer/", "protokoll/")]
    for place in places:
        assert "Oppfølging fra tidligere møter" in page(place, cast.olav)
        assert "Lag budsjett" in page(place, cast.olav)
    actions.finish_follow_up(item, by=cast.ingrid, day=TODAY, words="")
    for place in places:
        assert "Lag budsjett" not in page(place, cast.olav)
    actions.reopen_follow_up(item, by=cast.sigrid)
    assert [notice.text for notice in things_to_do(cast.ingrid)] == ["Følg opp: Lag budsjett"]
    assert "Lag budsjett" in page(places[0], cast.olav)


def test_minutes_keep_what_was_to_be_done_and_what_the_meeting_heard_was_done(cast, held):
    early = met(cast, TODAY - timedelta(days=40), {"title": "Før"})
    still, heard, later = (follow_up(cast, early, what) for what in ("Gjenstår", "Hørt", "Senere"))
    actions.finish_follow_up(heard, by=cast.kari, day=held.date, words="")
    new = follow_up(cast, held)
    common = follow_up(cast, held, "Felles", who="Direktøren", case=None)
    make.approved(held)
    actions.finish_follow_up(later, by=cast.kari, day=TODAY, words="")
    content = json.loads(Minutes.objects.get().content)
    assert [(one["what"], one["done"]) for one in content["earlier"]] == [
        ("Gjenstår", ""),
        ("Hørt", str(held.date)),
        ("Senere", ""),
    ]
    assert [one["id"] for one in content["items"][0]["follow_ups"]] == [new.pk]
    assert [(one["id"], one["responsible"]) for one in content["follow_ups"]] == [(common.pk, "Direktøren")]
    shown = page(f"/troms-og-ofoten/utvalg/ssu/moter/{held.date}/protokoll/")
    for said in ("Gjenstår", "Lag budsjett", "Ansvarlig: Ingrid Leder", "Ansvarlig: Direktøren"):
        assert said in shown
    with pytest.raises(WrongState, match="står i den"), transaction.atomic():
        actions.drop_follow_up(new, by=cast.kari)
    to_do = ToDo(what="Noe annet", responsible="Direktøren", due=DUE, case=new.case)
    with pytest.raises(WrongState, match="Bare ansvarlig og frist"), transaction.atomic():
        actions.edit_follow_up(new, by=cast.kari, version=1, to_do=to_do)
    form = in_as(cast.kari).get(f"{new.get_absolute_url()}endre/").context["form"]
    assert [name for name in form.fields if form.fields[name].disabled] == ["what", "case"]
    with pytest.raises(WrongState, match="til protokollen er godkjent"):
        follow_up(cast, Meeting.objects.get(pk=held.pk))
    assert still.done_on is None


def test_what_is_to_be_done_is_not_lost_with_its_case_or_meeting(cast):
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    actions.put_on_agenda(meeting, actions.write_case(cast.ssu, by=cast.kari, facts={"title": "Økonomi"}))
    item = follow_up(cast, meeting)
    for act in (
        lambda: actions.take_off_agenda(meeting.agenda.get(), by=cast.kari),
        lambda: actions.cancel_meeting(meeting, by=cast.kari),
    ):
        with pytest.raises(WrongState), transaction.atomic():
            act()
    actions.drop_follow_up(item, by=cast.kari)
    assert things_to_do(cast.ingrid) == []
    actions.take_off_agenda(meeting.agenda.get(), by=cast.kari)
    actions.cancel_meeting(meeting, by=cast.kari)


def test_what_is_written_after_the_first_approval_takes_it_back(cast, held):
    actions.approve_minutes(held, by=cast.ingrid)
    item = follow_up(cast, held)
    approvals = Minutes.objects.get().approvals
    assert approvals.filter(taken_back_at=None).count() == 0
    actions.approve_minutes(held, by=cast.ingrid)
    actions.finish_follow_up(item, by=cast.kari, day=TODAY, words="")  # what is done later changes nothing
    assert approvals.filter(taken_back_at=None).count() == 1
    actions.reopen_follow_up(item, by=cast.kari)
    actions.drop_follow_up(item, by=cast.kari)
    assert approvals.filter(taken_back_at=None).count() == 0


def test_somebody_else_who_is_to_do_it_is_told_and_the_first_is_not_asked_any_more(cast, held):
    item = follow_up(cast, held)
    path = f"{item.get_absolute_url()}endre/"
    facts = {"what": "Lag et budsjett", "who": f"partner-{cast.tromso.pk}", "due": DUE, "version": 1}
    assert in_as(cast.sigrid).post(path, {**facts, "case": item.case_id}).status_code == 302
    assert things_to_do(cast.ingrid) == []
    assert [notice.text for notice in things_to_do(cast.aslak)] == ["Følg opp: Lag et budsjett"]
    late = in_as(cast.kari).post(path, {**facts, "what": "Noe annet"})
    assert (late.status_code, late.context["form"]["what"].value()) == (409, "Noe annet")


def test_of_a_restricted_case_nothing_is_told_outside_the_committee(cast, held):
    early = met(cast, TODAY - timedelta(days=40), {"title": "Om Kari Hansen", **SECRET})
    items = [
        follow_up(cast, meeting, "Ring Per Hansen", who, case)
        for meeting, case in ((held, 1), (early, 0))
        for who in (None, cast.tromso, "Naboen til Per")
    ]
    assert {notice.text for notice in Notice.objects.filter(key__startswith="follow_up:")} == {
        f"Du har fått noe å følge opp etter {meeting}." for meeting in (held, early)
    }
    assert not cast.aslak.notices.exists()
    assert not Audit.objects.filter(what__contains="Ring Per").exists()
    for item in items:
        assert "Ring Per Hansen" in page(item.get_absolute_url(), cast.olav)
        for who in (cast.gunn, cast.aslak):
            assert in_as(who).get(item.get_absolute_url()).status_code == 403
    for under in ("", "papirer/", "protokoll/"):
        assert "Ring Per Hansen" not in page(held.get_absolute_url() + under, cast.gunn)
    assert "Ring Per Hansen" not in page(f"{SSU}oppfolging/", cast.gunn)
    assert "Ring Per Hansen" in page(f"{SSU}oppfolging/", cast.olav)
    make.approved(held)
    public = page(f"/troms-og-ofoten/utvalg/ssu/moter/{held.date}/protokoll/")
    printed = words(Minutes.objects.get().file.read())
    for text in (public, printed):
        assert "Personalsak" in text
        for secret in ("Ring Per", "Naboen", "Per Hansen"):
            assert secret not in text


def test_a_case_that_becomes_restricted_tells_no_more_of_what_was_told(cast):
    meeting = Meeting.objects.create(committee=cast.ssu, date=TODAY)
    case = actions.write_case(cast.ssu, by=cast.kari, facts={"title": "Åpen"})
    actions.put_on_agenda(meeting, case)
    follow_up(cast, meeting)
    actions.edit_case(case, by=cast.kari, version=1, facts={"access": "restricted", "legal_basis": "offl."})
    assert [n.text for n in things_to_do(cast.ingrid)] == [f"Du har fått noe å følge opp etter {meeting}."]


def test_a_name_that_is_not_for_the_public_is_the_sides(cast, held):
    seat = make.seat(cast.ssu, side=Seat.Side.USER, printed_name="Bjørg Bruker", named_in_public=False)
    follow_up(cast, held, who=seat)
    make.approved(held)
    public = page(f"/troms-og-ofoten/utvalg/ssu/moter/{held.date}/protokoll/")
    assert "Ansvarlig: bruker." in public
    assert "Bjørg" not in public


@pytest.mark.parametrize("size", [1, 60])
def test_pages_take_as_many_queries_whatever_there_is_to_do(cast, django_assert_num_queries, size):
    """Sixty seats there at each of sixty cases, sixty to do in each meeting."""
    seats = [make.seat(cast.ssu, printed_name=f"Medlem {n}") for n in range(size)]
    early, there = (
        Meeting.objects.create(committee=cast.ssu, date=TODAY - timedelta(days=days), state="held")
        for days in (20, 10)
    )
    for n, seat in enumerate(seats):
        case = Case.objects.create(
            committee=cast.ssu, year=2026, number=n, printed_number=f"{n}-2026", title=f"Sak {n}"
        )
        item = actions.put_on_agenda(there, case)
        Attendance.objects.bulk_create(Attendance(agenda_item=item, seat=seat) for seat in seats)
        decision = Decision.objects.create(case=case, meeting=there, recorded_by=cast.kari)
        decision.points.create(number=1, verb="takes_note", wording="Notert.")
        for meeting, who in ((early, {"seat": seat}), (there, {"partner": cast.tromso})):
            FollowUp.objects.create(
                meeting=meeting, case=case, what=f"Gjør {n}", due=DUE, written_by=cast.kari, **who
            )
    sigrid = in_as(cast.sigrid)
    sigrid.get(SSU)
    first = there.agenda.all()[0].case
    for under, queries in (
        (f"moter/{there.date}/protokoll/", 16),
        (f"moter/{there.date}/", 11),
        (f"moter/{there.date}/papirer/", 11),
        (f"moter/{there.date}/sak/{first.year}-{first.number}/", 18),
        (f"moter/{there.date}/oppfolging/ny/", 10),
        ("oppfolging/", 7),
    ):
        with django_assert_num_queries(queries):
            assert sigrid.get(SSU + under).status_code == 200
    for n, seat in enumerate(seats):
        delegate(
            cast.troms, by=cast.kari, giver=cast.tromso, holder=seat, case_number=f"{n}", covers=f"Plan {n}"
        )
    kari = in_as(cast.kari)
    with django_assert_num_queries(6):
        kari.get("/arbeid/troms-og-ofoten/myndighet/")
