"""What is known of the samples beside their words."""

from datetime import date

from plans.exporters.facts import AdoptionFacts, DecisionFacts

ADOPTED = AdoptionFacts(
    community="Helsefellesskapet Fjord og vidde",
    state="adopted",
    created=date(2024, 3, 14),
    version=2,
    sha256="3f0a" * 16,
    address="https://helsefellesskap.example/fjord-og-vidde/planer/handlingsplan-2024/v2/",
    check_address="https://helsefellesskap.example/d/3f0a3f0a3f0a",
    contact="Sekretariatet for helsefellesskapet\nsekretariat@fjordogvidde.example",
    decisions=(
        DecisionFacts(
            committee="Partnerskapsmøtet",
            meeting_date=date(2024, 3, 12),
            case_number="04-2024",
            point="1",
            verb="vedtar",
            wording="Partnerskapsmøtet vedtar handlingsplanen for 2024 med endringene fra møtet.",
        ),
    ),
    in_force_from=date(2024, 4, 1),
    published_from=date(2024, 3, 20),
    supersedes="Handlingsplan 2022–2023",
)
DRAFT = AdoptionFacts(
    community="Helsefellesskapet Fjord og vidde", state="draft", created=date(2025, 1, 7), version=1
)
RECEIVED = AdoptionFacts(
    community="Helsefellesskapet Fjord og vidde", state="received", created=date(2024, 3, 14), version=1
)
