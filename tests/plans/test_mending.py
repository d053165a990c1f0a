"""A reading mended piece by piece: what each mend makes of a plan (of any plan: test_mending_any.py)."""

from dataclasses import replace

import pytest

from helsefellesskap.richtext import plain
from plans.document import (
    Deadline,
    Figure,
    Goal,
    Measure,
    PlanDocument,
    Responsible,
    Section,
    Status,
)
from plans.lines_html import lines_of
from plans.mending import CannotMend, Mend, Mended, mended


def measure(key: str, text: str, **facts: object) -> Measure:
    return Measure(key=key, text=plain(text), html=text, **facts)


def goal(key: str, text: str, *measures: Measure, **facts: object) -> Goal:
    return Goal(key=key, text=text, html=text, measures=measures, **facts)


RINGE = measure("m1", "Ringe hverandre", label="a", responsible=Responsible(text="UNN", parties=("UNN",)))
MOTES = measure("m2", "Møtes<br>hver måned", label="b")
PLAN = PlanDocument(
    title="Plan",
    sections=(
        Section(
            key="s1", number="1", heading="Innledning", body="<p>Vi vil.</p><ul><li>Ett</li><li>To</li></ul>"
        ),
        Section(
            key="s2",
            number="2",
            heading="Samhandling",
            columns=("Hva vil vi?", "Hvordan?", "Hvem gjør det?"),
            goals=(goal("g1", "Overganger", RINGE, MOTES), goal("g2", "Læring", measure("m3", "Dele"))),
            after="<p>Følges opp.</p>",
            sections=(Section(key="s2.1", number="2.1", heading="Barn", body="<p>Små barn.</p>"),),
        ),
    ),
)


def shown(document: PlanDocument) -> list[str]:
    """The document line by line: headings with #, goals with «mål», measures with their labels, texts."""
    lines: list[str] = []
    for depth, s in document.walk_sections():
        lines.append(f"{'#' * depth} {s.number} {s.heading}".replace("  ", " "))
        lines += [line.text for line in lines_of(s.body)]
        for g in s.goals:
            lines.append(f"mål: {g.text}")
            lines += [f"  {line.text}" for line in lines_of(g.body)]
            lines += [f"  {m.label or '-'}) {m.text}" for m in g.measures]
        lines += [line.text for line in lines_of(s.after)]
    return lines


WHOLE = [
    "# 1 Innledning",  # 0
    "Vi vil.",
    "Ett",
    "To",
    "# 2 Samhandling",  # 4
    "mål: Overganger",
    "  a) Ringe hverandre",
    "  b) Møtes\nhver måned",
    "mål: Læring",  # 8
    "  -) Dele",
    "Følges opp.",
    "## 2.1 Barn",
    "Små barn.",  # 12
]

# sentence → (mends, which lines of WHOLE become others, and which)
type Made = list[tuple[str, str] | tuple[str, str, bool]]
CASES: dict[str, tuple[Made, tuple[int, int], list[str]]] = {
    "a measure becomes a goal; the measures after it are its own, its responsible a line under it": (
        [("goal", "m1")],
        (6, 7),
        ["mål: Ringe hverandre", "  Hvem gjør det? UNN"],
    ),
    "a goal becomes the last measure of the goal above, and its measures follow": (
        [("measure", "g2")],
        (8, 9),
        ["  -) Læring"],
    ),
    "the first goal becomes a measure; measures without a goal stand under one without words": (
        [("measure", "g1")],
        (5, 6),
        ["mål: ", "  -) Overganger"],
    ),
    "a goal becomes a heading over what stood under it, beside the subheading that follows": (
        [("heading", "g2")],
        (8, 11),
        ["## Læring", "mål: ", "  -) Dele", "Følges opp."],
    ),
    "a heading goes down a level with what stands under it": (
        [("heading", "s1-t2"), ("deeper", "s1-t2")],
        (2, 3),
        ["## Ett"],
    ),
    "a heading becomes text of the chapter above, and what stood under it goes there": (
        [("text", "s2.1")],
        (11, 12),
        ["2.1 Barn"],
    ),
    "a heading becomes a goal of the chapter above, with its text": (
        [("goal", "s2.1")],
        (9, 13),  # the text between the two goals belongs to the first
        ["  Følges opp.", "  -) Dele", "mål: Barn", "  Små barn."],
    ),
    "a line of text becomes a heading, its number told apart": (
        [("heading", "s1-t1")],
        (1, 2),
        ["# Vi vil."],
    ),
    "list items become measures of a goal made of the line above them": (
        [("goal", "s1-t1"), ("measure", "s1-t2"), ("measure", "s1-t3")],
        (1, 4),
        ["mål: Vi vil.", "  -) Ett", "  -) To"],
    ),
    "the rest of a list becomes measures with its first item": (
        [("goal", "s1-t1"), ("measure", "s1-t2", True)],
        (1, 4),
        ["mål: Vi vil.", "  -) Ett", "  -) To"],
    ),
    "a goal and the other goals of its chapter become headings": (
        [("heading", "g1", True)],
        (5, 11),
        [
            "## Overganger",
            "mål: ",
            "  a) Ringe hverandre",
            "  b) Møtes\nhver måned",
            "## Læring",
            "mål: ",
            "  -) Dele",
            "Følges opp.",
        ],
    ),
    "the measures of a goal are not part of the plan": ([("out", "m1", True)], (6, 8), []),
    "a measure becomes text under its goal, its label and responsible with it": (
        [("text", "m1")],
        (6, 7),
        ["  a) Ringe hverandre", "  Hvem gjør det? UNN"],
    ),
    "the last measure becomes text after the goals": (
        [("text", "m3")],
        (9, 10),
        ["  Dele"],
    ),
    "a measure is joined with the next, whose label stays in the words": (
        [("join", "m1")],
        (6, 8),
        ["  a) Ringe hverandre b) Møtes\nhver måned"],
    ),
    "a measure is joined with a goal, and takes over its measures": (
        [("join", "m2")],
        (7, 9),
        ["  b) Møtes\nhver måned Læring"],
    ),
    "a full stop keeps two joined texts on lines of their own": (
        [("join", "s1-t1")],
        (1, 3),
        ["Vi vil.\nEtt"],
    ),
    "a heading is joined with the line under it": (
        [("join", "s2.1")],
        (11, 13),
        ["## 2.1 Barn Små barn."],
    ),
    "a measure is split at its line breaks": (
        [("split", "m2")],
        (7, 8),
        ["  b) Møtes", "  -) hver måned"],
    ),
    "what was joined can be split": (
        [("join", "s1-t1"), ("split", "s1-t1")],
        (0, 0),
        [],
    ),
    "a measure is not part of the plan": ([("out", "m1")], (6, 7), []),
    "a goal is not part of the plan; its measures are, under the goal above": ([("out", "g2")], (8, 9), []),
    "a goal with its measures is not part of the plan": ([("out_below", "g2")], (8, 10), []),
    "a chapter with all that stands in it is not part of the plan": ([("out_below", "s2")], (4, 13), []),
    "what was left out comes back where it stood": (
        [("out_below", "g1"), ("out", "m3"), ("back", "m3"), ("back", "g1")],
        (0, 0),
        [],
    ),
    "a heading goes up a level with what stands under it": ([("higher", "s2.1")], (11, 12), ["# 2.1 Barn"]),
}


