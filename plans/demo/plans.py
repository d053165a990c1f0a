"""The demo's plans: which file becomes which plan, and what was decided about it, in order of time."""

from dataclasses import dataclass
from datetime import date

from committees.models import DecisionPoint

Verb = DecisionPoint.Verb


@dataclass(frozen=True, kw_only=True)
class Point:
    verb: Verb
    wording: str
    delegates_to: str = ""  # a committee's abbreviation


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """A case about a plan in a committee, and what was decided there."""

    committee: str  # abbreviation
    day: date
    number: str  # as printed
    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Adopted:
    treatment: Treatment  # its first point adopts
    in_force_from: date
    published_from: date
    provisional_until: str = ""
    registered_afterwards: bool = False


@dataclass(frozen=True, kw_only=True)
class Received:
    published_from: date


@dataclass(frozen=True, kw_only=True)
class DemoPlan:
    community: str
    file: str
    builds_on: tuple[str, ...] = ()  # agreements by address
    follows: "DemoPlan | None" = None
    before: tuple[Treatment, ...] = ()
    outcome: Adopted | Received | None = None  # none: it stays a draft
    summary: str = ""  # in three plain sentences, as the secretariat would write it
    in_review: bool = False  # that lies before committees, as `reviews.py` says


TROMS_2025 = DemoPlan(
    community="troms-og-ofoten",
    file="troms-og-ofoten-2025.md",
    builds_on=("lyngenerklaeringen",),
    outcome=Adopted(
        treatment=Treatment(
            committee="PM",
            day=date(2024, 11, 20),
            number="05-2024",
            title="Handlingsplan for 2025",
            points=(Point(verb=Verb.ADOPTS, wording="Partnerskapsmøtet vedtar Handlingsplan 2025."),),
        ),
        in_force_from=date(2025, 1, 1),
        published_from=date(2025, 1, 6),
        registered_afterwards=True,
    ),
)

TROMS_2026 = DemoPlan(
    community="troms-og-ofoten",
    file="troms-og-ofoten-2026.md",
    summary=(
        "Planen sier hva UNN og 24 kommuner skal gjøre sammen i 2026, og hvem som har ansvaret for hvert "
        "tiltak. Den handler mest om ungdom, skrøpelige eldre og mennesker med psykisk sykdom, og om veien "
        "inn og ut av sykehuset. Ved årsskiftet skal det være mulig å se hva som ble gjort."
    ),
    builds_on=("lyngenerklaeringen", "samarbeidsavtalen"),
    follows=TROMS_2025,
    before=(
        Treatment(
            committee="SSU",
            day=date(2025, 10, 15),
            number="21-2025",
            title="Forslag til handlingsplan for 2026",
            points=(
                Point(
                    verb=Verb.RECOMMENDS,
                    wording="SSU anbefaler at partnerskapsmøtet vedtar forslaget til Handlingsplan 2026.",
                ),
                Point(
                    verb=Verb.TAKES_NOTE,
                    wording="SSU tar oversikten over høringssvarene til orientering.",
                ),
            ),
        ),
    ),
    outcome=Adopted(
        treatment=Treatment(
            committee="PM",
            day=date(2025, 11, 19),
            number="04-2025",
            title="Handlingsplan for 2026",
            points=(
                Point(
                    verb=Verb.ADOPTS,
                    wording=(
                        "Partnerskapsmøtet vedtar Handlingsplan 2026 og ber SSU følge opp tiltakene "
                        "og rapportere til neste partnerskapsmøte."
                    ),
                ),
            ),
        ),
        in_force_from=date(2026, 1, 1),
        published_from=date(2025, 11, 24),
    ),
)

TROMS_2027 = DemoPlan(
    community="troms-og-ofoten",
    file="troms-og-ofoten-2027.md",
    builds_on=("lyngenerklaeringen", "samarbeidsavtalen"),
    follows=TROMS_2026,
    in_review=True,
)

FINNMARK = DemoPlan(
    community="finnmark",
    file="finnmark-2026-2027.md",
    builds_on=("vidjeerklaeringen",),
    outcome=Received(published_from=date(2026, 2, 9)),
)

