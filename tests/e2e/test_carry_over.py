"""Next year's plan from a plan of 25 measures, in a real browser, without the mouse and without script."""

from typing import Any

import pytest

from plans import queries
from plans.models import Plan
from tests import make
from tests.e2e.test_import_and_correct import sign_in
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def old(cast: Cast) -> Plan:
    return make.adopted(cast.ssu, by=cast.kari, slug="plan-2026", measures=25)


@pytest.mark.parametrize(("width", "script"), [(1280, True), (390, False)])
def test_every_measure_is_decided_on(
    new_page: Any, live_server: Any, cast: Cast, old: Plan, axe: Any, width: int, script: bool
) -> None:
    page = new_page(width=width, java_script_enabled=script)
    sign_in(page, live_server, cast.kari)
    page.goto(f"{live_server.url}/arbeid/{cast.troms.slug}/")
    page.get_by_role("link", name="Lag neste plan fra denne").press("Enter")
    page.get_by_label("Tittel").fill("Handlingsplan 2028")
    page.get_by_role("button", name="Lag utkastet").press("Enter")
    page.wait_for_url("**/videreforing/")
    assert page.get_by_text("25 av 25 tiltak er ikke avgjort").is_visible()

    row = page.get_by_role("group", name="1 Tiltak nummer 1", exact=True)
    kind, into = row.get_by_label("Hva skjer?"), row.get_by_label("Med nr.")
    kind.select_option("slås sammen med nr.")
    assert into.is_visible()
    kind.select_option("utgår")
    assert not into.is_visible()
    page.get_by_role("button", name="Lagre", exact=True).press("Enter")
    page.get_by_text("Skriv kort hvorfor.").first.wait_for()
    if script:
        axe(page)
    row.get_by_label("Begrunnelse").fill("Målet er nådd.")
    many = page.get_by_role("group", name="Avgjør mange på en gang")
    many.get_by_label("Alle med status").select_option("*")
    many.get_by_label("blir").select_option("videreføres")
    many.get_by_role("button").press("Enter")
    page.get_by_text("Alle 25 tiltak er avgjort").wait_for()
    if script:
        axe(page)
    new = Plan.objects.get(title="Handlingsplan 2028")
    assert queries.undecided(new) == 0
    page.goto(f"{live_server.url}{new.get_work_url()}")
    assert page.get_by_text("alle tiltak i den forrige planen er avgjort.").is_visible()
    assert page.locator("tbody tr").count() == 24
