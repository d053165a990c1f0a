"""The hints beside the text, held to sentences with the hints expected."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from plans.document import Abbreviation, Deadline, Goal, Measure, PlanDocument, Responsible, Section
from plans.quality import CHECKS, Hint, hints

from .documents import any_plan, plan_of_size

SSU = Responsible(text="sekretariatet", parties=("sekretariatet",))


def plan(*measures: str, **facts: object) -> PlanDocument:
    """A plan with these measures under one goal, each with somebody responsible and a deadline."""
    rows = tuple(
        Measure(key=f"m{n}", text=text, html=text, responsible=SSU, deadline=Deadline(text="2026"))
        for n, text in enumerate(measures)
    )
    goal = Goal(key="g", text="Et mål", html="Et mål", measures=rows)
    return PlanDocument(
        **{"title": "Plan", "sections": (Section(key="s", heading="Kapittel", goals=(goal,)),)} | facts  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lage en felles rutine for utskriving", []),
        ("Ring 01010750160 om innleggelsen", [("national_id", "01010750160")]),
        ("Saken har nummer 12345678901", []),
        ("Lage rutine sammen med PHR", [("unexplained_abbreviation", "PHR")]),
        ("Lage rutine med psykisk helse og rus (PHR), og følge PHR opp", []),
        ("Møte i FSU BU hver måned", [("unexplained_abbreviation", "FSU BU")]),
        ("Be NAV og KS om råd", []),
        ("Evaluere fase II av forsøket", []),
        ("Helsefelleskapet møtes årlig", [("spelling", "Helsefelleskapet")]),
        ("Helse fellesskapet møtes årlig", [("spelling", "Helse fellesskapet")]),
        ("Helsefellesskapet møtes årlig", []),
        ("Alle helsefellesskapene deler erfaringer", []),
        ("Bidra til bedre samhandling", [("vague_verb", "Bidra til")]),
        ("Jobbe med overganger", [("vague_verb", "Jobbe med")]),
        ("Ha fokus på eldre", [("vague_verb", "Ha fokus på")]),
        ("Styrke samarbeidet", [("vague_verb", "Styrke")]),
        ("Vurdere behovet", [("vague_verb", "Vurdere")]),
        ("Styrken i samarbeidet måles", []),
        ("Ansette en koordinator som skal bidra til flyt", []),
    ],
)
def test_sentences(sentence: str, expected: list[tuple[str, str]]) -> None:
    found = hints(plan(sentence), also=("vague_verb", "no_deadline"))
    assert [(h.check, h.words) for h in found] == expected


def test_what_a_community_turned_on_is_all_that_is_added() -> None:
    document = plan("Styrke samarbeidet")
    assert hints(document) == []
    assert hints(document, also=("vague_verb",)) == [Hint("vague_verb", "m0", "Styrke")]


def test_nobody_responsible() -> None:
    document = plan("Lage rutine", "Møtes")
    goal = document.sections[0].goals[0]
    bare = replace(goal.measures[1], responsible=None)
    section = replace(document.sections[0], goals=(replace(goal, measures=(goal.measures[0], bare)),))
    assert hints(replace(document, sections=(section,))) == [Hint("no_responsible", "m1", "Møtes")]
    struck = replace(section, goals=(replace(goal, measures=(goal.measures[0], replace(bare, struck=True))),))
    assert hints(replace(document, sections=(struck,))) == []


def test_a_goal_without_measures_unless_it_lists_something() -> None:
    empty = Goal(key="g1", text="Et tomt mål", html="Et tomt mål")
    section = Section(key="s", goals=(empty, replace(empty, key="g2", body="<ul><li>Eldre</li></ul>")))
    found = hints(PlanDocument(title="Plan", sections=(section,)))
    assert found == [Hint("goal_without_measures", "g1", "Et tomt mål")]


def test_two_measures_that_say_the_same() -> None:
    found = hints(
        plan(
            "Etablere faste møter mellom sykehus og kommune",
            "Etablere faste møter mellom sykehus og kommuner.",
            "Etablere felles opplæring i ernæring",
        )
    )
    assert [(h.check, h.key) for h in found] == [("same_measure", "m1")]


def test_an_abbreviation_of_the_plan_is_explained() -> None:
    document = plan("Møte i FSU BU", abbreviations=(Abbreviation(short="FSU BU", long="fagutvalg"),))
    assert hints(document) == []


def test_national_groups_that_nothing_serves() -> None:
    document = plan("Lage rutine")
    goal = replace(document.sections[0].goals[0], patient_groups=("frail_elderly", "children_youth"))
    section = replace(document.sections[0], goals=(goal,))
    found = hints(replace(document, sections=(section,)))
    assert [h.words for h in found] == ["mental_health_substance", "multiple_chronic"]


@settings(max_examples=60, deadline=None)
@given(document=any_plan)
def test_hints_name_items_that_exist_and_come_in_order(document: PlanDocument) -> None:
    keys = {"", *(s.key for _d, s in document.walk_sections()), *(g.key for _s, g in document.walk_goals())}
    keys |= {m.key for _s, _g, m in document.walk_measures()}
    found = hints(document, also=CHECKS)
    assert {h.key for h in found} <= keys
    assert [CHECKS.index(h.check) for h in found] == sorted(CHECKS.index(h.check) for h in found)


def test_three_hundred_measures_are_read_too() -> None:
    found = hints(plan_of_size(300))
    assert {h.check for h in found} <= {"same_measure", "unexplained_abbreviation"}
