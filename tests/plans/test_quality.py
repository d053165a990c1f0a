"""The hints beside the text, held to sentences with the hints expected."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from plans.actions.publishable import reasons_against
from plans.document import (
    Abbreviation,
    Deadline,
    Goal,
    Measure,
    PlanDocument,
    Responsible,
    Section,
    from_dict,
    to_dict,
)
from plans.quality import CHECKS, Hint, hints

from .documents import any_plan, plan_of_size, small_plan

SSU = Responsible(text="sekretariatet", parties=("sekretariatet",))


def plan(*measures: str, **facts: object) -> PlanDocument:
    """A plan with these measures under one goal, each with somebody responsible and a deadline."""
    rows = tuple(
        Measure(key=f"m{n}", text=text, html=text, responsible=SSU, deadline=Deadline(text="2026"))
        for n, text in enumerate(measures)
    )
    goal = Goal(key="g", text="Et mål", html="Et mål", measures=rows)
    return PlanDocument(
        **{"title": "Plan", "sections": (Section(key="s", heading="Kapittel", goals=(goal,)),)} | facts
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lage en felles rutine for utskriving", []),
        ("Ring 01010750160 om innleggelsen", [("national_id", "01010750160")]),
        ("Saken har nummer 12345678901", []),
        ("Lage rutine sammen med PHR", [("unexplained_abbreviation", "PHR")]),
        ("Lage rutine med psykisk helse og rus (PHR), og følge PHR opp", []),
        ("Lage rutine med PHR (psykisk helse og rus), og følge PHR opp", []),
        ("Lage rutine med PHR (se neste kapittel)", [("unexplained_abbreviation", "PHR")]),
        ("Lage rutine med PHR (2027)", [("unexplained_abbreviation", "PHR")]),
        ("Møte i FSU BU hver måned", [("unexplained_abbreviation", "FSU BU")]),
        ("Be NAV og KS om råd", []),
        ("Evaluere fase II av forsøket", []),
        ("Helsefelleskapet møtes årlig", [("spelling", "Helsefelleskapet")]),
        ("Helse fellesskapet møtes årlig", [("spelling", "Helse fellesskapet")]),
        ("Helsefellskapet møtes årlig", [("spelling", "Helsefellskapet")]),
        ("Helsefelleskap er to ord", [("spelling", "Helsefelleskap")]),
        ("Helse-fellesskapet møtes årlig", [("spelling", "Helse-fellesskapet")]),
        ("HELSEFELLESSKAP i ett ord", []),
        ("Helsefellesskapet møtes årlig", []),
        ("Bedre helse, fellesskap og mestring", []),
        ("Alle helsefellesskapene deler erfaringer", []),
        ("Bidra til bedre samhandling", [("vague_verb", "Bidra til")]),
        ("Jobbe med overganger", [("vague_verb", "Jobbe med")]),
        ("Ha fokus på eldre", [("vague_verb", "Ha fokus på")]),
        ("Styrke samarbeidet", [("vague_verb", "Styrke")]),
        ("Vurdere behovet", [("vague_verb", "Vurdere")]),
        ("Leggje til rette for møte", [("vague_verb", "Leggje til rette")]),
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


def test_in_a_strategy_goals_stand_alone() -> None:
    section = Section(key="s", goals=(Goal(key="g1", text="Et mål", html="Et mål"),))
    assert hints(PlanDocument(kind="strategy", title="Strategi", sections=(section,))) == []


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
            "Evaluere de faste møtene i 2026",
            "Evaluere de faste møtene i 2027",
        )
    )
    assert [(h.check, h.key, h.other) for h in found] == [("same_measure", "m1", "m0")]


def test_an_abbreviation_of_the_plan_is_explained() -> None:
    document = plan("Møte i FSU BU", abbreviations=(Abbreviation(short="FSU BU", long="fagutvalg"),))
    assert hints(document) == []


def test_an_abbreviation_is_explained_anywhere_and_told_of_once() -> None:
    assert hints(plan("Møte i PHR", "Utvalg for psykisk helse og rus (PHR)")) == []
    found = hints(plan("Møte i PHR", "Be PHR om råd"))
    assert found == [Hint("unexplained_abbreviation", "m0", "PHR")]
    # Let be in one row, it does not come up in the next when that row moves.
    assert found[0].fingerprint == hints(plan("Møte", "Be PHR om råd"))[0].fingerprint


def test_national_groups_that_nothing_serves() -> None:
    document = plan("Lage rutine")
    goal = replace(document.sections[0].goals[0], patient_groups=("frail_elderly", "children_youth"))
    rows = tuple(replace(m, struck=True, patient_groups=("multiple_chronic",)) for m in goal.measures)
    empty = replace(goal, key="g2", measures=(), body="<p>Mer</p>", patient_groups=("multiple_chronic",))
    section = replace(document.sections[0], goals=(replace(goal, measures=goal.measures + rows), empty))
    found = hints(replace(document, sections=(section,)))
    assert [h.words for h in found] == ["mental_health_substance", "multiple_chronic"]


def strings(value: Any) -> Iterator[tuple[Any, Any]]:
    """(container, place) of every text in JSON values."""
    for place, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, str):
            yield value, place
        elif isinstance(part, dict | list):
            yield from strings(part)


def test_a_national_id_is_found_wherever_publishing_looks() -> None:
    document = to_dict(small_plan())
    looked = 0
    for container, place in list(strings(document)):
        before = container[place]
        if place in ("kind", "read_as", "value"):
            continue  # one of a few words
        container[place] = f"{before} 01010750160"
        marked = from_dict(document)
        container[place] = before
        refused = bool(reasons_against(marked))
        looked += refused
        found = [hint.words for hint in hints(marked) if hint.check == "national_id"]
        assert found == ["01010750160"] * refused, place
    assert looked > 40


def test_the_row_with_the_national_id_is_named() -> None:
    goal = plan("Møte").sections[0].goals[0]
    late = replace(goal.measures[0], deadline=Deadline(text="spør 01010750160"))
    section = Section(key="s", heading="Kapittel", goals=(replace(goal, measures=(late,)),))
    found = hints(PlanDocument(title="Plan", sections=(section,), abbreviations=()))
    assert found == [Hint("national_id", "m0", "01010750160")]


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
