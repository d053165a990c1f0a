"""Files that the portal made itself, PDF and Word, come back with the same chapters, goals and measures."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext, override

from partners.models import User
from plans.document import Body, Goal, Measure, PlanDocument, Responsible, Section, Status
from plans.exporters import pdf, word
from plans.importers import pdf_own, read_docx, read_pdf
from plans.importers.interpret import interpret
from plans.importers.sandbox import import_file
from plans.lines import look_of
from plans.lines_html import lines_of
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


def parts(plan: PlanDocument) -> list[Any]:
    """Every part of the plan with all of its words, in order."""
    found: list[Any] = [
        (plan.title, plan.subtitle, plan.vision, plan.period, plan.abbreviations, plan.language)
    ]
    for depth, section in plan.walk_sections():
        about = (section.number, section.heading, section.adoption_note, section.struck)
        found.append((depth, *about, looks(section.body), looks(section.after)))
        for goal in section.goals:
            found.append((goal.label, goal.html, looks(goal.body), goal.status, goal.struck))
            for m in goal.measures:
                beside = (m.deadline, m.status, m.indicator, dict(m.extra), m.struck)
                found.append((m.label, m.html, m.responsible and m.responsible.text, *beside))
    return found


def looks(html: str) -> list[Any]:
    return [look_of(line) for line in lines_of(html)]


def with_names(plan: PlanDocument) -> PlanDocument:
    """Responsible committees have full names, which the PDF prints beside the words."""
    body = Body(kind="committee", key="ssu", name="Strategisk samarbeidsutvalg", short="SSU")

    def measure(m: Measure) -> Measure:
        return replace(m, responsible=replace(m.responsible, bodies=(body,)) if m.responsible else None)

    def section(s: Section) -> Section:
        goals = tuple(replace(g, measures=tuple(map(measure, g.measures))) for g in s.goals)
        return replace(s, goals=goals, sections=tuple(map(section, s.sections)))

    return replace(plan, sections=tuple(map(section, plan.sections)))


READERS = {
    "pdf": lambda plan: interpret(read_pdf.read(pdf.render(plan, ADOPTED))),
    "word": lambda plan: import_file(word.render(plan, ADOPTED), "plan.docx").document,
}


@pytest.mark.parametrize("way", READERS)
@pytest.mark.parametrize("source", sorted(SOURCES.iterdir()), ids=lambda path: path.name)
def test_every_demo_plan_comes_back(source: Path, way: str) -> None:
    """A table, bullets, numbered areas and a strategy."""
    plan = with_names(import_file(source.read_bytes(), source.name).document)
    found = READERS[way](plan)
    assert parts(found) == parts(plan)
    # In the PDF numbered areas stand as goals over tables, and so are read as tables.
    assert found.read_as == ("table" if (way, plan.read_as) == ("pdf", "numbered_areas") else plan.read_as)
    assert [warning.said for warning in found.warnings if "fant ikke plass" in warning.said] == []


def test_a_goal_keeps_its_own_status_in_both() -> None:
    measures = (Measure(key="m", text="Ringe", html="Ringe", responsible=Responsible(text="SSU")),)
    goals = (
        Goal(
            key="a",
            text="Trygghet",
            html="Trygghet",
            status=Status(text="pågår", value="ongoing"),
            measures=measures,
        ),
        Goal(key="b", text="Læring", html="Læring", status=Status(text="utsatt", value="postponed")),
        Goal(key="c", text="Strøket", html="Strøket", struck=True),
    )
    section = Section(key="s", heading="Overganger", columns=("Mål", "Tiltak", "Ansvarlig"), goals=goals)
    plan = PlanDocument(title="Handlingsplan", sections=(section,))
    for read in READERS.values():
        assert parts(read(plan))[1:] == parts(plan)[1:]


def test_a_word_file_that_is_read_in_another_way_has_nothing_of_the_portals_own() -> None:
    source = read_docx.read(word.render(small_plan(), ADOPTED))
    found = interpret(source, read_as="table")
    assert [goal.text for _section, goal in found.walk_goals()] == ["Trygge overganger", "Læring på tvers"]
    said = " ".join(omitted.text for omitted in source.omitted if omitted.why == "added")
    assert "Om denne versjonen" in said
    assert "Versjon 2" in said
    assert not {"Om denne versjonen", "Vedtak"} & {s.heading for _depth, s in found.walk_sections()}


@pytest.mark.django_db
def test_a_pdf_is_uploaded_and_shown_in_the_preview(client: Client, kari: User) -> None:
    client.force_login(kari)
    file = SimpleUploadedFile("plan.pdf", pdf.render(small_plan(), DRAFT))
    answer = client.post("/arbeid/troms-og-ofoten/import/", {"file": file}, follow=True)
    assert answer.status_code == 200
    assert "Føyd til av portalen, side 1" in answer.content.decode()
    assert Import.objects.get().file.media_type == "application/pdf"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_words_that_are_known_as_our_own_are_those_that_are_printed(language: str) -> None:
    with override(language):
        heads = (gettext("Forkortelse"), gettext("Betyr"))
        closing = {gettext("Vedtak"), gettext("Om dokumentet")}
        struck = f"({gettext('strøket')})"
    assert heads in pdf_own._ABBREVIATION_HEADS
    assert closing <= pdf_own._CLOSING
    assert struck in pdf_own._STRUCK
