"""A member's review on a phone: counted taps, the changes first, without script, by keyboard, by a link."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from plans import actions
from plans.models import Measure, Review, Stance
from tests import make
from tests.e2e.test_import_and_correct import sign_in
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review(cast: Cast) -> Review:
    """25 measures before SSU for the second time; two of them changed since the leader saw the first."""
    plan = make.draft(cast.troms, by=cast.kari, slug="plan-2028", title="Handlingsplan 2028", measures=25)
    cast.ssu.seats.get(user=cast.ingrid).represents.add(cast.unn)
    first = make.laid(plan, cast.ssu, by=cast.kari)
    first.seen.create(seat=cast.ssu.seats.get(user=cast.ingrid))
    for measure in Measure.objects.filter(goal__section__plan=plan)[3:5]:
        actions.edit_row(measure, by=cast.kari, version=1, values={"html": f"{measure.html} i hele regionen"})
    return make.laid(plan, cast.ssu, by=cast.kari, message="Se på tiltak 4 og 5.")


def taps(page: Any) -> int:
    return int(page.evaluate("+(sessionStorage.getItem('taps') || 0)"))


def count_taps(page: Any) -> None:
    page.add_init_script(
        "addEventListener('pointerdown', () => sessionStorage.setItem('taps',"
        " +(sessionStorage.getItem('taps') || 0) + 1), true)"
    )


def test_25_measures_with_two_exceptions_on_a_phone(
    new_page: Any, live_server: Any, cast: Cast, review: Review, axe: Any
) -> None:
    page = new_page(width=390, has_touch=True)
    count_taps(page)
    sign_in(page, live_server, cast.ingrid)
    page.goto("/arbeid/")
    page.get_by_role("link", name=re.compile("Handlingsplan 2028, versjon 2")).tap()
    page.wait_for_url("**/behandling/*/")
    axe(page)
    changed = page.locator(".changes ins").all_text_contents()
    assert [" ".join(words.split()) for words in changed] == ["lagt til: i hele regionen slutt"] * 2
    assert page.get_by_role("button", name="Send svaret").count() == 0  # not before that was on the screen
    page.get_by_role("button", name="Vi har sett hva som er endret").tap()
    page.get_by_label("Slutter oss til hele planen").tap()
    for n, kind, remark in (
        (4, "Tar forbehold", "Bare der det er leger."),
        (9, "Er uenige", "Ikke vårt."),
    ):
        row = page.locator(f"#tiltak-{n}")
        row.locator("summary").tap()
        row.get_by_label(kind, exact=True).tap()
        row.get_by_label("Merknad").tap()
        expect(row.get_by_label("Merknad")).to_be_focused()  # a tap is over before it has done its work
        page.keyboard.type(remark)
    axe(page)
    page.get_by_role("button", name="Send svaret").tap()
    page.get_by_text("Svaret for UNN er registrert").wait_for()
    axe(page)
    said = [(s.kind, s.remark) for s in Stance.objects.order_by("pk")]
    assert said == [
        ("joins", ""),
        ("reserves", "Bare der det er leger."),
        ("disagrees", "Ikke vårt."),
    ]
    assert taps(page) == 10  # of at most 14

    with page.expect_navigation():
        page.get_by_role("button", name="Løft forbeholdet").first.tap()
    page.get_by_text("Svaret for UNN er registrert").wait_for()
    assert Stance.objects.latest("pk").kind == "joins"
    page.goto(f"/arbeid/{cast.troms.slug}/behandling/{review.pk}/bildet/")
    assert page.locator(".talk > li").count() == 1
    axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_by_keyboard_without_script(
    new_page: Any, live_server: Any, cast: Cast, review: Review, scheme: str
) -> None:
    page = new_page(java_script_enabled=False, color_scheme=scheme)
    sign_in(page, live_server, cast.ingrid)
    page.goto(f"{live_server.url}/arbeid/{cast.troms.slug}/behandling/{review.pk}/")
    page.get_by_role("button", name="Vi har sett").press("Enter")
    page.get_by_label("Slutter oss til hele planen").press("Space")
    row = page.locator("#tiltak-2")
    row.locator("summary").press("Enter")
    row.get_by_label("Tar forbehold om behandling i eget organ").press("Space")
    row.get_by_label("Ventes behandlet").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Send svaret").press("Enter")
    page.get_by_text("Svaret for UNN er registrert").wait_for()
    assert [s.kind for s in Stance.objects.order_by("pk")] == ["joins", "own_body"]


def test_a_guest_by_a_personal_link(
    new_page: Any, live_server: Any, cast: Cast, review: Review, axe: Any, settings: Any
) -> None:
    settings.SITE_URL = live_server.url
    seat = make.seat(cast.ssu, printed_name="Anna Gjest", area="kommunene i Ofoten")
    mail.outbox.clear()
    address = actions.send_review_link(review, seat, by=cast.kari, name="Anna", email="anna@alta.no")
    page = new_page(width=390)
    page.goto(address)
    page.get_by_role("button", name=re.compile("kode", re.IGNORECASE)).first.click()
    field = page.get_by_label(re.compile("kode", re.IGNORECASE))
    field.wait_for()
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    assert code
    field.fill(code[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/behandling/*/")
    axe(page)
    page.get_by_role("button", name="Vi har sett tiltakene").click()
    page.get_by_label("Slutter oss til hele planen").check()
    page.get_by_role("button", name="Send svaret").click()
    page.get_by_text("Svaret for kommunene i Ofoten er registrert").wait_for()
    assert Stance.objects.get().link is not None


def test_the_secretariat_types_in_what_stands_on_the_paper_sheet(
    new_page: Any, live_server: Any, cast: Cast, review: Review, axe: Any
) -> None:
    page = new_page()
    sign_in(page, live_server, cast.sigrid)
    page.goto(f"/arbeid/{cast.troms.slug}/behandling/{review.pk}/bildet/")
    axe(page)
    sheet = page.request.get(page.get_by_role("link", name="Ark for Ingrid Leder").get_attribute("href"))
    assert (sheet.status, sheet.headers["content-type"]) == (200, "application/pdf")
    page.get_by_role("link", name="Skriv inn svar for Ingrid Leder").click()
    axe(page)
    page.get_by_label("Slutter oss til hele planen").check()
    page.get_by_role("button", name="Skriv inn svaret").click()
    page.wait_for_url("**/bildet/")
    assert Stance.objects.get().from_paper


def test_the_secretariat_lays_a_version_before_two_committees_and_marks_a_correction(
    new_page: Any, live_server: Any, cast: Cast, axe: Any
) -> None:
    page = new_page(width=390, color_scheme="dark")
    sign_in(page, live_server, cast.kari)
    page.goto(cast.draft.get_work_url())
    page.get_by_role("link", name="Legg fram for utvalg").click()
    axe(page)
    page.get_by_label("Navn på versjonen").fill("til SSU")
    page.get_by_label("Strategisk samarbeidsutvalg").check()
    page.get_by_label("Faglig samarbeidsutvalg barn og unge").check()
    page.get_by_label("Svarfrist").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Legg fram").click()
    page.wait_for_url("**#behandling")
    axe(page)
    assert page.get_by_text("Vedtak mangler: SSU, FSU BU").is_visible()
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    assert measure
    actions.edit_row(measure, by=cast.kari, version=measure.version, values={"html": "Tiltak nummer éin"})
    page.get_by_role("link", name="Språklige rettelser").click()
    axe(page)
    page.get_by_label("Tiltak nummer éin").check()
    page.get_by_role("button", name="Merk som språklig rettelse").click()
    page.get_by_text("Merket som språklig rettelse", exact=True).wait_for()
    axe(page)
    page.goto(f"/arbeid/{cast.troms.slug}/utvalg/{cast.ssu.slug}/planer/")
    axe(page)


def test_a_copy_is_shared_and_read(
    new_page: Any, live_server: Any, cast: Cast, review: Review, axe: Any, settings: Any
) -> None:
    settings.SITE_URL = live_server.url
    page = new_page(width=390, color_scheme="dark")
    sign_in(page, live_server, cast.ingrid)
    page.goto(f"/arbeid/{cast.troms.slug}/behandling/{review.pk}/")
    page.get_by_role("button", name="Lag lesekopi").click()
    address = page.locator(".copy-address a").get_attribute("href")
    axe(page)
    reader = new_page(width=390)
    reader.goto(address)
    assert reader.get_by_text("Delt av Ingrid Leder").is_visible()
    axe(reader)
