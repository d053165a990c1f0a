"""What the conformance tests of public pages share: their addresses in the demo, and the second engine."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from plans.models import Item, Plan
from tests.conftest import ROOT


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
        "/apne-data/",
        "/sok/?q=avvik",
        "/sok/?q=regnbuefarget&helsefellesskap=finnmark",
        "/sok/?q=" + "ord" * 70,
        *sorted({p.community.get_absolute_url() for p in plans}),
        *(p.get_absolute_url() for p in plans),
        plans[0].revisions.get().get_absolute_url(),
        plans[0].revisions.get().get_absolute_url().removesuffix("/") + ".pdf",
        "/troms-og-ofoten/planer/handlingsplan-2026/sammenlign/",
        "/troms-og-ofoten/planer/handlingsplan-2026/oversettelse/en/",
        "/kontroll/",
        "/kontroll/?sha256=hei",
        f"/kontroll/?sha256={'0' * 64}",
        f"/d/{plans[0].revisions.get().sha256[:12]}",
        f"/kontroll/?sha256={plans[0].revisions.get().sha256}",
        "/finnes-ikke/",
    ]


@pytest.fixture(scope="session")
def ace() -> Callable[[Any], list[str]]:
    """`ace(page)`: what IBM's Equal Access engine finds against WCAG 2.2 AA. It shares no code with axe."""
    file = ROOT / "node_modules/accessibility-checker-engine/ace.js"
    if not file.exists():
        pytest.fail("The second engine is not installed; script/test installs it (npm ci --ignore-scripts).")
    script = file.read_text()

    def check(page: Any) -> list[str]:
        page.evaluate(script)
        results = page.evaluate(
            """async () => (await new window.ace.Checker().check(document, ["WCAG_2_2"])).results
                .filter((one) => one.value[0] === "VIOLATION" && one.value[1] === "FAIL")
                .map((one) => [one.ruleId, one.message, one.snippet.slice(0, 120)])"""
        )
        return [": ".join(one) for one in results]

    return check
