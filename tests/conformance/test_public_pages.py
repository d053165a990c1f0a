"""Every kind of public page, with the demo in it: valid HTML, accessible at each width and in the dark."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from plans.models import Item, Plan

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(settings: Any) -> list[str]:
    settings.DEBUG = True  # the demo refuses to fill anything else
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    call_command("demo", verbosity=0)
    settings.DEBUG = False
    plans = Plan.objects.filter(revisions__publication__isnull=False).distinct()
    assert {p.kind for p in plans} == {"action_plan", "strategy"}
    measures = Item.objects.filter(status_reports__isnull=False).distinct().order_by("code")[:2]
    return [
        "/",
        "/?kommune=herøy",
        "/?kommune=finnes+ikke",
        "/kommune/tromso/",
        "/kommune/oslo/",
        "/troms-og-ofoten/ansvarlig/tromso/",
        "/troms-og-ofoten/ansvarlig/ssu/?forsinket=on",
        "/troms-og-ofoten/planer/handlingsplan-2026/?ansvarlig=sekr&frist=forsinket",
        "/troms-og-ofoten/planer/handlingsplan-2026/?ansvarlig=ingen",
        *(measure.get_absolute_url() for measure in measures),
        "/tilgjengelighet/",
        "/personvern/",
        "/kontakt/",
        *sorted({p.community.get_absolute_url() for p in plans}),
        *(p.get_absolute_url() for p in plans),
        plans[0].revisions.get().get_absolute_url(),
        plans[0].revisions.get().get_pdf_url(),
        "/troms-og-ofoten/planer/handlingsplan-2026/sammenlign/",
        "/kontroll/",
        "/kontroll/?sha256=hei",
        f"/kontroll/?sha256={'0' * 64}",
        f"/d/{plans[0].revisions.get().sha256[:12]}",
        f"/kontroll/?sha256={plans[0].revisions.get().sha256}",
        "/finnes-ikke/",
    ]


def test_public_pages(pages: list[str], client: Client, vnu: Any, new_page: Any, axe: Any) -> None:
    for address in pages:
        vnu(client.get(address).content)
    for width, scheme in ((1280, "light"), (390, "dark"), (320, "light")):
        page = new_page(width=width, color_scheme=scheme)
        for address in pages:
            page.goto(address)
            axe(page)
