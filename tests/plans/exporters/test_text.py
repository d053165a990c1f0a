"""The plan as plain text: every word there, lines that fit, labels and status said."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.document import Deadline, Goal, Measure, PlanDocument, Responsible, Section, Status
from plans.exporters.text import WIDTH, to_text
from tests.plans.exporters import samples


def read(document: PlanDocument, facts=samples.ADOPTED) -> str:
    return to_text(document, facts).decode()


def test_a_whole_small_plan():
    measure = Measure(
        key="m",
        label="a",
        text="Møtes hver måned med alle kommunene, sykehuset, fastlegene og brukerne i samme rom",
        responsible=Responsible(text="SEKR", parties=("SEKR",)),
        deadline=Deadline(text="juni 2026"),
        status=Status(text="pågående", value="ongoing"),
    )
    struck = Measure(key="n", label="b", text="Utgår", struck=True)
    body = "<p>Vi <s>skal</s> vil.</p><ul><li>én<ul><li>to</li></ul></li></ul>"
    body += '<p>Se <a href="https://a.no/x">avtalen</a>.</p>'
    section = Section(
        key="s",
        number="1",
        heading="Samhandling",
        body=body,
        goals=(Goal(key="g", text="Trygge overganger", measures=(measure, struck)),),
    )
    assert read(PlanDocument(title="Plan 2026", sections=(section,)), samples.DRAFT) == (
        "Plan 2026\n"
        "\n"
        "Helsefellesskapet Fjord og vidde\n"
        "Utkast\n"
        "Versjon 1\n"
        "\n"
        "Innhold\n"
        "  1 Samhandling\n"
        "\n"
        "\n"
        "1 Samhandling\n"
        "=============\n"
        "\n"
        "Vi skal (strøket) vil.\n"
        "\n"
        "  - én\n"
        "    - to\n"
        "\n"
        "Se avtalen <https://a.no/x>.\n"
        "\n"
        "Mål: Trygge overganger\n"
        "\n"
        "  a) Møtes hver måned med alle kommunene, sykehuset, fastlegene og\n"
        "     brukerne i samme rom\n"
        "     Ansvarlig: SEKR\n"
        "     Frist: juni 2026\n"
        "     Status: pågående\n"
        "\n"
        "  b) Utgår (strøket)\n"
    )


def test_every_plan_keeps_its_words_in_lines_that_fit():
    for plan in (samples.table_plan(), samples.strategy(), samples.bullets_plan(), samples.status_plan()):
        text = read(plan)
        long = [line for line in text.split("\n") if len(line) > WIDTH and " " in line.strip()]
        assert long == []
        flat = re.sub(r"\s+", " ", text)
        for _section, goal, measure in plan.walk_measures():
            assert re.sub(r"\s+", " ", goal.text) in flat
            assert re.sub(r"\s+", " ", f"{measure.label}) {measure.text}".removeprefix(") ")) in flat
            if measure.responsible:
                assert measure.responsible.text in flat


def test_it_says_who_adopted_it_and_where_to_check():
    text = read(samples.table_plan())
    assert "Partnerskapsmøtet vedtar 12. mars 2024. Sak 04-2024, punkt 1." in text
    assert f"Kontroller filen: {samples.ADOPTED.check_address}" in text
    assert f"SHA-256:\n  {samples.ADOPTED.sha256}" in text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_words_become_text(heading: str, words: str):
    goal = Goal(key="g", text=words, measures=(Measure(key="m", label=words[:3], text=words),))
    section = Section(key="s", heading=heading, body=words.replace("<", "&lt;"), goals=(goal,))
    made = to_text(PlanDocument(title=heading, sections=(section,)), samples.RECEIVED)
    assert made.endswith(b"\n")
    assert "Helsefellesskapet Fjord og vidde" in made.decode()
