"""PDFs that the portal made itself come back with the same goals, measures and responsible words."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partners.models import User
from plans.document import PlanDocument
from plans.exporters import pdf
from plans.importers import read_pdf
from plans.importers.interpret import interpret
from plans.importers.sandbox import import_file
from plans.models import Import
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


@pytest.mark.django_db
def test_a_pdf_is_uploaded_and_shown_in_the_preview(client: Client, kari: User) -> None:
    client.force_login(kari)
    file = SimpleUploadedFile("plan.pdf", pdf.render(small_plan(), DRAFT))
    answer = client.post("/arbeid/troms-og-ofoten/import/", {"file": file}, follow=True)
    assert answer.status_code == 200
    assert "Føyd til av portalen i PDF-en, side 1" in answer.content.decode()
    assert Import.objects.get().file.media_type == "application/pdf"
