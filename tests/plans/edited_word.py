"""A plan sent out as a Word file, edited as somebody without an account would, and read back as proposals."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from docx import Document

from plans.document import PlanDocument, Section
from plans.exporters.facts import AdoptionFacts
from plans.exporters.word import render
from plans.importers import read_docx
from plans.importers.read_back import read_back
from plans.proposals import Proposal, proposals

from .documents import small_plan

FACTS = AdoptionFacts(community="Helsefellesskapet Troms og Ofoten", state="draft", created=date(2026, 3, 1))


def sent(plan: PlanDocument) -> bytes:
    return render(plan, FACTS)


def back(plan: PlanDocument, data: bytes) -> tuple[Proposal, ...]:
    return proposals(plan, read_back(read_docx.read(data, as_written=True)))


def after(edit: Callable[[Any], None], plan: PlanDocument | None = None) -> list[dict[str, Any]]:
    """What comes back when the file was edited so, as the fields of each proposal that say something."""
    plan = plan or small_plan()
    return [said(p) for p in back(plan, edited(sent(plan), edit))]


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    file = Document(io.BytesIO(data))
    edit(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def said(proposal: Proposal) -> dict[str, Any]:
    names = ("kind", "item_kind", "item", "field", "before", "after", "place", "values")
    return {name: value for name in names if (value := getattr(proposal, name))}


def with_keys(plan: PlanDocument) -> PlanDocument:
    """Generated plans have no keys; identity needs them."""
    numbers = count()

    def section(old: Section) -> Section:
        goals = tuple(
            replace(
                g,
                key=f"g{next(numbers)}",
                measures=tuple(replace(m, key=f"m{next(numbers)}") for m in g.measures),
            )
            for g in old.goals
        )
        return replace(old, key=f"s{next(numbers)}", goals=goals, sections=tuple(map(section, old.sections)))

    return replace(plan, sections=tuple(map(section, plan.sections)))


def measures(file: Any) -> list[Any]:
    """The rows of the table of measures, its heading aside."""
    return list(file.tables[1].rows)[1:]


def write(cell: Any, text: str) -> None:
    """Types over all the runs of the cell's first paragraph that lie after the tab."""
    runs = [run for run in cell.paragraphs[0].runs if run.text.strip()]
    runs[-1].text = text
