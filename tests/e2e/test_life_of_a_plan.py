"""The life of a plan in a real browser, from hearing to tombstone, every step on its page."""

import re
from datetime import timedelta
from typing import Any

import pytest

from committees.models import Attendance, Committee
from partners.models import User
from plans.models import Input, Plan, Stance
from tests.e2e.journey import TODAY, Journey, mona, pm
from tests.e2e.test_import_and_correct import editor
from tests.people import Cast

__all__ = ["mona", "pm"]  # pytest finds fixtures by their names here
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_from_hearing_to_tombstone(
    new_page: Any, live_server: Any, cast: Cast, pm: Committee, mona: User, axe: Any
) -> None:
    plan = cast.draft
    journey = Journey(new_page, live_server, plan)

    journey.hear(cast.kari, cast.per, cast.odd, ["FSU BU"])
    assert [given.disposition for given in Input.objects.order_by("pk")] == ["taken_in", "not_taken_in"]
    journey.lay_before(
        cast.kari, "til utvalgene", ["Strategisk samarbeidsutvalg", "Faglig samarbeidsutvalg barn og unge"]
    )
    journey.answer(cast.per)
    journey.answer(cast.ingrid, reservation="Bare der det er leger.")
    assert [(s.seat.user, s.kind) for s in Stance.objects.order_by("pk")] == [
        (cast.per, "joins"),
        (cast.ingrid, "joins"),
        (cast.ingrid, "reserves"),
    ]

    in_ssu(journey, cast, mona)
    in_pm(journey, cast, pm)
    adopted_with_changes(journey, cast, axe)

    reader = new_page(width=390)
    reader.goto(plan.get_absolute_url())
    axe(reader)
    assert reader.get_by_text("Møtes der det er leger").first.is_visible()
    about = reader.locator("section.about", has_text="Om planen").inner_text()
    assert "Strategisk samarbeidsutvalg (SSU) vedtar" in about
    # What SSU recommended is told when the minutes of that meeting are approved.
    chain = [step.split(": ")[1] for step in reader.locator(".chain > li").all_inner_texts()]
    assert chain == [
        f"PM ga SSU myndighet i sak 01-{TODAY.year}",
        f"SSU vedtok planen i sak 02-{TODAY.year}. Forbeholdet er tatt inn.",
    ]

    status_round(journey, cast)
    corrected(journey, cast, reader)
    withdrawn(journey, cast, reader, axe)


def in_ssu(journey: Journey, cast: Cast, mona: User) -> None:
    """Yesterday: one was inhabil, a deputy met, a wording was changed on the screen; SSU recommends."""
    yesterday = TODAY - timedelta(days=1)
    journey.make_case(cast.kari, cast.ssu)
    journey.plan_meeting(cast.kari, cast.ssu, yesterday)
    journey.put_on_list(cast.kari)
    journey.recuse(mona, cast.kari, reason="Jeg leder et av tiltakene.")
    journey.record_attendance(cast.kari, deputy="Tove Vara for Ingrid Leder")
    there = Attendance.objects.order_by("seat__printed_name").values_list("seat__printed_name", flat=True)
    assert list(there) == ["Berit Avgått", "Olav Observatør", "Sigrid Sekretær", "Tove Vara"]
    page = journey.of(cast.kari)
    treated = page.url
    page.get_by_role("link", name="Ordlyden på skjerm").click()
    screen = journey.of(cast.olav)
    screen.goto(page.url)
    screen.get_by_label("Vis ett tiltak stort").select_option(index=2)
    screen.get_by_role("button", name="Vis").click()
    screen.locator(".screen-words", has_text="Tiltak nummer 2").wait_for()
    journey.reword(cast.kari, "Tiltak nummer 2", "Møtes der det er leger")
    screen.locator(".screen-words", has_text="Møtes der det er leger").wait_for()  # by itself
    page.goto(treated)
    journey.decide(cast.kari, "anbefaler", {"Ordlyd": "SSU anbefaler planen."})


def in_pm(journey: Journey, cast: Cast, pm: Committee) -> None:
    """PM gives SSU authority to adopt."""
    journey.make_case(cast.kari, pm)
    journey.plan_meeting(cast.kari, pm)
    journey.put_on_list(cast.kari)
    journey.record_attendance(cast.kari)
    journey.decide(
        cast.kari, "gir myndighet til", {"Ordlyd": "SSU vedtar endelig.", "Gir myndighet til": str(cast.ssu)}
    )


