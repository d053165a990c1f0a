"""What a committee does with a case: every page of it, before and after the decision."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from committees import actions
from committees.actions import Point, When
from committees.models import AgendaItem, Seat
from plans.actions import case_about, take_stance
from plans.consensus import words_of
from plans.models import Review, Seen
from tests import make
from tests.people import Cast

from .looking import Look

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _without_files(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def review(cast: Cast) -> Review:
    """Before SSU: its leader joined, and disagrees in one measure."""
    leader = cast.ssu.seats.get(user=cast.ingrid)
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    Seen.objects.create(review=review, seat=leader)
    key, words = next(iter(words_of(review.revision.load()).items()))
    take_stance(review, leader, by=cast.ingrid, kind="joins")
    item = review.revision.items.get(item=key).item
    take_stance(
        review, leader, by=cast.ingrid, item=item, words=words, kind="disagrees", remark="«Nei» & nei"
    )
    return review


@pytest.fixture
def item(cast: Cast, review: Review) -> AgendaItem:
    """A case of that version on the list of today's meeting, after another case."""
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    other = actions.write_case(
        cast.ssu, by=cast.kari, facts={"title": "Økonomi", "conclusion": "Til orientering."}
    )
    actions.add_to_agenda(meeting, other, by=cast.kari)
    case = case_about(review.revision, by=cast.kari, committee=cast.ssu)
    return actions.add_to_agenda(meeting, case, by=cast.kari)


@pytest.fixture
def look(page: Any, live_server: Any, vnu: Any, axe: Any) -> Look:
    return Look(page, live_server, vnu, axe)


def in_meeting(item: AgendaItem, name: str, *more: Any) -> str:
    committee, case = item.meeting.committee, item.case
    return reverse(
        name,
        args=[committee.community.slug, committee.slug, item.meeting.date, case.year, case.number, *more],
    )


def of_case(item: AgendaItem, name: str, *more: Any) -> str:
    committee, case = item.meeting.committee, item.case
    return reverse(name, args=[committee.community.slug, committee.slug, case.year, case.number, *more])


def test_before_the_decision(look: Look, cast: Cast, item: AgendaItem) -> None:
    leader = cast.ssu.seats.get(user=cast.ingrid)
    look.sign_in(cast.ingrid)
    look.at(in_meeting(item, "treat_case"))
    look.at(of_case(item, "report_recusal"))
    look.sent("Lagre")
    recusal = actions.report_recusal(item.case, leader, by=cast.ingrid, reason="Jeg eier bygget.")
    look.at(of_case(item, "report_recusal"))
    look.sign_in(cast.kari)
    look.at(of_case(item, "recuse", recusal.pk))
    look.sent("Lagre")
    actions.recuse(
        recusal,
        by=cast.kari,
        recused=True,
        legal_basis="forvaltningsloven § 6",
        deputy=cast.ssu.seats.get(role=Seat.Role.DEPUTY),
    )
    look.at(in_meeting(item, "record_attendance"))
    look.at(in_meeting(item, "decide"))
    look.sent("Legg til et punkt", status=200)
    look.sent("Før vedtaket")
    look.at(in_meeting(item, "on_screen", cast.draft.slug))
    words = item.case.plan_items.get().revision.load()
    key = next(measure.key for _s, _g, measure in words.walk_measures())
    look.at(in_meeting(item, "on_screen", cast.draft.slug) + f"?tiltak={key}")


def test_after_the_decision(look: Look, cast: Cast, item: AgendaItem) -> None:
    pm = make.committee(cast.troms, "PM", name="Partnerskapsmøtet")
    held = actions.delegate(
        cast.troms,
        by=cast.kari,
        giver=pm,
        holder=cast.ssu,
        case_number="PM 01",
        covers="Endelig vedtak.",
        about=(str(item.case.plan_items.get().pk),),
    )
    first = item.meeting.agenda.order_by("position").first()
    assert first
    deputy = cast.ssu.seats.get(role=Seat.Role.DEPUTY)
    actions.record_attendance([first, item], by=cast.kari, present={deputy: deputy.deputy_for})
    note = Point(verb="takes_note", wording="Tatt til orientering.")
    actions.decide(first, by=cast.kari, points=[note])
    adopts = Point(
        verb="adopts",
        wording="Planen vedtas.",
        reason="Uenigheten er løst.",
        about=(str(item.case.plan_items.get().pk),),
        effect={"in_force_from": TODAY, "published_from": TODAY},
        with_changes=True,
        stands_on=(held,),
    )
    made = actions.decide(item, by=cast.kari, points=[adopts])
    look.sign_in(cast.ingrid)
    look.at(in_meeting(item, "treat_case"))
    look.at(in_meeting(item, "confirm_words", 1))
    actions.confirm_words(made.points.get(), by=cast.ingrid)
    look.at(in_meeting(item, "confirm_words", 1))

    look.sign_in(cast.kari)
    look.at(in_meeting(item, "treat_case"))
    here = [cast.troms.slug, cast.ssu.slug, item.meeting.date]
    look.at(reverse("minutes", args=here))
    look.at(reverse("write_minutes", args=here))
    look.at(reverse("authorities", args=[cast.troms.slug]))
    look.at(reverse("delegate", args=[cast.troms.slug]))
    look.sent("Lagre")
    look.sign_in(None)
    look.at(of_case(item, "public_case"))
