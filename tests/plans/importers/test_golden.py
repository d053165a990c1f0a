"""The facts that must come out of the corpus, by every format, and of samples in the same shapes."""

import pytest

from plans.document import Abbreviation, Period, Status
from tests.plans.importers.facts import (
    corpus,
    goals_of,
    headings,
    labels,
    measures_per_goal,
    parties,
    quotes,
    sample,
    section,
    statuses,
)

GROUPS = ("children_youth", "mental_health_substance", "frail_elderly", "multiple_chronic")
COLUMNS = ("Hva vil vi?", "Hvordan få det til?", "Ansvarlig")


@pytest.mark.parametrize("ending", ["docx", "txt"])
class TestTroms:
    def test_front(self, ending: str) -> None:
        document = corpus(f"troms-og-ofoten-2023.{ending}")
        assert (document.kind, document.read_as, document.language) == ("action_plan", "table", "nb")
        assert document.title == "Handlingsplan 2023"
        assert document.subtitle == "for Helsefellesskapet Troms og Ofoten"
        assert document.community == "Helsefellesskapet Troms og Ofoten"
        assert document.vision.startswith("«Innbyggerens helsetjeneste")
        assert document.vision.endswith("»")
        assert [a.short for a in document.abbreviations] == [
            "SSU", "FSU FLR", "FSU BU", "FSU AKM", "FSU REST", "FSU PHR", "FSU AVVIK", "FSU DIG",
            "PM", "SEKR",
        ]  # fmt: skip
        assert document.abbreviations[8] == Abbreviation(short="PM", long="partnerskapsmøtet")

    def test_sections_follow_the_printed_numbers(self, ending: str) -> None:
        document = corpus(f"troms-og-ofoten-2023.{ending}")
        assert headings(document) == [
            "1 Innledning",
            "2 Innsatsområder",
            "  2.1 Helsetjenester til personer med sammensatte behov",
            "  2.2 Forebygging og egenmestring",
            "  2.3 Personell og kompetanse",
            "3 Veien videre",
        ]
        areas = document.sections[1].sections
        assert [s.columns for s in areas] == [COLUMNS] * 3
        assert [len(s.goals) for s in areas] == [3, 3, 3]
        assert [labels(s) for s in areas] == ["abcdefghi", "abcdefg", "abcdefabc"]
        assert all(s.body.startswith("<p><strong>Helsefellesskapet") and "<li>" in s.body for s in areas)
        # Two of the principles carry heading styles, and are still body.
        assert areas[2].body.count("<p>Sørge for ") == 2
        assert "<p>Arbeide for rekruttering og stabilisering av helsepersonell</p>" in areas[2].body
        assert document.sections[0].body.count("<li>") == 9

    def test_responsible(self, ending: str) -> None:
        document = corpus(f"troms-og-ofoten-2023.{ending}")
        assert len(list(document.walk_measures())) == 25
        assert parties(document) == {
            "FSU BU": ("FSU BU",),
            "Samhandl.-sjefene": ("Samhandl.-sjefene",),
            "UNN og kommunene": ("UNN", "kommunene"),
            "FSU og SSU": ("FSU", "SSU"),
            "Utvalgsrepresentanter": ("Utvalgsrepresentanter",),
            "SEKR, UNN, kommunene": ("SEKR", "UNN", "kommunene"),
            "SEKR": ("SEKR",),
            "SSU, FSU DIG": ("SSU", "FSU DIG"),
            "Felles": ("Felles",),
            "FSU, SSU": ("FSU", "SSU"),
            "UNN, kommunene": ("UNN", "kommunene"),
            "FSU REST": ("FSU REST",),
            "FSU REST, SSU": ("FSU REST", "SSU"),
        }
        bare = [w.said for w in document.warnings if "gruppe av utvalg" in w.said]
        assert [text.split(" i ")[1].split(" er ")[0] for text in bare] == ["«FSU og SSU»", "«FSU, SSU»"]

    def test_contents_page_is_left_out_and_said(self, ending: str) -> None:
        document = corpus(f"troms-og-ofoten-2023.{ending}")
        said = [w.said for w in document.warnings if "«Innhold»" in w.said]
        assert len(said) == 1
        assert "«2.3 Personell og kompetanse s. 6»" in said[0]


