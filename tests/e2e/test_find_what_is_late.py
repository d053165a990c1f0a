"""From the front page to what one's kommune is late with, clicks counted: without JavaScript, in nynorsk."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans import document as doc
from tests import make
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width", "script"), [("", 390, False), ("nn/", 1280, True)])
def test_at_most_four_clicks(new_page: Any, cast: Cast, language: str, width: int, script: bool) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    measure = doc.Measure(
        key="m1",
        text="Ring pasienten dagen etter",
        html="Ring pasienten dagen etter",
        responsible=doc.Responsible(text="Tromsø kommune", parties=("Tromsø kommune",)),
        deadline=doc.Deadline(text="i går", date=yesterday.isoformat()),
    )
    goal = doc.Goal(key="g1", text="Trygt hjem", html="Trygt hjem", measures=(measure,))
    make.adopted(cast.ssu, by=cast.kari, slug="plan", sections=(doc.Section(key="s1", goals=(goal,)),))

    page = new_page(width=width, java_script_enabled=script)
    clicks = 0

    def click(where: str) -> None:
        nonlocal clicks
        page.locator(where).click()
        clicks += 1

    page.goto(f"/{language}")
    page.locator("form.find input").fill("tromsø")
    click("form.find button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tromsø kommune")
    click("main .actions .ds-button")
    row = page.locator("#named ~ .as-cards tbody tr")
    expect(row).to_contain_text("Ring pasienten dagen etter")
    expect(row.locator(".late")).to_be_visible()
    assert page.url.endswith(f"/{language}troms-og-ofoten/ansvarlig/tromso/")
    assert clicks <= 4
