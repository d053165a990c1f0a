"""Reminders 14, 3 and 1 days before a due date, and word to the leader after it."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from committees import links
from committees.actions import (
    ToDo,
    end_seat,
    finish_follow_up,
    make_link,
    put_on_agenda,
    revoke_link,
    write_case,
    write_follow_up,
)
from committees.models import Meeting, PersonalLink
from partners.actions import done, send_notices, tell
from partners.actions.reminding import days_to_remind_of
from partners.models import Notice
from tests import make
from tests.partners.clock import clock
from tests.partners.test_send_notices import MARCH, told_in

__all__ = ["clock"]

ASKED = "Si hva du mener om planen."


def ask(cast, *people, key="review:1", due=MARCH[20], **facts):
    facts = {"group": "plan:1", "group_title": "Handlingsplan 2027", "text": lambda: ASKED, **facts}
    tell(cast.troms, to=people, kind=Notice.Kind.REVIEW, key=key, due=due, **facts)


def through(clock, days):
    """What is mailed at seven on these days of March, as {day: [(to, lines)]} without the empty ones."""
    said = {}
    for day in days:
        clock.set(day, 7)
        before = len(mail.outbox)
        send_notices()
        if new := sorted((m.to[0].split("@")[0], told_in(m)) for m in mail.outbox[before:]):
            said[day] = new
    return said


def test_reminders_come_14_3_and_1_days_before(cast, clock):
    ask(cast, cast.per)
    again = [("per-medlem", [f"Påminnelse: {ASKED}"])]
    assert through(clock, range(2, 21)) == {2: [("per-medlem", [ASKED])], 6: again, 17: again, 19: again}


def test_who_has_done_it_hears_no_more(cast, clock):
    ask(cast, cast.per, cast.odd)
    through(clock, [2])
    done("review:1", to=cast.per)
    assert [[to for to, _ in mails] for mails in through(clock, range(3, 21)).values()] == [
        ["odd-observator"]
    ] * 3


def test_done_between_the_reminder_and_its_mail(cast, clock):
    ask(cast, cast.per)
    through(clock, [2])
    clock.set(17, 0, 5)
    send_notices()
    assert Notice.objects.filter(kind=Notice.Kind.REMINDER).count() == 1
    done("review:1")
    assert through(clock, [17]) == {}


def test_a_new_due_date_has_its_own_reminders(cast, clock):
    ask(cast, cast.per)
    through(clock, [2, 6])
    clock.set(19, 0, 5)
    send_notices()
    ask(cast, cast.per, due=MARCH[31])
    assert list(through(clock, range(19, 32))) == [19, 28, 30]  # that of the 17th is made up for


def test_a_day_without_a_run_is_made_up_for(cast, clock):
    ask(cast, cast.per)
    assert list(through(clock, [2, 8, 18, 20])) == [2, 8, 18, 20]


def test_an_ended_seat_is_reminded_of_nothing(cast, clock):
    ask(cast, cast.per)
    through(clock, [2])
    clock.set(5, 12)
    end_seat(cast.fsu.seats.get(user=cast.per), by=cast.kari, last_day=MARCH[5])
    assert through(clock, range(6, 31)) == {}


def test_the_leader_hears_after_it_who_has_not(cast, clock, monkeypatch):
    from partners import matters

    monkeypatch.setitem(matters._leaders, "review", lambda pk: [cast.ingrid] if pk == 1 else [])
    ask(cast, cast.per, cast.odd, cast.tove, "gjest@alta.no", path="/arbeid/troms-og-ofoten/")
    through(clock, [2])
    done("review:1", to=cast.tove)
    said = through(clock, range(20, 31))
    assert said[21] == [
        (
            "ingrid-leder",
            [
                "Fristen 20. mars 2027 er ute. Ikke gjort av: Per Medlem, Odd Observatør, gjest@alta.no.",
            ],
        )
    ]
    assert list(said) == [20, 21]  # the reminder that was late, and the leader's; once


def test_without_a_leader_the_secretariat_hears(cast, clock):
    ask(cast, cast.per, key="round:7")
    through(clock, [2])
    assert [to for to, _lines in through(clock, [21])[21]] == ["kari-sekretaer"]


def test_the_committees_leader_leads_its_reviews(cast, clock):
    from plans import matters
    from plans.actions.freeze_named import freeze_named
    from plans.models import Review

    revision = freeze_named(cast.draft, by=cast.kari, name="Til SSU")
    review = Review.objects.create(revision=revision, committee=cast.ssu, due=MARCH[20], laid_by=cast.kari)
    assert list(matters._leaders_of_review(review.pk)) == [cast.ingrid]
    assert list(matters._leaders_of_review(0)) == []


@pytest.fixture
def review_opens(monkeypatch):
    opens = links.Opens(lambda: "Plan til SSU", "/kontakt/", MARCH[20])
    monkeypatch.setattr(links, "_purposes", {PersonalLink.Purpose.REVIEW: lambda link: opens})


@pytest.mark.usefixtures("review_opens")
def test_a_guest_is_reminded_with_the_link_and_not_once_it_is_closed(cast, clock):
    address = make_link(
        PersonalLink.Purpose.REVIEW,
        1,
        by=cast.kari,
        seat=cast.ssu.seats.get(user=cast.olav),
        name="Anna",
        email="anna@alta.no",
        expires_at=timezone.now() + timedelta(days=60),
    )
    mail.outbox.clear()
    assert through(clock, range(2, 7)) == {6: [("anna", ["Påminnelse: Plan til SSU"])]}
    assert f"\n  {address}\n" in mail.outbox[-1].body
    assert "/arbeid/" not in mail.outbox[-1].body
    revoke_link(PersonalLink.objects.get(), by=cast.kari)
    assert through(clock, range(7, 31)) == {}


@pytest.mark.usefixtures("review_opens")
def test_a_guests_link_that_expired_is_not_reminded_of(cast, clock):
    seat = make.seat(cast.ssu, printed_name="Anna")
    make_link(
        PersonalLink.Purpose.REVIEW,
        1,
        by=cast.kari,
        seat=seat,
        name="Anna",
        email="anna@alta.no",
        expires_at=timezone.now() + timedelta(days=3),
    )
    mail.outbox.clear()
    assert through(clock, range(2, 21)) == {}


DAYS = st.dates(date(2027, 1, 1), date(2027, 2, 28))


@given(told=DAYS, due=DAYS)
def test_each_reminder_has_its_day_and_comes_after_the_person_was_told(told, due):
    days = [told + timedelta(days=n) for n in range((due - told).days + 3)]
    said = [days_to_remind_of(told, due, day) for day in days]
    first = {n: days[said.index(n)] for n in set(said) - {None}}
    assert first == {n: due - timedelta(days=n) for n in (14, 3, 1) if told < due - timedelta(days=n)}
    assert [n for day, n in zip(days, said, strict=True) if day > due and n] == []


def test_what_a_meeting_decided_to_do_is_reminded_of_and_its_leader_hears_what_was_not_done(cast, clock):
    meeting = Meeting.objects.create(committee=cast.ssu, date=MARCH[1], state="held")
    secret = {"access": "restricted", "legal_basis": "offl. § 13"}
    items = []
    for what, facts in (("Lag budsjett", {}), ("Ring Per Hansen", secret)):
        case = write_case(cast.ssu, by=cast.kari, facts={"title": "Sak", **facts})
        put_on_agenda(meeting, case)
        to_do = ToDo(what=what, responsible=cast.ssu.seats.get(user=cast.olav), due=MARCH[20], case=case)
        items.append(write_follow_up(meeting, by=cast.kari, to_do=to_do))
    told = [f"Du har fått noe å følge opp etter {meeting}.", "Følg opp: Lag budsjett"]
    again = [("olav-observator", [f"Påminnelse: {said}" for said in told])]
    heard = through(clock, range(2, 18))
    assert {day: [(to, sorted(lines)) for to, lines in mails] for day, mails in heard.items()} == {
        2: [("olav-observator", told)],
        6: again,
        17: again,
    }
    finish_follow_up(items[0], by=cast.olav, day=MARCH[17], words="")
    assert through(clock, range(18, 23)) == {
        19: [("olav-observator", [f"Påminnelse: {told[0]}"])],
        21: [("ingrid-leder", ["Fristen 20. mars 2027 er ute. Ikke gjort av: Olav Observatør."])],
    }
    assert "Ring Per" not in "".join(mailed.body + mailed.subject for mailed in mail.outbox)