@pytest.mark.parametrize("ending", ["docx", "txt"])
def test_finnmark(ending: str) -> None:
    document = corpus(f"finnmark-2022-2023.{ending}")
    assert (document.kind, document.read_as) == ("action_plan", "bullets")
    assert document.title == "Handlingsplan for Helsefelleskapet Finnmark 2022 – 2023"
    assert measures_per_goal(document) == [0, 5, 2, 2, 0, 1]
    assert [g.patient_groups for g in goals_of(document)] == [GROUPS, (), (), (), (), ()]
    assert goals_of(document)[0].body.count("<li>") == 4
    assert headings(document) == ["Formål:"]
    assert document.period == Period(
        text="Gjeldene for perioden xx. Jan/febr. 2022 til om med partnerskapsmøtet i 2023.",
        end_event="partnerskapsmøtet i 2023",
    )
    assert "(xx.): «Gjeldene for perioden xx. Jan/febr. 2022" in quotes(document)
    assert "«Ta i bruk samhandlingsbarometeret når det er etablert» står som et eget punkt" in quotes(
        document
    )
    assert document.case is None


@pytest.mark.parametrize("ending", ["docx", "txt"])
def test_lofoten(ending: str) -> None:
    document = corpus(f"lofoten-vesteralen-salten-sak-07-2021.{ending}")
    assert document.title == "Handlingsplan for Helsefelleskapet Lofoten, Vesterålen og Salten 2021-2022"
    assert document.community == "Helsefelleskapet Lofoten, Vesterålen og Salten"
    assert (document.period.start, document.period.end) == ("2021-09-23", None)
    assert document.period.end_event == "partnerskapsmøtet 2022"
    assert measures_per_goal(document) == [0, 2, 4, 0, 1]
    assert sorted(goals_of(document)[0].patient_groups) == sorted(GROUPS)
    case = document.case
    assert case is not None
    assert case.title == "Handlingsplan for strategisk samarbeidsutvalg (SSU) for perioden 2021-2022"
    assert [(f.key, f.label, f.text, f.date) for f in case.fields] == [
        ("organ", "", "Partnerskapsmøte", None),
        ("number", "sak", "07-2021", None),
        ("case_worker", "Saksbehandler", "Trude Kristin Kristensen", None),
        ("document_date", "Dato dok", "02.08.2021", "2021-08-02"),
        ("meeting_date", "Møtedato", "23.09.2021", "2021-09-23"),
        ("reference", "Vår ref", "2021/3288", None),
    ]
    assert len(case.attachments) == 1
    assert [(p.kind, p.heading) for p in case.parts] == [
        ("recommendation", "Anbefaling"),
        ("background", "Bakgrunn"),
        ("presentation", "Saksfremstilling"),
    ]
    assert case.parts[2].body.count("<li>") == 4


