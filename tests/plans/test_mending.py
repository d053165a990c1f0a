"""A reading mended piece by piece: what each mend makes of a plan, and that no word is lost."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsefellesskap.richtext import clean_block, clean_inline, plain
from plans.document import (
    Deadline,
    Figure,
    Goal,
    Measure,
    PlanDocument,
    Responsible,
    Section,
    Status,
    from_dict,
    to_dict,
)
from plans.importers.interpret.words import tokens
from plans.lines_html import lines_of
from plans.mending import CannotMend, Mend, Mended, choices, mended

from .documents import any_plan, small_plan
from .importers.facts import corpus


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


# --- any plan, any mends ---

_BODIES = [
    "",
    "<p>Først</p><p>så <strong>fet</strong> og <s>borte</s></p>",
    "<p>Innledning:</p><ul><li>ytre<ul><li>indre</li><li>innerst</li></ul></li><li>siste</li></ul>",
    '<ol type="a"><li>ett</li><li>to</li></ol><blockquote><p>sitat</p></blockquote>',
    '<h4>Liten</h4><p>linje<br>under <a href="https://example.org/x">lenke</a></p>',
    "<table><tbody><tr><th>År</th><th>Tall</th></tr><tr><td>2026</td><td>2.1 Ni</td></tr></tbody></table>",
]
_bodies = st.sampled_from(_BODIES)


@st.composite
def _read_plans(draw: st.DrawFn) -> PlanDocument:
    """A plan as a reader makes it: keys that differ, texts in every place that has room for them."""
    numbers = count(1)

    def read_html[T: (Goal, Measure)](part: T) -> T:
        html = clean_inline(part.html)
        return replace(part, html=html, text=plain(html))

    def section(part: Section) -> Section:
        return replace(
            part,
            key=f"s{next(numbers)}",
            body=draw(_bodies),
            after=draw(_bodies),
            figures=draw(
                st.sampled_from([(), (Figure(sha256="0" * 64, media_type="image/png", alt="Bilde"),)])
            ),
            goals=tuple(
                replace(
                    read_html(g),
                    key=f"g{next(numbers)}",
                    body=draw(_bodies),
                    measures=tuple(replace(read_html(m), key=f"m{next(numbers)}") for m in g.measures),
                )
                for g in part.goals
            ),
            sections=tuple(map(section, part.sections)),
        )

    plan = draw(any_plan)
    return replace(plan, sections=tuple(map(section, plan.sections)))


def _words(result: Mended) -> Counter[str]:
    """Every word that stands in the plan or in the list of what was taken out.

    A line that is the same in several facts or column headings counts once: two measures that become one
    say their common deadline once. A status that was read out of a sentence stands in the sentence.
    """
    texts, facts = [t for group in result.left_out.values() for t in group], set()
    for _depth, s in result.document.walk_sections():
        texts += [s.number, s.label, s.heading, plain(s.body), plain(s.after), *(f.alt for f in s.figures)]
        facts |= {*s.columns, s.adoption_note, _status(s, s.heading)}
        for g in s.goals:
            texts += [g.label, g.text, plain(g.body)]
            facts.add(_status(g, g.text))
            for m in g.measures:
                texts += [m.label, m.text]
                facts |= {m.indicator, *m.extra.values(), _status(m, m.text)}
                facts |= {m.responsible.text if m.responsible else "", m.deadline.text if m.deadline else ""}
    lines = {line for fact in facts for line in fact.split("\n")}
    return tokens("\n".join([*texts, *lines]))


def _status(part: Section | Goal | Measure, words: str) -> str:
    said = part.status.text if part.status else ""
    return "" if set(tokens(said)) <= set(tokens(words)) else said


def _possible(result: Mended) -> list[Mend]:
    back = [Mend("back", key) for key in result.left_out]
    every = [(verb, key) for key, verbs in choices(result.shown).items() for verb in verbs]
    return back + [Mend(verb, key, alike) for verb, key in every for alike in (False, True)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_read_plans(), st.data())
def test_no_word_is_lost_whatever_is_mended(read: PlanDocument, data: st.DataObject):
    mends: list[Mend] = []
    result = mended(read, mends)
    before = _words(result)
    for _ in range(data.draw(st.integers(1, 12))):
        if possible := _possible(result):
            mends.append(data.draw(st.sampled_from(possible)))
            result = mended(read, mends)
    document = result.document
    after = _words(result)
    assert before - after == Counter()
    names = {"ansvarlig", "frist", "status", "indikator"} | {
        t for m in _measures(read) for t in tokens(" ".join(m.extra))
    }
    numbers = {"1", "2", "a", "b"}  # that a numbered list shows, and an item takes with it
    assert set(after - before) <= set(before) | names | numbers

    assert from_dict(to_dict(document)) == document
    keys = [s.key for _d, s in document.walk_sections()] + [g.key for _s, g in document.walk_goals()]
    keys += [m.key for m in _measures(document)]
    assert len(set(keys)) == len(keys)
    for _depth, section in document.walk_sections():
        assert "\n" not in section.heading
        assert [clean_block(html) for html in (section.body, section.after)] == [section.body, section.after]
    for part in [*(g for _s, g in document.walk_goals()), *_measures(document)]:
        assert (plain(part.html), clean_inline(part.html)) == (part.text, part.html)
    assert mended(read, []).document is read


@pytest.mark.parametrize(
    "name",
    [
        "finnmark-2022-2023.docx",
        "st-olavs-strategi-2022-2024.docx",
        "troms-og-ofoten-2023.docx",
        "vestfold-2024-2025.pptx",
    ],
)
def test_no_word_of_a_real_plan_is_lost_by_any_one_mend(name: str):
    read = corpus(name)
    untouched = mended(read, [])
    before = _words(untouched)
    for mend in _possible(untouched)[::9]:
        assert before - _words(mended(read, [mend])) == Counter(), mend


def _measures(document: PlanDocument) -> list[Measure]:
    return [m for _s, _g, m in document.walk_measures()]


@settings(max_examples=60, deadline=None)
@given(_read_plans(), st.data())
def test_what_is_taken_out_and_back_leaves_the_plan_as_it_was(read: PlanDocument, data: st.DataObject):
    pieces = mended(read, []).pieces
    keys = [p.key for p in pieces if p.kind != "columns"]
    if keys:
        key = data.draw(st.sampled_from(keys))
        verb = data.draw(st.sampled_from(["out", "out_below"]))
        assert made(read, [(verb, key), ("back", key)]).document == read


def test_the_small_plan_keeps_every_field_of_what_is_not_mended():
    plan = small_plan()
    document = made(plan, [("goal", "s1-t1")]).document
    assert document.sections[1:] == plan.sections[1:]
    assert replace(document, sections=()) == replace(plan, sections=())