def adopted_with_changes(journey: Journey, cast: Cast, axe: Any) -> None:
    """Today: SSU adopts with the changes from the meeting, and its leader confirms the words."""
    journey.make_case(cast.kari, cast.ssu)
    journey.plan_meeting(cast.kari, cast.ssu)
    journey.put_on_list(cast.kari)
    journey.record_attendance(cast.kari)
    page = journey.of(cast.kari)
    axe(page)
    treated = page.url
    fields = {
        "Ordlyd": "Planen vedtas.",
        "Begrunnelse": "Forbeholdet er tatt inn.",
        "Gjelder fra": TODAY.isoformat(),
        "Offentlig fra": TODAY.isoformat(),
    }
    journey.decide(cast.kari, "vedtar", fields, with_changes=True)
    assert Plan.objects.get(pk=journey.plan.pk).state == Plan.State.IN_REVIEW
    page = journey.of(cast.ingrid)
    page.goto(treated)
    page.get_by_role("link", name="Bekreft ordlyden").click()
    axe(page)
    page.get_by_role("button", name="Bekreft ordlyden").click()
    page.get_by_text("Ordlyden er bekreftet og låst.").first.wait_for()


def status_round(journey: Journey, cast: Cast) -> None:
    """The secretariat asks, SSU's leader answers from «Mitt arbeid», the page says what is left."""
    page = journey.of(cast.kari)
    page.goto(journey.plan.get_work_url())
    page.get_by_role("link", name="Status", exact=True).click()
    page.get_by_role("link", name="Spør om status").click()
    page.get_by_label("Svarfrist").fill(TODAY.isoformat())
    page.get_by_role("button", name="Send").click()
    page.get_by_text("3 linjer venter på svar.").wait_for()
    own = journey.of(cast.ingrid)
    own.goto("/arbeid/")
    own.get_by_role("link", name=re.compile("Sekretariatet spør hvordan det går")).click()
    line = own.locator(".status-lines > li").first
    line.locator("summary").click()
    line.get_by_label("Status").select_option("Gjennomført")
    line.get_by_role("button", name="Lagre").click()
    own.get_by_text("Lagret: SSU.").wait_for()
    page.reload()
    page.get_by_text("2 linjer venter på svar.").wait_for()
    page.get_by_role("button", name="Avslutt runden").click()
    page.get_by_text("Statusrunden er avsluttet.").wait_for()


def corrected(journey: Journey, cast: Cast, reader: Any) -> None:
    page = journey.of(cast.kari)
    page.goto(journey.plan.get_work_url())
    page.get_by_role("link", name="Rett", exact=True).click()
    page.get_by_role("link", name=re.compile(r"Rett\s*: Møtes der det er leger")).click()
    editor(page, "Tiltak (valgfritt)").press("Control+End")
    page.keyboard.type(" på vakt")
    page.get_by_label("Hvorfor planen rettes").fill("Ordet falt ut.")
    page.get_by_label("Hvem bestemte det").fill("lederen av SSU")
    page.get_by_role("button", name="Se hva som endres").click()
    page.get_by_role("button", name="Publiser rettelsen").click()
    page.get_by_text("Rettelsen er publisert.").wait_for()
    reader.reload()  # a browser may keep a public page for a minute
    assert reader.get_by_text("Møtes der det er leger på vakt").first.is_visible()
    assert reader.get_by_text("Ordet falt ut. (bestemt av lederen av SSU)").is_visible()


def withdrawn(journey: Journey, cast: Cast, reader: Any, axe: Any) -> None:
    page = journey.of(cast.kari)
    page.goto(journey.plan.get_work_url())
    page.get_by_role("link", name="Ta ned", exact=True).click()
    page.get_by_label("Hvorfor planen trekkes tilbake").fill("Den fortalte om en person.")
    page.get_by_label(re.compile("^Jeg forstår")).check()
    page.get_by_role("button", name="Ta planen ned nå").click()
    page.get_by_text("Planen er tatt ned.").wait_for()
    answer = reader.reload()
    assert answer is not None
    assert answer.status == 410
    axe(reader)
    assert reader.get_by_text("Den fortalte om en person.").is_visible()
    assert reader.get_by_text("leger på vakt").count() == 0