@pytest.mark.parametrize("ending", ["pptx", "txt"])
class TestVestfold:
    def test_areas(self, ending: str) -> None:
        document = corpus(f"vestfold-2024-2025.{ending}")
        assert (document.title, document.read_as) == ("Handlingsplan 2024", "numbered_areas")
        assert [g.label for g in goals_of(document)] == [str(n) for n in range(1, 13)]
        assert [g.struck for g in goals_of(document)] == [False] * 11 + [True]
        assert statuses(document) == {
            "Vitality-": ("pågående", "ongoing"),
            "Ung": ("pågående", "ongoing"),
            "Arbeidsgruppe:": ("ikke startet", "not_started"),
            "Ledersamarbeid": ("har startet", "ongoing"),
            "Fagutvalg": ("ikke etablert", None),  # the last of three, see below
            "Prosjekt": ("pågår", "ongoing"),
            "Delavtale": ("Pågående arbeid", "ongoing"),
            "Kompetansebroen": ("kontinuerlig videreutvikling", "continuous"),
            "Strategi": ("ikke påbegynt", "not_started"),
        }
        assert goals_of(document)[4].measures[0].status == Status(text="er etablert")
        assert goals_of(document)[7].measures[0].status == Status(text="har startet", value="ongoing")
        assert "Statusen «er etablert»" in quotes(document)
        assert "Statusen «ikke etablert»" in quotes(document)

    def test_a_line_that_begins_with_a_bracket_goes_on_from_the_bullet(self, ending: str) -> None:
        measure = goals_of(corpus(f"vestfold-2024-2025.{ending}"))[2].measures[1]
        assert measure.text.startswith("Det samarbeides om etablering av Fact-team")
        assert "\n(behandlingsmodell som gir" in measure.text

    def test_the_rest_is_sections(self, ending: str) -> None:
        document = corpus(f"vestfold-2024-2025.{ending}")
        found = [heading.strip() for heading in headings(document)]
        for heading in (
            "Prioriterte pasientgrupper i helsefellesskapene",
            "Status for Handlingsplan 2024",
            "Handlingsplan 2025",
            "Anbefalte satsninger for 2025, som ikke er beskrevet i handlingsplan for 2024",
            "SiV innspill til handlingsplan 2025",
            "Innspill til konkretiseringer fra kommunene (må konkretiseres ytterligere)",
            "Strategi for helsefellesskapet",
        ):
            assert found.count(heading) == 1
        assert section(document, "Prioriterte pasientgrupper i helsefellesskapene").body.count("<li>") == 4
        assert section(document, "Prioriterte pasientgrupper i helsefelleskapene").body.count("<li>") == 3

    def test_case_holds_only_the_conclusion(self, ending: str) -> None:
        case = corpus(f"vestfold-2024-2025.{ending}").case
        assert case is not None
        assert (case.title, case.fields, case.attachments) == ("", (), ())
        assert [(p.kind, p.heading) for p in case.parts] == [("conclusion", "Forslag til konklusjon")]
        assert case.parts[0].body.count("<li>") == 3
        assert "gis myndighet til foreløpig å vedta" in case.parts[0].body

    def test_doubts(self, ending: str) -> None:
        said = quotes(corpus(f"vestfold-2024-2025.{ending}"))
        assert "flere planer: «Handlingsplan 2024», «Handlingsplan 2025»" in said
        assert "Utelatt: «88»." in said
        assert "Utelatt: «-»." in said
        assert "Tegnet «✓» er lest som punkttegn" in said


@pytest.mark.parametrize("ending", ["docx", "txt"])
def test_st_olavs(ending: str) -> None:
    document = corpus(f"st-olavs-strategi-2022-2024.{ending}")
    assert (document.kind, document.read_as) == ("strategy", "strategy")
    assert document.title == "STRATEGI FOR HELSEFELLESSKAPET ST. OLAVS HOSPITAL OG KOMMUNENE 2022 - 2024"
    assert document.vision == '"En sømløs helsetjeneste - felles ansvar"'
    assert list(document.walk_goals()) == []
    assert len(section(document, "Strategiområder").sections) == 3
    assert [s.number for s in section(document, "Satsingsområder").sections] == list("123456")
    noted = [s for _, s in document.walk_sections() if s.adoption_note]
    assert [s.adoption_note for s in noted] == ["vedtatt i ASU 14.06.2023"] * 3
    assert noted[1].heading == "Verdier for helsefellesskapet"


# --- samples of our own, so that the facts mean something where the corpus is not ---


def test_sample_table() -> None:
    document = sample("tabell.txt")
    assert (document.title, document.subtitle) == (
        "Handlingsplan 2025",
        "for Helsefellesskapet Fjord og Fjell",
    )
    assert document.vision == "«Trygge overganger - hele veien hjem»"
    assert [a.short for a in document.abbreviations] == ["SSU", "FSU BU", "FSU PSYK", "SEKR"]
    assert headings(document) == [
        "1 Om planen",
        "2 Fokusområder",
        "  2.1 Gode overganger",
        "  2.2 Folk og fag",
        "3 Oppfølging",
    ]
    first, second = document.sections[1].sections
    assert (labels(first), labels(second)) == ("abcd", "aab")
    assert [g.text for g in first.goals] == ["Færre feil ved utskriving", "Bedre meldinger"]
    assert first.goals[1].measures[1].struck
    assert "<p>Vi deler på de små fagmiljøene</p><ul>" in second.body
    assert parties(document)["SEKR, Fjordsykehuset, kommunene"] == ("SEKR", "Fjordsykehuset", "kommunene")
    assert [(w.where, w.said[:40]) for w in document.warnings] == [
        ("linje 9", "Utelatt: «Innhold», «1. Om planen s. 2»,"),
        ("linje 19", "Utelatt: «Forkortelser i planen:». Overs"),
        ("tittelen", "Perioden er lest av tittelen («2025»), s"),
        ("linje 68", "«Vi deler på de små fagmiljøene» har ove"),
        ("linje 57", "«FSU» i «FSU og SSU» er en gruppe av utv"),
    ]