def made(document: PlanDocument, mends: Made) -> Mended:
    return mended(document, [Mend(*c) for c in mends])


def test_the_plan_of_these_tests():
    assert shown(PLAN) == WHOLE


@pytest.mark.parametrize("sentence", CASES)
def test_mends_by_sentence(sentence: str):
    mends, (start, end), instead = CASES[sentence]
    assert shown(made(PLAN, mends).document) == WHOLE[:start] + instead + WHOLE[end:]


def test_a_subheading_by_its_number_and_a_label_by_its_bracket():
    plan = PlanDocument(
        sections=(
            Section(key="s1", heading="Mål", body="<p>1.2 Barn</p><p>a) <strong>Ringe</strong> alle</p>"),
        )
    )
    document = made(plan, [("heading", "s1-t1"), ("measure", "s1-t2")]).document
    assert shown(document) == ["# Mål", "## 1.2 Barn", "mål: ", "  a) Ringe alle"]
    assert [m.html for _s, _g, m in document.walk_measures()] == ["<strong>Ringe </strong>alle"]


def test_facts_of_two_measures_that_are_one():
    first = measure("m1", "Ringe", deadline=Deadline(text="mai", date="2026-05-31"), extra={"Merk": "x"})
    second = measure(
        "m2",
        "alle",
        deadline=Deadline(text="mai", date="2026-05-31"),
        responsible=Responsible(text="UNN", parties=("UNN",)),
        status=Status(text="i gang", value="ongoing"),
        extra={"Merk": "y"},
    )
    plan = PlanDocument(sections=(Section(key="s1", goals=(goal("g1", "Mål", first, second),)),))
    assert [m for _s, _g, m in made(plan, [("join", "m1")]).document.walk_measures()] == [
        replace(second, key="m1", html="Ringe alle", text="Ringe alle", extra={"Merk": "x\ny"})
    ]


def test_a_table_of_text_is_split_into_its_rows():
    table = (
        "<table><tbody><tr><td>Ringe</td><td>UNN</td></tr><tr><td>Møtes</td><td>SSU</td></tr></tbody></table>"
    )
    plan = PlanDocument(sections=(Section(key="s1", heading="A", body=table),))
    rows = made(plan, [("split", "s1-t1"), ("measure", "s1-t1"), ("measure", "s1-t1-2")])
    assert shown(rows.document) == ["# A", "mål: ", "  -) Ringe – UNN", "  -) Møtes – SSU"]


def test_a_figure_is_taken_out_and_column_headings_follow_their_table():
    figure = Figure(sha256="0" * 64, media_type="image/png", alt="Logo")
    plan = PlanDocument(
        sections=(
            Section(key="s1", heading="A", columns=("Mål", "Tiltak"), goals=(goal("g1", "X"),)),
            Section(
                key="s2", heading="B", columns=("Tiltak", "Merk"), goals=(goal("g2", "Y"),), figures=(figure,)
            ),
        )
    )
    result = made(plan, [("text", "s2"), ("out", "s2-f1")])
    (section,) = result.document.sections
    assert (section.columns, section.figures) == (("Mål", "Tiltak", "Merk"), ())
    assert result.left_out == {"s2-f1": ["Logo"]}


@pytest.mark.parametrize(
    ("mend", "why"),
    [
        (("goal", "g1"), "same"),
        (("goal", "finnes-ikke"), "gone"),
        (("join", "s2.1-t1"), "last"),
        (("split", "m1"), "whole"),
        (("higher", "s1"), "level"),
        (("deeper", "s1"), "level"),
        (("deeper", "m1"), "level"),
        (("back", "m1"), "gone"),
        (("goal", "s2-k"), "fixed"),
    ],
)
def test_what_cannot_be_done_is_said(mend: tuple[str, str], why: str):
    with pytest.raises(CannotMend) as refused:
        made(PLAN, [mend])
    assert refused.value.why == why


def test_what_was_taken_out_is_not_mended():
    with pytest.raises(CannotMend):
        made(PLAN, [("out", "m1"), ("goal", "m1")])
