"""Plans in bullets and in numbered areas: what is a goal, what a measure, and how it goes."""

import pytest

from plans.document import Status
from tests.plans.importers.facts import goals_of, headings, measures_per_goal, quotes, statuses, text


def test_short_plain_lines_before_bullets_are_goals_and_one_between_two() -> None:
    document = text(
        "Handlingsplan 2024", "", "Formål", "",
        "Planen skal gi oss en felles retning. Den er kort med vilje.", "",
        "Planen skal:", "", "- være kort", "- være tydelig", "",
        "Bedre overganger", "", "- Rutine", "  - for voksne", "  - for barn", "- Kurs", "",
        "Felles beredskap", "",
        "Felles tall", "", "- Statistikk", "",
        "Sekretariatet følger opp planen. Den evalueres hvert år.",
    )  # fmt: skip
    assert document.read_as == "bullets"
    assert [g.text for g in goals_of(document)] == ["Bedre overganger", "Felles beredskap", "Felles tall"]
    assert measures_per_goal(document) == [2, 0, 1]
    assert goals_of(document)[0].measures[0].text == "Rutine\n– for voksne\n– for barn"
    section = document.sections[0]
    assert section.body.endswith("<p>Planen skal:</p><ul><li>være kort</li><li>være tydelig</li></ul>")
    assert section.after == "<p>Sekretariatet følger opp planen. Den evalueres hvert år.</p>"


def test_bullets_by_level_where_nothing_is_bold() -> None:
    document = text(
        "Handlingsplan 2024", "",
        "- Bedre overganger", "  - Rutine", "  - Kurs", "- Felles tall", "  - Statistikk",
    )  # fmt: skip
    assert [g.text for g in goals_of(document)] == ["Bedre overganger", "Felles tall"]
    assert measures_per_goal(document) == [2, 1]


def test_headings_over_bullets_are_goals() -> None:
    document = text(
        "# Handlingsplan 2024",
        "## Bakgrunn",
        "- ikke et mål",
        "## Bedre overganger",
        "- Rutine – pågår",
        "## 2. Felles tall",
        "Vi trenger det samme grunnlaget.",
        "- Statistikk",
    )
    assert headings(document) == ["Bakgrunn", ""]
    assert [(g.label, g.text, g.body) for g in goals_of(document)] == [
        ("", "Bedre overganger", ""),
        ("2", "Felles tall", "<p>Vi trenger det samme grunnlaget.</p>"),
    ]
    assert statuses(document) == {"Rutine": ("pågår", "ongoing")}


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Bedre overganger", "a) Rutine", "b) Kurs", "2. Felles tall", "a) Statistikk"],
        ["1 Bedre overganger", "1.1 Rutine", "1.2 Kurs", "2 Felles tall", "2.1 Statistikk"],
        ["1. Bedre overganger", "- Rutine", "- Kurs", "2. Felles tall", "- Statistikk"],
    ],
)
def test_numbered_goals(lines: list[str]) -> None:
    document = text("Handlingsplan 2024", "", "Formål", "", "Vi vil mer. Sammen.", "", "\n\n".join(lines))
    assert [(g.label, g.text) for g in goals_of(document)] == [
        ("1", "Bedre overganger"),
        ("2", "Felles tall"),
    ]
    assert [m.text for _, _, m in document.walk_measures()] == ["Rutine", "Kurs", "Statistikk"]


def test_bold_paragraphs_play_headings_over_plain_goals() -> None:
    document = text(
        "**Handlingsplan 2024**", "", "**Område 1: Eldre**", "", "Bedre overganger", "", "- Rutine", "",
        "**Område 2: Barn**", "", "Tidlig hjelp", "", "- Team",
    )  # fmt: skip
    assert headings(document) == ["Område 1: Eldre", "Område 2: Barn"]
    assert measures_per_goal(document) == [1, 1]


def test_an_unknown_name_among_patient_groups_is_kept_and_said() -> None:
    document = text(
        "Handlingsplan 2024", "",
        "- **Planlegge sammen for:**", "  - Barn og unge", "  - Personer med demens",
        "  - Skrøpelige eldre", "- **Felles tall**",
    )  # fmt: skip
    goal = goals_of(document)[0]
    assert goal.html == "Planlegge sammen for:"  # bold was how it said that it is a goal
    assert (goal.patient_groups, goal.measures) == (("children_youth", "frail_elderly"), ())
    assert goal.body == "<ul><li>Barn og unge</li><li>Personer med demens</li><li>Skrøpelige eldre</li></ul>"
    assert "«Personer med demens» står blant pasientgruppene" in quotes(document)