LOFOTEN = DemoPlan(
    community="lofoten-vesteralen-salten",
    file="lofoten-vesteralen-salten-sak-05-2026.txt",
    builds_on=("skjaergardserklaeringen",),
    outcome=Adopted(
        treatment=Treatment(
            committee="PM",
            day=date(2026, 9, 17),
            number="05-2026",
            title="Handlingsplan for Helsefellesskapet Lofoten, Vesterålen og Salten – foreløpig vedtak",
            points=(
                Point(
                    verb=Verb.ADOPTS_PROVISIONALLY,
                    wording=(
                        "Partnerskapsmøtet vedtar handlingsplanen foreløpig. Planen tas opp til ny "
                        "vurdering i partnerskapsmøtet 2027."
                    ),
                ),
            ),
        ),
        in_force_from=date(2026, 9, 17),
        published_from=date(2026, 9, 21),
        provisional_until="partnerskapsmøtet 2027",
    ),
)

VESTFOLD = DemoPlan(
    community="vestfold",
    file="vestfold-2026.md",
    builds_on=("tradavtalen",),
    before=(
        Treatment(
            committee="PM",
            day=date(2025, 10, 30),
            number="08-2025",
            title="Handlingsplan 2026",
            points=(
                Point(
                    verb=Verb.BUILDS_ON,
                    wording=(
                        "Partnerskapsmøtet legger utkastet til Handlingsplan 2026 til grunn for arbeidet "
                        "i Helsefellesskapet i Vestfold."
                    ),
                ),
                Point(
                    verb=Verb.DELEGATES,
                    wording=(
                        "Strategisk samarbeidsutvalg (SSU) får myndighet til å konkretisere og endelig "
                        "vedta Handlingsplan 2026 i sitt siste møte i 2025."
                    ),
                    delegates_to="SSU",
                ),
            ),
        ),
    ),
    outcome=Adopted(
        treatment=Treatment(
            committee="SSU",
            day=date(2025, 12, 11),
            number="33-2025",
            title="Endelig handlingsplan for 2026",
            points=(
                Point(
                    verb=Verb.ADOPTS,
                    wording=(
                        "SSU vedtar Handlingsplan 2026 etter myndighet fra partnerskapsmøtet i sak 08-2025."
                    ),
                ),
            ),
        ),
        in_force_from=date(2026, 1, 1),
        published_from=date(2025, 12, 15),
    ),
)

ST_OLAVS = DemoPlan(
    community="st-olavs",
    file="st-olavs-strategi-2025-2028.md",
    builds_on=("samarbeidsavtalen",),
    outcome=Adopted(
        treatment=Treatment(
            committee="PSU",
            day=date(2025, 10, 8),
            number="07/25",
            title="Strategi 2025–2028",
            points=(
                Point(
                    verb=Verb.JOINS,
                    wording="PSU slutter seg til strategien slik den er behandlet i ASU i mars og juni.",
                ),
            ),
        ),
        in_force_from=date(2025, 10, 8),
        published_from=date(2025, 10, 15),
    ),
)

FORDE = DemoPlan(
    community="forde",
    file="forde-2026.md",
    summary=(
        "Planen seier kva Helse Førde og kommunane skal gjere saman i 2026. Kvart tiltak har nokon som er "
        "ansvarleg, så alle kan sjå kven som skulle gjere kva."
    ),
    builds_on=("sunnfjorderklaeringa",),
    outcome=Adopted(
        treatment=Treatment(
            committee="PM",
            day=date(2025, 11, 27),
            number="03-2025",
            title="Handlingsplan 2026",
            points=(Point(verb=Verb.ADOPTS, wording="Partnarskapsmøtet vedtek Handlingsplan 2026."),),
        ),
        in_force_from=date(2026, 1, 1),
        published_from=date(2025, 12, 1),
    ),
)

# A plan stands after the one that it follows.
PLANS = (TROMS_2025, TROMS_2026, TROMS_2027, FINNMARK, LOFOTEN, VESTFOLD, ST_OLAVS, FORDE)