def test_sample_bullets() -> None:
    document = sample("punkter.txt")
    assert document.read_as == "bullets"
    assert measures_per_goal(document) == [0, 2, 1]
    assert goals_of(document)[0].patient_groups == ("children_youth", "frail_elderly", "multiple_chronic")
    assert (document.period.start, document.period.end_event) == (None, "partnerskapsmøtet i 2025")
    assert [w.where for w in document.warnings] == ["linje 3", "linje 17"]


def test_sample_case() -> None:
    document = sample("sak.txt")
    assert document.title == "Handlingsplan for Helsefellesskapet Sørbygda og Nordbygda 2022-2023"
    assert document.period == Period(
        text="Gjelder for perioden 15. juni 2022 til og med samarbeidsmøtet 2023.",
        start="2022-06-15",
        end_event="samarbeidsmøtet 2023",
    )
    assert measures_per_goal(document) == [0, 2, 0, 1]
    assert goals_of(document)[0].patient_groups == ("children_youth", "frail_elderly")
    assert document.case is not None
    assert document.case.title == "Årlig plan for samarbeidet i 2022-2023"
    assert document.case.attachments == ("Utkast til plan for samarbeidet", "Referat fra møtet i april")
    assert [(f.key, f.text) for f in document.case.fields] == [
        ("organ", "Strategisk samarbeidsutvalg"),
        ("number", "014-2022"),
        ("case_worker", "Kari Nordmann"),
        ("document_date", "03.05.2022"),
        ("meeting_date", "14.06.2022"),
        ("reference", "2022/417"),
    ]
    assert [p.heading for p in document.case.parts] == ["Innstilling", "Bakgrunn", "Saksframstilling"]


def test_sample_areas() -> None:
    document = sample("omraader.txt")
    assert document.read_as == "numbered_areas"
    assert [(g.label, g.text, g.struck) for g in goals_of(document)] == [
        ("1", "Eldre med mange behov", False),
        ("2", "Barn og unge", False),
        ("3", "Fastlegene", False),
        ("4", "Rekruttering", False),
        ("5", "Digitalt samarbeid - løpende arbeid", False),
        ("6", "Felles bilpark - ikke startet", True),
    ]
    assert statuses(document) == {
        "Trygg": ("pågående", "ongoing"),
        "Familieteam": ("har startet", "ongoing"),
        "Felles": ("ikke startet", "not_started"),
        "Lokalt": ("er etablert", None),
        "Et": ("har startet", "ongoing"),
        "Digitalt": ("løpende arbeid", "continuous"),
    }
    assert headings(document) == [
        "Prioriterte pasientgrupper i helsefellesskapet",
        "Status for Handlingsplan 2023",
        "Handlingsplan 2024",
        "  Prosess:",
        "  Anbefalte satsninger for 2024",
        "  Innspill fra kommunene",
    ]
    assert document.case is not None
    assert [p.kind for p in document.case.parts] == ["conclusion"]


def test_sample_strategy() -> None:
    document = sample("strategi.txt")
    assert (document.kind, document.subtitle) == ("strategy", "Helsefellesskap")
    assert document.vision == '"Sammen kommer vi lenger"'
    assert headings(document) == [
        "Helsefellesskapet",
        "Felles utfordringer",
        "Verdier",
        "Strategiområder",
        "  Pasienten først",
        "  Tjenester som varer",
        "Satsingsområder",
        "  1 Hele forløp",
        "  2 Kompetanse.",
        "Begreper",
    ]
    assert [s.adoption_note for s in document.sections[1:3]] == ["vedtatt i SU 11.03.2025"] * 2
    assert list(document.walk_goals()) == []