def test_a_word_that_only_mentions_a_group_is_none() -> None:
    document = text(
        "Handlingsplan 2024", "", "Nettside", "", "- Lage nettside for barn og unge", "- Habilitering"
    )
    assert [m.patient_groups for m in goals_of(document)[0].measures] == [(), ("habilitation",)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Team – pågår", Status(text="pågår", value="ongoing")),
        ("Team - pågående arbeid.", Status(text="pågående arbeid", value="ongoing")),
        ("Teamet har startet", Status(text="har startet", value="ongoing")),
        ("Team (ikke påbegynt)", Status(text="ikke påbegynt", value="not_started")),
        ("Team – ikkje starta", Status(text="ikkje starta", value="not_started")),
        ("Team - kontinuerlig utvikling", Status(text="kontinuerlig utvikling", value="continuous")),
        ("Team: løpende", Status(text="løpende", value="continuous")),
        ("Teamet er gjennomført", Status(text="er gjennomført", value="completed")),
        ("Team – utsatt til 2025", Status(text="utsatt til 2025", value="postponed")),
        ("Teamet utgår", Status(text="utgår", value="dropped")),
        ("Team – videreføres", Status(text="videreføres", value="carried_over")),
        ("Team – planlagt", Status(text="planlagt", value="planned")),
        ("Teamet er etablert", Status(text="er etablert")),
        ("Team - ikke etablert", Status(text="ikke etablert")),
        ("Team – ikke gjennomført", Status(text="ikke gjennomført")),
        ("Team – delvis gjennomført", Status(text="delvis gjennomført")),
        ("Team – pågår, videreføres i 2025", Status(text="pågår, videreføres i 2025")),
        ("Kurs, er gjennomført", Status(text="er gjennomført", value="completed")),
        ("Utskriving: ferdig behandlet pasient", None),
        ("Teamet skal være gjennomført i mai", None),
        ("Ta i bruk verktøyet når det er etablert", None),
        ("Styrke løpende samarbeid om pågående saker", None),
        ("Bruk av kommunale plasser (øyeblikkelig hjelp)", None),
    ],
)
def test_status_in_words(line: str, found: Status | None) -> None:
    document = text(
        "Plan", "", "1. A - pågår", "", "- x", "", "2. B - pågår", "", f"- ✓ {line}", "", "3. C - utsatt"
    )
    assert document.read_as == "numbered_areas"
    measure = goals_of(document)[1].measures[0]
    assert (measure.text, measure.status) == (line, found)
    doubted = f"i «{line}» er tatt med i ord" in quotes(document)
    assert doubted is (found is not None and found.value is None)


def test_areas_as_headings_and_a_bare_status() -> None:
    document = text(
        "# Status for handlingsplan 2022",
        "## 1. Psykisk helse og rus",
        "- Team – pågår",
        "- Ambulant team - ikke startet",
        "  - i nord",
        "## 2. ~~Barn og unge~~",
        "- Kartlegging – gjennomført",
        "## 3. Eldre",
        "Utsatt til 2023",
    )
    assert [(g.label, g.text, g.struck) for g in goals_of(document)] == [
        ("1", "Psykisk helse og rus", False),
        ("2", "Barn og unge", True),
        ("3", "Eldre", False),
    ]
    assert goals_of(document)[1].html == "Barn og unge"  # the flag says that it is struck out
    assert measures_per_goal(document) == [2, 1, 0]
    assert goals_of(document)[0].measures[1].text == "Ambulant team - ikke startet\n– i nord"
    assert goals_of(document)[2].status == Status(text="Utsatt til 2023", value="postponed")
    assert goals_of(document)[2].body == "<p>Utsatt til 2023</p>"


def test_a_plain_numbered_list_makes_no_areas() -> None:
    document = text(
        "# Handlingsplan 2024",
        "Vi har tre områder:",
        "1. Eldre",
        "2. Barn",
        "3. Rus",
        "## Bedre overganger",
        "- Rutine",
    )
    assert document.read_as == "bullets"
    assert document.sections[0].body.count("<p>") == 4


def test_numbered_chapters_make_no_areas() -> None:
    document = text(
        "# Handlingsplan 2024",
        "## 1. Innledning",
        "Tekst om planen. Den er ny.",
        "## 2. Bedre overganger",
        "- Rutine – pågår",
        "- Kurs – ikke startet",
        "## 3. Felles tall",
        "- Statistikk – utsatt",
    )
    assert document.read_as == "bullets"
    assert [(g.label, g.text) for g in goals_of(document)] == [
        ("2", "Bedre overganger"),
        ("3", "Felles tall"),
    ]
    assert [s for s, _ in statuses(document).values()] == ["pågår", "ikke startet", "utsatt"]
