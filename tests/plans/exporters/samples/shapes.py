"""The other shapes: a strategy, bullets, status by area, one long table, figures."""

import hashlib
import io

from PIL import Image, ImageDraw

from plans.document import Deadline, Figure, Goal, Measure, Period, PlanDocument, Section, Status

from .table import responsible


def strategy() -> PlanDocument:
    """Prose only, adopted section by section, down to the fourth level."""
    body = (
        "<p>Vi vil bygge tjenester som henger sammen, fordi de som trenger oss mest, møter flest av oss. "
        "Det krever at vi kjenner hverandres hverdag, deler det vi vet, og er enige om hva som haster.</p>"
    ) * 3
    return PlanDocument(
        kind="strategy",
        read_as="strategy",
        title="Strategi for helsefellesskapet 2024–2028",
        sections=(
            Section(
                key="1",
                number="1",
                heading="Visjon og verdier",
                body=body,
                adoption_note="vedtatt i SSU 14.06.2023",
            ),
            Section(
                key="2",
                number="2",
                heading="Satsingsområder",
                sections=(
                    Section(
                        key="2.1",
                        number="2.1",
                        heading="Barn og unge",
                        body=body + "<h5>Utfordringer</h5>" + body + "<h4>Valg</h4>" + body,
                        sections=(
                            Section(
                                key="2.1.1",
                                number="2.1.1",
                                heading="Tidlig innsats",
                                body=body,
                                sections=(Section(key="4", number="2.1.1.1", heading="I skolen", body=body),),
                            ),
                        ),
                    ),
                    Section(key="2.2", number="2.2", heading="Skrøpelige eldre", body=body * 3),
                ),
            ),
        ),
    )


def bullets_plan() -> PlanDocument:
    """Goals with measures as plain lines: nobody responsible, no dates; Northern Sámi names among them."""
    lines = (
        "Møteplass for Kárášjohka, Guovdageaidnu og Deatnu hvert halvår",
        "Tolk i alle samtaler der det trengs: «čálli», «đokumeanta», «maŋŋel», «šaddat», «ŧ», «ž»",
        "Felles opplæring i samisk kulturforståelse",
    )
    return PlanDocument(
        read_as="bullets",
        title="Handlingsplan",
        period=Period(text="", start="2022-01-01", end_event="partnerskapsmøtet 2023"),
        sections=(
            Section(
                key="s",
                goals=(
                    Goal(
                        key="g0", text="Pasientgruppene", patient_groups=("children_youth", "frail_elderly")
                    ),
                    Goal(
                        key="g1",
                        text="Språk og kultur",
                        measures=tuple(Measure(key=f"m{i}", text=words) for i, words in enumerate(lines)),
                    ),
                    Goal(key="g2", text="Et mål uten tiltak"),
                ),
            ),
        ),
    )


def status_plan() -> PlanDocument:
    """Numbered areas with status in words, something struck out, and more columns than the page holds."""
    return PlanDocument(
        read_as="numbered_areas",
        title="Status for handlingsplanen",
        sections=(
            Section(
                key="s1",
                heading="Status per område",
                goals=(
                    Goal(
                        key="g1",
                        label="1",
                        text="Digital samhandling",
                        status=Status(text="Pågående", value="ongoing"),
                        body="<p>Arbeidet er i gang i fire kommuner.</p>",
                        measures=(
                            Measure(
                                key="m1",
                                label="1.1",
                                text="Felles plan for digital hjemmeoppfølging",
                                responsible=responsible("SEKR"),
                                deadline=Deadline(text="", date="2024-12-01"),
                                status=Status(text="", value="not_started"),
                                indicator="Antall kommuner i drift",
                                extra={"Økonomi": "Innenfor rammen", "Merknad": "Ses sammen med område 3"},
                                patient_groups=("frail_elderly",),
                            ),
                            Measure(
                                key="m2",
                                label="1.2",
                                text="Utgått tiltak",
                                html="Utgått <s>tiltak</s>",
                                struck=True,
                            ),
                        ),
                    ),
                    Goal(
                        key="g12",
                        label="12",
                        text="Hospitering",
                        struck=True,
                        status=Status(text="Ikke startet"),
                    ),
                ),
            ),
        ),
    )


def many_measures(count: int = 300) -> PlanDocument:
    """A table without a goal column: everything on one goal without words."""
    return PlanDocument(
        title="P",
        sections=(
            Section(
                key="s",
                heading="Tiltak",
                goals=(
                    Goal(
                        key="g",
                        measures=tuple(
                            Measure(
                                key=f"m{i}",
                                label=str(i + 1),
                                text=f"Tiltak nummer {i + 1} i en lang rekke som skal stå i rett orden",
                                responsible=responsible("SEKR, SSU"),
                                deadline=Deadline(text="høsten 2025"),
                            )
                            for i in range(count)
                        ),
                    ),
                ),
            ),
        ),
    )


def picture() -> bytes:
    image = Image.new("RGBA", (900, 420), (238, 244, 246, 255))
    pen = ImageDraw.Draw(image)
    for place, height in enumerate((120, 210, 180, 320)):
        pen.rectangle((90 + place * 200, 400 - height, 210 + place * 200, 400), fill=(11, 79, 108, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def figure_plan() -> tuple[PlanDocument, dict[str, bytes]]:
    """A figure that can be shown, one whose file is broken, and a table with merged cells in the text."""
    data = picture()
    sha = hashlib.sha256(data).hexdigest()
    document = PlanDocument(
        title="Plan med figur",
        sections=(
            Section(
                key="s1",
                number="1",
                heading="Utvikling",
                body="<p>Bruken øker.</p><table><tr><th>År</th><th>Tall</th></tr>"
                '<tr><td rowspan="2">2023</td><td>12</td></tr><tr><td>14</td></tr></table>',
                figures=(
                    Figure(
                        sha256=sha,
                        media_type="image/png",
                        alt="Søylediagram: 12, 21, 18 og 32 brukere.",
                        caption="Figur 1. Brukere",
                    ),
                    Figure(sha256="0" * 64, media_type="image/png", alt="Kart over kommunene"),
                ),
            ),
        ),
    )
    return document, {sha: data, "0" * 64: b"not a picture"}
