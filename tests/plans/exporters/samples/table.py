"""A plan as most secretariats write theirs: focus areas with goals and measures in tables."""

from collections.abc import Iterable

from plans.document import Abbreviation, Body, Goal, Measure, Period, PlanDocument, Responsible, Section

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
