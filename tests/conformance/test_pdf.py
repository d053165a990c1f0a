"""veraPDF's engine finds our files to be PDF/A-2a and PDF/UA-1. One run of Java for all of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plans.document import PlanDocument, Section
from plans.exporters import comparison
from plans.exporters.facts import AdoptionFacts, TranslationFacts
from plans.exporters.pdf import render
from plans.translated import marked, translated
from plans.translating import pieces_of
from tests.plans.exporters import samples

pytestmark = pytest.mark.conformance

# What people paste: links with bold in them, ragged tables, headings that begin too low, odd signs.
PASTED = (
    '<p>Se <a href="https://helsefellesskap.example/ø">en <strong>ny</strong> avtale</a> 😀</p><h5>Lavt</h5>'
    '<table><caption>Tall</caption><tr><th rowspan="2">År</th><th colspan="2">Antall</th></tr>'
    "<tr><td>1</td></tr><tr><td>2</td></tr></table><h4>Høyt</h4>"
    '<ol type="a"><li>ett<ul><li>to <s>tre</s></li></ul></li></ol>'
    "<blockquote><p>sagt</p></blockquote>"
)


def everything() -> dict[str, tuple[PlanDocument, AdoptionFacts, dict[str, bytes]]]:
    figure_plan, files = samples.figure_plan()
    pasted = Section(key="p", heading="Limt inn", body=PASTED, after=PASTED, sections=figure_plan.sections)
    long_table = Section(
        key="t", heading="L", body="<table>" + "<tr><td rowspan='3'>a</td><td>b</td></tr>" * 90 + "</table>"
    )
    provisional = replace(samples.ADOPTED, state="provisional", version=None, sha256="", contact="")
    return {
        "table": (samples.table_plan(), samples.ADOPTED, {}),
        "strategy": (samples.strategy(), samples.RECEIVED, {}),
        "bullets": (samples.bullets_plan(), samples.DRAFT, {}),
        "status": (samples.status_plan(), provisional, {}),
        "many": (samples.many_measures(300), samples.ADOPTED, {}),
        "figure": (figure_plan, samples.DRAFT, files),
        "pasted": (
            PlanDocument(title="Ø", language="nn", sections=(pasted, long_table)),
            samples.DRAFT,
            files,
        ),
        "translated": untranslated(figure_plan, files),
        "empty": (
            PlanDocument(language="se"),
            AdoptionFacts(community="H", state="received", created=date(2024, 1, 1)),
            {},
        ),
    }


def untranslated(
    plan: PlanDocument, files: dict[str, bytes]
) -> tuple[PlanDocument, AdoptionFacts, dict[str, bytes]]:
    """A translation to English of which nothing is translated yet: every mark there is."""
    say = marked({"missing": "Not translated", "stale": "Changed"}, language="nb")
    told = TranslationFacts(source_language="nb", source_address="https://x.example/v1/", missing=9, stale=0)
    english = translated(plan, pieces_of(plan, {}), "en", say=say)
    return english, replace(samples.ADOPTED, translation=told), files


def comparisons() -> dict[str, bytes]:
    """Everything that can differ, nothing that does, and plans that have nothing in common."""
    table = samples.table_plan()
    (first, second, *rest) = table.sections
    changed = replace(
        table,
        title="Handlingsplan 2025",
        sections=(second, replace(first, heading="Innleiing", body=PASTED), *rest[1:]),
    )
    pairs = {"changed": (table, changed), "same": (table, table), "other": (table, samples.status_plan())}
    about = {"community": "Helsefellesskapet Fjord og vidde", "day": date(2025, 1, 7)}
    return {
        f"comparison-{name}": comparison.render(old, new, titles=("Før", "Nå"), **about)
        for name, (old, new) in pairs.items()
    }


def test_every_kind_of_plan_and_comparison_conforms(verapdf: Callable[..., None], tmp_path: Path) -> None:
    files = []
    for name, data in comparisons().items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(data)
    for name, (document, facts, figures) in everything().items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(render(document, facts, figures=figures))
    verapdf(*files, flavours="2a,ua1")
