"""PDFs that the portal made itself come back with the same goals, measures and responsible words."""

import pytest
from django.conf import settings

from plans.document import PlanDocument
from plans.exporters import pdf
from plans.importers import read_pdf
from plans.importers.interpret import interpret
from plans.importers.sandbox import import_file
from tests.plans.documents import small_plan
from tests.plans.exporters.samples import ADOPTED, DRAFT

SOURCES = settings.BASE_DIR / "plans" / "demo" / "sources"


def facts(plan: PlanDocument) -> list[tuple[str, list[tuple[str, str, str, bool]]]]:
    return [
        (
            goal.text,
            [(m.label, m.text, m.responsible.text if m.responsible else "", m.struck) for m in goal.measures],
        )
        for _, goal in plan.walk_goals()
    ]


def test_the_small_plan_comes_back() -> None:
    plan = small_plan()
    found = import_file(pdf.render(plan, DRAFT), "plan.pdf").document
    assert facts(found) == facts(plan)
    first = next(measure for _, _, measure in found.walk_measures())
    assert (found.title, found.subtitle) == (plan.title, plan.subtitle)
    assert first.deadline
    assert first.deadline.text == "innen 1. juni 2026"
    assert first.status
    assert first.status.text == "har startet"
    assert (first.indicator, first.extra) == (
        "Andel utskrivinger med plan",
        {"Kommentar": "Prøves ut i to kommuner"},
    )


@pytest.mark.parametrize(
    "name",
    ["troms-og-ofoten-2026.md", "finnmark-2026-2027.md", "st-olavs-strategi-2025-2028.md", "forde-2026.md"],
)
def test_demo_plans_come_back(name: str) -> None:
    plan = import_file((SOURCES / name).read_bytes(), name).document
    found = interpret(read_pdf.read(pdf.render(plan, ADOPTED)))
    assert facts(found) == facts(plan)
    assert (found.title, found.read_as) == (plan.title, plan.read_as)
