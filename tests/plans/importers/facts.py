"""What the golden tests compare: the facts of a document, small enough to write down."""

from pathlib import Path
from typing import Any

import pytest

from plans.document import Goal, PlanDocument, Section
from plans.importers import read_docx, read_pptx, read_text
from plans.importers.blocks import Source
from plans.importers.interpret import interpret

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
SAMPLES = Path(__file__).parent / "samples"
READERS = {".docx": read_docx.read, ".pptx": read_pptx.read, ".txt": read_text.read, ".md": read_text.read}

CORPUS_FILES = [
    "finnmark-2022-2023.docx",
    "finnmark-2022-2023.txt",
    "lofoten-vesteralen-salten-sak-07-2021.docx",
    "lofoten-vesteralen-salten-sak-07-2021.txt",
    "st-olavs-strategi-2022-2024.docx",
    "st-olavs-strategi-2022-2024.txt",
    "troms-og-ofoten-2023.docx",
    "troms-og-ofoten-2023.txt",
    "vestfold-2024-2025.pptx",
    "vestfold-2024-2025.txt",
]
SAMPLE_FILES = ["omraader.txt", "punkter.txt", "sak.txt", "strategi.txt", "tabell.txt"]


def source_of(path: Path) -> Source:
    if not path.exists():
        pytest.skip(f"{path.name} is not on this machine")
    return READERS[path.suffix](path.read_bytes())


def corpus(name: str) -> PlanDocument:
    return interpret(source_of(CORPUS / name))


def sample(name: str) -> PlanDocument:
    return interpret(source_of(SAMPLES / name))


def text(*lines: str) -> PlanDocument:
    """The document of a text file with these lines."""
    return interpret(read_text.read("\n".join(lines).encode()))


def goals_of(document: PlanDocument) -> list[Goal]:
    return [goal for _, goal in document.walk_goals()]


def measures_per_goal(document: PlanDocument) -> list[int]:
    return [len(goal.measures) for goal in goals_of(document)]


def labels(section: Section) -> str:
    return "".join(m.label for goal in section.goals for m in goal.measures)


def parties(document: PlanDocument) -> dict[str, tuple[str, ...]]:
    found = (m.responsible for _, _, m in document.walk_measures())
    return {r.text: r.parties for r in found if r}


def statuses(document: PlanDocument) -> dict[str, tuple[str, str | None]]:
    """The first words of what has a status → its words and value."""
    rows: list[tuple[str, Any]] = []
    for _, goal in document.walk_goals():
        rows.append((goal.text, goal.status))
        rows += [(measure.text, measure.status) for measure in goal.measures]
    return {words.split(" ")[0]: (s.text, s.value) for words, s in rows if s}


def headings(document: PlanDocument) -> list[str]:
    """Every heading with its number, indented by depth."""
    return [
        f"{'  ' * (depth - 1)}{f'{s.number} {s.heading}'.strip()}" for depth, s in document.walk_sections()
    ]


def section(document: PlanDocument, heading: str) -> Section:
    return next(s for _, s in document.walk_sections() if s.heading == heading)


def quotes(document: PlanDocument) -> str:
    return "\n".join(warning.said for warning in document.warnings)
