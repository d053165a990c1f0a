"""What everybody may read of how a plan came to be adopted: the chain on its page, and the cases."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees import actions
from committees.actions import Point
from committees.models import AgendaItem, Case, Meeting, Seat
from committees.rulebook import Rules
from committees.rules import DECIDING
from partners.roles import on
from plans.actions import freeze_named, publish_redacted, take_stance, withdraw
from plans.models import CaseItem, Item, Seen
from plans.queries.chain import chain_of
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAYS = {"in_force_from": TODAY, "published_from": TODAY}


def treated(cast, committee, *, days: int, revision=None, **facts) -> tuple[AgendaItem, str]:
    """A case about the draft, on the list so many days ago, the leader there; and the plan's key in it."""
    meeting = Meeting.objects.create(committee=committee, date=TODAY - timedelta(days=days))
    case = actions.write_case(committee, by=cast.kari, facts={"title": "Handlingsplan 2027", **facts})
    key = str(CaseItem.objects.create(case=case, plan=cast.draft, revision=revision).pk)
    item = actions.put_on_agenda(meeting, case)
    deciding = committee.seats.filter(on(meeting.date), role__in=DECIDING)
    actions.record_attendance([item], by=cast.kari, present=dict.fromkeys(deciding))
    return item, key


def page_of(case: Case) -> str:
    return f"/troms-og-ofoten/utvalg/{case.committee.slug}/saker/{case.year}-{case.number}/"


@pytest.fixture
def adopted(cast):
    """SSU returned it, recommended it; PM gave SSU authority; SSU adopted. The cases, in that order."""
    cast.ssu.rules = Rules(adopts_by_authority=True).stored()
    cast.ssu.save()
    pm = make.committee(cast.troms, "PM", name="Partnerskapsmøtet", rank=1)
    make.seat(pm, role=Seat.Role.LEADER)
    revision = freeze_named(cast.draft, by=cast.kari, name="til SSU", for_review=True)
    cases = []
    for body, days, verb, more in (
        (cast.ssu, 40, "returns", {"reason": "Mer om økonomi."}),
        (cast.ssu, 30, "recommends", {}),
        (pm, 20, "delegates", {"delegates_to": cast.ssu}),
        (cast.ssu, 1, "adopts", {"effect": DAYS}),
    ):
        item, key = treated(cast, body, days=days, revision=revision)
        point = Point(verb=verb, wording=f"Ordene om {verb}.", about=(key,), **more)
        actions.decide(item, by=cast.kari, points=[point])
        cases.append(item.case)
    return cases


def minutes_approved(case: Case) -> None:
    make.approved(case.agenda_items.get().meeting)


def test_the_chain_shows_who_gave_authority_and_what_followed(cast, adopted):
    assert [step.said for step in chain_of(cast.draft)] == [
        f"PM ga SSU myndighet i sak 01-{TODAY.year}",
        f"SSU vedtok planen i sak 03-{TODAY.year}",
    ]
    for case in adopted[:2]:
        minutes_approved(case)
    steps = chain_of(cast.draft)
    assert [step.said.split(" i sak")[0] for step in steps] == [
        "SSU sendte planen tilbake",
        "SSU anbefalte planen",
        "PM ga SSU myndighet",
        "SSU vedtok planen",
    ]
    assert [step.reason for step in steps] == ["Mer om økonomi.", "", "", ""]


def test_the_plan_page_is_rendered_anew_when_minutes_are_approved(cast, adopted):
    address = f"/troms-og-ofoten/planer/{cast.draft.slug}/"
    assert "SSU anbefalte" not in Client().get(address).content.decode()
    minutes_approved(adopted[1])
    page = Client().get(address).content.decode()
    assert f'href="{page_of(adopted[1])}">SSU anbefalte planen' in page
    assert f'href="{page_of(adopted[2])}">PM ga SSU myndighet' in page


def test_a_case_is_public_when_its_decision_is(cast, adopted):
    statuses = [Client().get(page_of(case)).status_code for case in adopted]
    assert statuses == [404, 404, 200, 200]
    minutes_approved(adopted[0])
    page = Client().get(page_of(adopted[0])).content.decode()
    assert "Ordene om returns." in page
    assert "Mer om økonomi." in page
    assert f"/planer/{cast.draft.slug}/" in page


def test_of_a_restricted_case_only_the_public_copy_is_public(cast, adopted):
    Case.objects.filter(pk=adopted[3].pk).update(
        access="restricted",
        legal_basis="offl. § 13",
        public_title="Sak om plan",
        public_copy="Sladdet tekst.",
    )
    minutes_approved(adopted[3])
    page = Client().get(page_of(adopted[3])).content.decode()
    plan = Client().get(f"/troms-og-ofoten/planer/{cast.draft.slug}/").content.decode()
    assert "Sladdet tekst." in page
    assert "Sak om plan" in page
    for secret in ("Ordene om adopts.", "Handlingsplan 2027</h1>"):
        assert secret not in page
    assert "Ordene om adopts." not in plan


def test_where_the_adopters_stood_is_public_when_the_minutes_are(cast):
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    make.seat(cast.ssu, side=Seat.Side.USER, printed_name="Bjørg Bruker", named_in_public=False)
    seat = cast.ssu.seats.get(user=cast.ingrid)
    Seen.objects.create(review=review, seat=seat)
    take_stance(review, seat, by=cast.ingrid, kind="joins")
    item, key = treated(cast, cast.ssu, days=1, revision=review.revision)
    point = Point(verb="adopts", wording="Vedtas.", about=(key,), effect=DAYS)
    actions.decide(item, by=cast.kari, points=[point])
    address = f"/troms-og-ofoten/planer/{cast.draft.slug}/"
    assert "Slutter seg til hele planen" not in Client().get(address).content.decode()
    make.approved(item.meeting)
    code = Item.objects.get(pk=next(review.revision.load().walk_measures())[2].key).code
    for page, heading in ((address, "Slutter seg til hele planen"), (f"/t/{code}", "Sluttet seg til")):
        told = Client().get(page).content.decode()
        joined = told[told.index(heading) :]
        assert "Ingrid Leder" in joined
        assert "<dt>Bruker</dt><dd>Har ikke svart</dd>" in joined
        assert "Bjørg" not in told


def test_a_review_while_a_plan_waits_for_its_redaction_is_not_public(cast):
    """It was taken down after its minutes were approved: no minutes tell what was said after that."""
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    item, key = treated(cast, cast.ssu, days=1, revision=review.revision)
    point = Point(verb="adopts", wording="Vedtas.", about=(key,), effect=DAYS)
    actions.decide(item, by=cast.kari, points=[point])
    make.approved(item.meeting)
    withdraw(cast.draft, by=cast.kari, reason="Personopplysninger.")
    again = make.laid(cast.draft, cast.ssu, by=cast.kari)
    seat = cast.ssu.seats.get(user=cast.ingrid)
    take_stance(again, seat, by=cast.ingrid, kind="disagrees", remark="Nei.")
    publish_redacted(cast.draft, by=cast.kari, reason="Navn er tatt ut.", decided_by="Lederen av SSU")
    page = Client().get(f"/troms-og-ofoten/planer/{cast.draft.slug}/").content.decode()
    assert ("Har ikke svart" in page, "er uenig" in page.casefold()) == (True, False)


def test_the_plan_page_takes_as_many_queries_whatever_led_to_it(cast, adopted):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert Client().get(f"/troms-og-ofoten/planer/{cast.draft.slug}/").status_code == 200
        return len(counted)

    before = queries()
    for case in adopted[:2]:
        minutes_approved(case)
    assert queries() == before
