"""A draft on hearing, in a real browser: two inputs, one wording taken in, both answered, all in public."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from plans.models import Hearing, Measure
from tests.e2e.test_import_and_correct import sign_in
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_hearing_with_two_inputs(
    new_page: Any, live_server: Any, cast: Cast, axe: Any, width: int, scheme: str
) -> None:
    kari = new_page(width=width, color_scheme=scheme)
    sign_in(kari, live_server, cast.kari)
    kari.goto(cast.draft.get_work_url())
    kari.get_by_role("link", name="Send på høring").click()
    axe(kari)
    kari.get_by_label("Høringsfrist").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    kari.get_by_label("Tromsø").check()
    kari.get_by_label("Vis høringen på portalens forside").check()
    kari.locator("main").get_by_role("button", name="Send på høring").click()
    kari.wait_for_url("**/innspill/")
    listed = kari.url

    aslak = new_page(width=width, color_scheme=scheme)
    sign_in(aslak, live_server, cast.aslak)
    aslak.goto(Hearing.objects.get().get_absolute_url())
    axe(aslak)
    aslak.get_by_role("textbox", name="Innspill").fill("Ord er bedre enn tall.")
    aslak.get_by_role("button", name="Tiltak nummer 1").click()
    aslak.get_by_text("Foreslå en annen ordlyd").click()
    aslak.get_by_label("Ordlyden du foreslår").fill("Tiltak nummer én")
    aslak.get_by_role("button", name="Send innspillet").click()
    aslak.get_by_text("Ord er bedre enn tall.").wait_for()
    axe(aslak)

    citizen = new_page(width=width, color_scheme=scheme, java_script_enabled=False)
    citizen.goto("/")
    citizen.get_by_role("link", name="Handlingsplan 2027").click()
    citizen.get_by_role("button", name="Send innspillet").click()
    citizen.get_by_role("textbox", name="Innspill").fill("Mer om pårørende.")
    citizen.get_by_label("Navn", exact=True).fill("Kari Nordmann")
    citizen.get_by_role("button", name="Send innspillet").click()
    citizen.get_by_role("heading", name="Innspillet ditt er mottatt").wait_for()

    kari.goto(listed)
    axe(kari)
    kari.get_by_role("button", name="Ta inn ordlyden").click()
    kari.get_by_text("Ordlyden er tatt inn i utkastet.").wait_for()
    assert Measure.objects.get(html="Tiltak nummer én").goal.section.plan == cast.draft
    row = kari.get_by_role("listitem").filter(has_text="Mer om pårørende.")
    row.locator("summary").click()
    row.get_by_label("delvis tatt inn", exact=True).check()
    row.get_by_label("Begrunnelse").fill("Det står i kapittel 2.")
    row.get_by_role("button", name="Lagre svaret").click()
    kari.get_by_text("Svaret er lagret.").wait_for()
    kari.get_by_role("button", name="Avslutt høringen").click()
    kari.get_by_text("Høringen er avsluttet.").wait_for()

    citizen.reload()
    assert citizen.get_by_text("Det står i kapittel 2.").is_visible()
    kari.goto(f"{Hearing.objects.get().get_open_url()}svar/")
    axe(kari)
    said = [
        kari.get_by_text(name, exact=True).count() for name in ("Tromsø", "Privatperson", "Kari Nordmann")
    ]
    assert said == [1, 1, 0]
