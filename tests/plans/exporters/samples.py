"""Plans of our own writing in the shapes that real ones have, for looking at and for testing with."""

import hashlib
import io
from collections.abc import Iterable
from datetime import date

from PIL import Image, ImageDraw

from plans.document import (
    Abbreviation,
    Body,
    Deadline,
    Figure,
    Goal,
    Measure,
    Period,
    PlanDocument,
    Responsible,
    Section,
    Status,
)
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

_BODIES = {
    "FSU BU": Body(
        kind="committee", key="fsu-bu", name="Faglig samarbeidsutvalg for barn og unge", short="FSU BU"
    ),
    "SEKR": Body(kind="role", key="sekr", name="Sekretariatet for helsefellesskapet", short="SEKR"),
    "SSU": Body(kind="committee", key="ssu", name="Strategisk samarbeidsutvalg", short="SSU"),
}
_AREAS = (
    (
        "Sammenhengende forløp for de som trenger mye",
        (
            (
                "Trygge overganger mellom tjenestene",
                (
                    ("Lage en felles sjekkliste for utskriving til kommunal oppfølging", "SEKR"),
                    (
                        "Prøve ut faste kontaktpersoner i tre kommuner, og vurdere ordningen etter ett år",
                        "Kommunene",
                    ),
                    ("Holde to møter i året der pasienter og pårørende forteller om egne overganger", "SSU"),
                ),
            ),
            (
                "Tidlig hjelp til barn og unge",
                (
                    (
                        "Beskrive hvem som gjør hva når en ungdom trenger både skole og poliklinikk",
                        "FSU BU",
                    ),
                    ("Opplæring i kartleggingssamtaler for helsesykepleiere", "FSU BU, SEKR"),
                ),
            ),
            (
                "Felles beredskap ved akutt sykdom",
                (
                    ("Øve på transport i uvær sammen med ambulansetjenesten", "Sykehuset og kommunene"),
                    ("Oppdatere planen for varsling mellom legevakt og akuttmottak", "Samhandl.-lederne"),
                    ("Gå gjennom ti hendelser hvert år og dele det vi lærer", "SSU, FSU BU"),
                    ("Teste felles radionett i alle kommuner", "Kommunene"),
                ),
            ),
        ),
    ),
    (
        "Helse der folk bor",
        (
            (
                "Digital hjemmeoppfølging blir vanlig",
                (
                    ("Samle erfaringene fra to prøveprosjekter i en felles veileder", "SEKR"),
                    ("Avklare hvem som svarer på målinger om kvelden og i helgene", "SSU"),
                ),
            ),
            (
                "Folk får hjelp til å mestre egen sykdom",
                (
                    ("Tilby startkurs i alle kommuner, også på nett", "Kommunene"),
                    ("La brukerorganisasjonene holde en del av kursene", "Felles"),
                    ("Lage oversikt over frisklivstilbud og holde den ved like", "SEKR"),
                ),
            ),
            (
                "Skrøpelige eldre får en plan de kjenner",
                (
                    (
                        "Innføre samtale om hva som er viktig for den enkelte, ved alle innleggelser",
                        "Sykehuset",
                    ),
                    (
                        "Gjennomgå legemidlene sammen med fastlegen innen fjorten dager",
                        "Fastlegene og sykehuset",
                    ),
                ),
            ),
        ),
    ),
    (
        "Folk og kunnskap",
        (
            (
                "Vi får tak i folk og beholder dem",
                (
                    ("Lage felles introduksjon for nyansatte i kommunene og på sykehuset", "Felles"),
                    ("Prøve ut delte stillinger for spesialsykepleiere", "Sykehuset og kommunene"),
                    ("Søke om midler til hospitering", "SEKR"),
                ),
            ),
            (
                "Vi lærer av hverandre",
                (
                    ("Arrangere fagdag om psykisk helse og rus hver høst", "FSU BU, SSU"),
                    ("Dele opptak av internundervisning", "Sykehuset"),
                    ("Opprette et nettverk for fagutviklere", "SEKR"),
                    ("Skrive en kort rapport om hospiteringen", "SEKR"),
                ),
            ),
            (
                "Forskning kommer alle til gode",
                (
                    ("Invitere kommunene inn i to studier om hjemmesykehus", "Sykehuset"),
                    ("Gi fastlegene oversikt over studier som tar imot pasienter", "Sykehuset"),
                ),
            ),
        ),
    ),
)


