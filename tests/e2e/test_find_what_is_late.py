"""From the front page to what one's kommune is late with: on a phone, without JavaScript, clicks counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from plans import document as doc
from tests import make
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_at_most_four_clicks(new_page: Any, cast: Cast) -> None:
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

    page = new_page(width=390, java_script_enabled=False)
    clicks = 0

    def click(role: str, name: str) -> None:
        nonlocal clicks
        page.get_by_role(role, name=name).click()
        clicks += 1

    page.goto("/")
    page.get_by_label("Min kommune").fill("tromsø")
    click("button", "Finn helsefellesskapet")
    assert page.get_by_role("heading", level=1).inner_text() == "Tromsø kommune"
    click("link", "Se hva kommunen har ansvar for")
    row = page.locator("#named ~ .as-cards tbody tr")
    assert "Ring pasienten dagen etter" in row.inner_text()
    assert row.locator(".late").inner_text() == "Forsinket"
    assert clicks <= 4
