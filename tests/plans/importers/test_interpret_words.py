"""The small readers of words: responsible, patient groups, adoption notes, labels."""

import pytest

from plans.importers.interpret.groups import named_by
from plans.importers.interpret.responsible import split
from plans.patient_groups import PATIENT_GROUPS
from tests.plans.importers.facts import text


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("SEKR, UNN, kommunene", ("SEKR", "UNN", "kommunene")),
        ("FSU og SSU", ("FSU", "SSU")),
        ("UNN og kommunene", ("UNN", "kommunene")),
        ("Felles", ("Felles",)),
        ("Samhandl.-sjefene", ("Samhandl.-sjefene",)),
        ("FSU psykisk helse og rus", ("FSU psykisk helse og rus",)),
        ("FSU barn og unge og FSU DIG", ("FSU barn og unge", "FSU DIG")),
        ("Helse- og omsorgsdepartementet", ("Helse- og omsorgsdepartementet",)),
        ("Helsefellesskapet Troms og Ofoten", ("Helsefellesskapet Troms og Ofoten",)),
        ("UNN/kommunene", ("UNN", "kommunene")),
        ("UNN v/ FSU-leder", ("UNN v/ FSU-leder",)),
        ("Sykehuset (klinikk barn, unge), kommunene", ("Sykehuset (klinikk barn, unge)", "kommunene")),
        ("SEKR i samarbeid med KS", ("SEKR", "KS")),
        ("SSU m.fl.", ("SSU m.fl.",)),
        ("SSU;\nkommunene.", ("SSU", "kommunene")),
        ("Helse Førde og alle kommunar", ("Helse Førde", "alle kommunar")),
        (" - ", ()),
    ],
)
def test_responsible_is_split_into_names(words: str, names: tuple[str, ...]) -> None:
    assert split(words) == names


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Barn og unge", "children_youth"),
        ("barn og ungdom.", "children_youth"),
        ("Personer med alvorlige psykiske lidelser og rusproblemer", "mental_health_substance"),
        ("Psykisk helse og rus", "mental_health_substance"),
        ("Skrøpelige eldre", "frail_elderly"),
        ("Skrøpelege eldre", "frail_elderly"),
        ("Personer med flere kroniske lidelser", "multiple_chronic"),
        ("Personar med fleire kroniske lidingar", "multiple_chronic"),
        ("Svangerskap/fødsel/barsel", "maternity"),
        ("Svangerskap, fødsel og barsel", "maternity"),
        ("Habilitering", "habilitation"),
        ("Rehabilitering", "rehabilitation"),
        ("Utvikle tilbudet til barn og unge", None),
        ("Rehabilitering av bygget", None),
        ("Eldre", None),
    ],
)
def test_a_line_that_is_a_patient_groups_name(line: str, code: str | None) -> None:
    assert named_by(line) == code


def test_every_group_of_the_taxonomy_can_be_read() -> None:
    assert {named_by(name) for name in map(str, PATIENT_GROUPS.values())} == set(PATIENT_GROUPS)


@pytest.mark.parametrize(
    ("lines", "heading", "note"),
    [
        (["## Verdier (vedtatt i SU 11.03.2025)", "Vi lytter."], "Verdier", "vedtatt i SU 11.03.2025"),
        (["## Verdier", "(Vedtatt av partnerskapsmøtet 1. mai 2025)", "Vi lytter."], "Verdier",
            "Vedtatt av partnerskapsmøtet 1. mai 2025"),
        (["## Verdiar (vedteke i PM 2024)", "Me lyttar."], "Verdiar", "vedteke i PM 2024"),
        (["## Verdier (utkast)", "Vi lytter."], "Verdier (utkast)", ""),
    ],
)  # fmt: skip
def test_adoption_notes(lines: list[str], heading: str, note: str) -> None:
    document = text("# Strategi 2025", "", "\n\n".join(lines))
    section = document.sections[0]
    assert (section.heading, section.adoption_note) == (heading, note)
    assert "ytta" in section.body or "ytter" in section.body


@pytest.mark.parametrize(
    ("cell", "label", "words"),
    [
        ("a) Lage plan", "a", "Lage plan"),
        ("b. Lage plan", "b", "Lage plan"),
        ("(c) Lage plan", "c", "Lage plan"),
        ("1. Lage plan", "1", "Lage plan"),
        ("2.1 Lage plan", "2.1", "Lage plan"),
        ("ii) **Lage** plan", "ii", "Lage plan"),
        ("**3) Lage plan**", "3", "Lage plan"),
        ("12. mai er fristen", "", "12. mai er fristen"),
        ("2024 blir året", "", "2024 blir året"),
        ("e-helse i alle ledd", "", "e-helse i alle ledd"),
    ],
)
def test_printed_labels_are_split_off(cell: str, label: str, words: str) -> None:
    document = text("Plan", "", "Mål\tTiltak\tAnsvar", f"Trygg\t{cell}\tSSU")
    ((_, _, measure),) = document.walk_measures()
    assert (measure.label, measure.text) == (label, words)
