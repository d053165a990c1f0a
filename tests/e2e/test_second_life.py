"""The other ways that a plan goes: sent back with a reason, postponed, lifted to PM, which decides."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from committees.models import AgendaItem, Attendance, Committee
from partners.models import User
from plans.models import Plan, Stance
from tests.e2e.journey import TODAY, Journey, mona, pm
from tests.people import Cast

__all__ = ["mona", "pm"]  # pytest finds fixtures by their names here
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SSU = ["Strategisk samarbeidsutvalg"]


def test_returned_then_postponed_then_lifted(
    new_page: Any, live_server: Any, cast: Cast, pm: Committee, mona: User, axe: Any
) -> None:
    plan = cast.draft
    journey = Journey(new_page, live_server, plan)
    journey.lay_before(cast.kari, "første", SSU)
    journey.answer(mona)

    sent_back(journey, cast, axe)
    asked_again(journey, cast, mona, axe)
    comes_back_by_itself(journey, cast)
    decided_above(journey, cast, pm)

    reader = new_page(width=390)
    reader.goto(plan.get_absolute_url())
    about = reader.locator("section.about", has_text="Om planen").inner_text()
    assert "Partnerskapsmøtet (PM) vedtar" in about
    assert "SSU" not in about  # what has no approved minutes is nobody's business yet
    assert reader.get_by_text("Ringe hverandre hver uke").first.is_visible()


def sent_back(journey: Journey, cast: Cast, axe: Any) -> None:
    """Three days ago: the leader was inhabil, her deputy stepped in and the sides followed, SSU returns."""
    page = journey.of(cast.kari)
    journey.make_case(cast.kari, cast.ssu)
    journey.plan_meeting(cast.kari, cast.ssu, TODAY - timedelta(days=3))
    journey.put_on_list(cast.kari)
    journey.recuse(cast.ingrid, cast.kari, reason="Jeg eier bygget.", deputy="Tove Vara")
    page.get_by_role("link", name="Før frammøte").click()
    assert page.get_by_label(re.compile(r"^Ingrid Leder.*inhabil i saken")).is_disabled()
    axe(page)
    page.get_by_role("link", name="Avbryt").click()
    journey.record_attendance(cast.kari, deputy="Tove Vara for Ingrid Leder")
    took = Attendance.objects.exclude(stands_in_for=None).get()
    assert (took.seat.user, took.stands_in_for) == (cast.tove, cast.ssu.seats.get(user=cast.ingrid))
    axe(page)
    journey.decide(
        cast.kari,
        "sender tilbake",
        {"Ordlyd": "Planen sendes tilbake.", "Begrunnelse": "Det første tiltaket er for vagt."},
    )
    axe(page)
    assert Plan.objects.get(pk=journey.plan.pk).state == Plan.State.DRAFT


def asked_again(journey: Journey, cast: Cast, mona: User, axe: Any) -> None:
    """The draft is open, and a stance does not count on other words than its own: it is asked for again."""
    page = journey.of(cast.kari)
    page.goto(journey.plan.get_work_url())
    expect(page.locator(".page-head .ds-tag")).to_have_text("Utkast")
    journey.reword(cast.kari, "Tiltak nummer 1", "Ringe hverandre hver uke")
    journey.lay_before(cast.kari, "andre", SSU)
    own = journey.of(mona)
    own.goto("/arbeid/")
    own.get_by_role("link", name=re.compile(f"{journey.plan.title}, versjon 2")).first.click()
    expect(own.locator(".changes ins").first).to_contain_text("Ringe hverandre hver uke")
    axe(own)
    assert own.get_by_role("button", name="Send svaret").count() == 0
    own.get_by_role("button", name=re.compile("^Vi har sett")).click()
    asked = own.locator(".stance", has_text="Svart på tidligere ordlyd")
    expect(asked).to_contain_text(["Ringe hverandre hver uke"])
    axe(own)
    own.get_by_label("Slutter oss til hele planen").check()
    own.get_by_role("button", name="Send svaret").click()
    own.get_by_text(re.compile("Svaret for .* er registrert")).wait_for()
    own.wait_for_load_state()
    assert asked.count() == 0
    assert Stance.objects.count() == 2


def comes_back_by_itself(journey: Journey, cast: Cast) -> None:
    """SSU postpones to a later meeting, where the case stands on the list; there it is lifted."""
    page = journey.of(cast.kari)
    yesterday = TODAY - timedelta(days=1)
    journey.make_case(cast.kari, cast.ssu)
    journey.plan_meeting(cast.kari, cast.ssu, yesterday)
    later = page.url
    journey.plan_meeting(cast.kari, cast.ssu, TODAY - timedelta(days=2))
    journey.put_on_list(cast.kari)
    journey.record_attendance(cast.kari)
    journey.decide(
        cast.kari,
        "utsetter",
        {"Ordlyd": "Saken utsettes.", "Utsettes til møtet": f"{yesterday:%d.%m.%Y}"},
    )
    page.goto(later)
    page.get_by_role("link", name=re.compile("^Behandling")).click()
    journey.record_attendance(cast.kari)
    journey.decide(cast.kari, "løfter", {"Ordlyd": "Saken løftes.", "Løftes til": "Partnerskapsmøtet (PM)"})
    assert [i.case.committee.abbreviation for i in AgendaItem.objects.order_by("pk")] == ["SSU"] * 3


def decided_above(journey: Journey, cast: Cast, pm: Committee) -> None:
    """Today PM has the same case, with the same version in it, and adopts."""
    journey.plan_meeting(cast.kari, pm)
    journey.put_on_list(cast.kari)
    journey.record_attendance(cast.kari)
    day = TODAY.isoformat()
    journey.decide(
        cast.kari, "vedtar", {"Ordlyd": "Planen vedtas.", "Gjelder fra": day, "Offentlig fra": day}
    )
    assert Plan.objects.get(pk=journey.plan.pk).state == Plan.State.ADOPTED
