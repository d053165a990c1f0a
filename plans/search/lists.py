"""The lists behind our Norwegian: our own, short, and for the words of plans. No Django."""

import re


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Too common to look for, in both written forms; a few of English, for plans that are translated.
SMALL_WORDS = frozenset(
    _listed("""
    alle at av bli blir da de dei dem den denne der dere det dette deg disse du eg ei ein eit en er et etter
    for fra frå før ha har han her ho hun hva hvem hver hvilke hvilken hvor hvordan i ifm ift inn jeg kan
    korleis kva kven kvar man med mellom men mot må når og også om opp oss på så seg si sin sine skal skulle
    som til ut vart var ved vere vert vi vil være å òg
    and of the with
    """)
)

# Nynorsk → bokmål, and what is bent like no other: whole words.
SAME = {
    "born": "barn",
    "eigen": "egen",
    "eigne": "egne",
    "gjere": "gjøre",
    "ikkje": "ikke",
    "krefter": "kraft",
    "kreftene": "kraft",
    "kvifor": "hvorfor",
    "kvart": "hvert",
    "nokon": "noen",
    "nokre": "noen",
    "noko": "noe",
    "open": "åpen",
    "opne": "åpne",
    "sentra": "senter",
    "sentre": "senter",
    "vedtek": "vedtar",
    "vedteke": "vedtatt",
    "vedteken": "vedtatt",
}

# Nynorsk → bokmål inside words, in this order; an older or a side form → the usual one.
INSIDE = [
    (re.compile(pattern), to)
    for pattern, to in (
        ("rettlei", "veiled"),
        ("leiing", "ledels"),
        ("leiar", "leder"),
        ("sjuk", "syk"),
        ("tenest", "tjenest"),
        ("føretak", "foretak"),
        ("heilskap", "helhet"),
        ("heil", "hel"),
        ("heim", "hjem"),
        ("einsemd", "ensomhet"),
        ("verksemd", "virksomhet"),
        ("moglegheit", "mulighet"),
        ("mogleg", "mulig"),
        ("naudsynt", "nødvendig"),
        ("naud", "nød"),
        ("tilbod", "tilbud"),
        ("utval(?![gt])", "utvalg"),
        ("(?<!m)eining", "enhet"),
        ("verknad", "virkning"),
        ("medverk", "medvirk"),
        ("påverk", "påvirk"),
        ("handsam", "behandl"),
        ("tilvis", "henvis"),
        ("laup", "løp"),
        ("gong", "gang"),
        ("løys", "løs"),
        ("høyr", "hør"),
        ("sjølv", "selv"),
        ("lækjar", "lege"),
        ("gjev", "giv"),
        ("skrev", "skriv"),
        ("røynsl", "erfaring"),
        ("bustad", "bosted"),
        ("stad", "sted"),
        ("jamn", "jevn"),
        ("skule", "skole"),
        ("kjeld", "kild"),
        ("månad", "måned"),
        ("opning", "åpning"),
        ("vidare", "videre"),
        ("saman", "sammen"),
        ("fleir", "fler"),
        ("frå", "fra"),
        ("frem", "fram"),
        ("(?<!for)midl(er|ar|ene|ane)(?=s?$)", "middel"),
        ("^auk", "øk"),
        ("^vek(?=[ea])", "uk"),
        # «byggje», «følgje», «tenkje», «innbyggjar»
        ("(?<=[lnrgk])([gk])j(?=[eai])(?!en)", r"\1"),
        ("ønskj", "ønsk"),
        # «-heit» and «-leik» are «-het», «-ande» is «-ende»
        ("heit", "het"),
        ("(?<=[^\\W\\d_]{3})leik(?=a$|en$|ar$|$)", "het"),
        ("ande(?=s?$)", "ende"),
        # «fagleg», but a «fastlege» is a doctor
        ("(?<=[^\\W\\d_]{2})leg$", "lig"),
        (
            "(^fag|rfag|^år|^dag|gjenge|natur|ffent|nsvar|erson|krift|^van|^ende|elhet|måned|amfunn)lege$",
            r"\1lige",
        ),
        # «forskning» and «forsking», «løsning» and «løysing»
        ("ning(?=$|a$|ar|e[nr]|s)", "ing"),
    )
]

# Ending → what it becomes, the longest first; the letters before it are at least so many.
ENDINGS = sorted(
    [
        *((ending, "ing", 1) for ending in _listed("ingene ingane ingen inger ingar inga")),
        *((ending, "else", 1) for ending in _listed("elsene elsen elser")),
        *((ending, "het", 1) for ending in _listed("hetene heten heter")),
        *((ending, "", 4) for ending in _listed("ing else het")),
        *((ending, "", 3) for ending in _listed("ernes erne ere ers er ert erte erer en ene enes ens")),
        *((ending, "", 3) for ending in _listed("et ets a ane anes ar arar arane ars e")),
        ("igt", "ig", 2),
    ],
    key=lambda ending: -len(ending[0]),
)

# English words with a plural of their own, each by the other.
ENGLISH_PAIRS = {
    one: {other}
    for pair in ("child children", "person people", "woman women")
    for one, other in (pair.split(), pair.split()[::-1])
}

# Common in these compounds, and known before any plan is.
SEEDS = _listed("""
    ansvar arbeid avdeling avtale avvik barn behandling behov beredskap besøk bolig bruker data demens dialog
    digital dokument eldre erfaring fag familie forløp forskning fødsel gruppe helse hjelp hjem hjerte hverdag
    innbygger innsats kartlegging kommune kompetanse kontakt koordinator kreft kunnskap kvalitet lege legevakt
    liste læring medisin melding mestring møte nettverk område omsorg opplæring pasient plan pleie plikt
    prosedyre psykisk punkt rapport rehabilitering ressurs rettighet risiko rutine råd samarbeid samhandling
    samtale senter sikkerhet skjema skole smerte spesialist språk støtte status syke sykehjem sykehus tid
    tilbud tiltak time tjeneste transport trygghet ungdom utskriving utvalg vakt vaksine vedtak vold
""")
# Three letters are too few to be trusted as a part, but for these.
SHORT = frozenset(_listed("dag fag hus lag lov lyd mål rom rus råd sak syn tid tre veg vei"))
# What begins a word without being a part of it, and what only looks like a word at its end.
NO_PARTS = _listed("""
    ansatt ende enhet enkel etter fram full fylke gjennom grunn inne innen lett lige likhet mellom over rett
    sammen satt selv sett skap slag sted stor størst tilbake under uten videre viktig ytter
""")