def responsible(words: str) -> Responsible:
    parties = tuple(words.replace(" og ", ", ").split(", "))
    return Responsible(text=words, parties=parties, bodies=tuple(_BODIES[p] for p in parties if p in _BODIES))


def table_plan() -> PlanDocument:
    """3 focus areas, 9 goals, 25 measures lettered through each table, as the model plan has them."""
    areas = tuple(_area(number, *area) for number, area in enumerate(_AREAS, start=1))
    return PlanDocument(
        title="Handlingsplan 2024",
        subtitle="for Helsefellesskapet Fjord og vidde",
        vision="«Nær når det trengs, sterk når det haster»",
        period=Period(text="Planen gjelder for 2024.", start="2024-01-01", end="2024-12-31"),
        abbreviations=(
            Abbreviation(short="SSU", long="strategisk samarbeidsutvalg"),
            Abbreviation(short="FSU BU", long="faglig samarbeidsutvalg for barn og unge"),
            Abbreviation(short="PM", long="partnerskapsmøtet"),
            Abbreviation(short="SEKR", long="helsefellesskapets sekretariat"),
        ),
        sections=(
            Section(
                key="s1",
                number="1",
                heading="Innledning",
                body=(
                    "<p>Kommunene og sykehuset har ansvar for de samme innbyggerne. Når ansvaret skifter "
                    "hender, er det vi som må sørge for at ingen faller mellom to stoler. Denne planen sier "
                    "hva vi skal gjøre sammen det neste året, hvem som har ansvaret, og hvordan vi vil vite "
                    "om det virker.</p><p>Planen bygger på "
                    '<a href="https://helsefellesskap.example/avtale">partnerskapsavtalen</a> '
                    "og på nasjonale mål for samhandling. Den er laget av sekretariatet etter innspill fra "
                    "kommunene, fastlegene og brukerutvalget.</p>"
                    "<p>Vi vil at innbyggerne skal oppleve at</p>"
                    "<ul><li>de blir hørt, og får informasjon som de forstår</li>"
                    "<li>tjenestene kjenner hverandre og vet hva det neste leddet trenger</li>"
                    "<li>hjelpen kommer tidlig, og så nær hjemmet som mulig<ul><li>også der det er langt til "
                    "nærmeste sykehus</li></ul></li></ul>"
                ),
            ),
            Section(
                key="s2",
                number="2",
                heading="Innsatsområder",
                body="<p>Partnerskapsmøtet har valgt tre områder der vi vil gjøre mest sammen.</p>",
                sections=areas,
            ),
            Section(
                key="s3",
                number="3",
                heading="Veien videre",
                body="<p>Sekretariatet følger opp planen og legger fram en status for strategisk "
                "samarbeidsutvalg to ganger i året. Det som ikke er ferdig, vurderes på nytt.</p>",
            ),
        ),
    )


def _area(number: int, heading: str, goals: Iterable[tuple[str, tuple[tuple[str, str], ...]]]) -> Section:
    letters = iter("abcdefghijklmn")
    return Section(
        key=f"s2.{number}",
        number=f"2.{number}",
        heading=heading,
        columns=("Hva vil vi?", "Hvordan få det til?", "Ansvarlig"),
        body=f"<p><strong>Helsefellesskapet vil satse på {heading.lower()}.</strong> Det betyr at vi skal</p>"
        "<ul><li>planlegge sammen, og i god tid</li><li>bruke det som allerede virker</li>"
        "<li>gi plass til dem det gjelder</li></ul>",
        goals=tuple(
            Goal(
                key=f"g{number}.{place}",
                text=goal,
                html=f"<strong>{goal}</strong>",
                measures=tuple(
                    Measure(
                        key=f"m{number}.{place}.{nr}",
                        label=next(letters),
                        text=words,
                        html=words,
                        responsible=responsible(who),
                    )
                    for nr, (words, who) in enumerate(measures)
                ),
            )
            for place, (goal, measures) in enumerate(goals)
        ),
    )


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
