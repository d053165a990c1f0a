"""Status in words: what is certain gets a value, what is not keeps its words alone."""

import re

from plans.document import Status, StatusValue

# In order: a longer phrase stands before the shorter one it holds.
_PHRASES: tuple[tuple[StatusValue | None, str], ...] = (
    ("not_started", r"(?:ikke|ikkje|ei)\s+(?:enda\s+|ennå\s+|enno\s+)?(?:på)?(?:startet?|starta)(?:\s+opp)?"),
    (
        "not_started",
        r"(?:ikke|ikkje)\s+(?:enda\s+|ennå\s+|enno\s+)?(?:påbegynt|påbyrja|påbyrjet|begynt|byrja)",
    ),
    (
        "not_started",
        r"(?:ikke|ikkje)\s+(?:enda\s+|ennå\s+|enno\s+)?(?:igangsatt|igangsett|iverksatt|i\s+gang)",
    ),
    # «ikke etablert», «ikke ferdig»: what it is instead, they do not say.
    (None, r"(?:er\s+)?(?:ikke|ikkje)\s+(?:enda\s+|ennå\s+|enno\s+)?[a-zæøå]+"),
    (None, r"(?:delvis|nesten|snart|straks|halvveis)\s+[a-zæøå]+"),
    (None, r"(?:er|ble|blei|vart|har\s+blitt)\s+(?:etablert|opprettet|oppretta|nedsatt|nedsett)"),
    (None, r"(?:etablert|opprettet|oppretta)"),
    ("ongoing", r"pågår|pågående|pågåande|(?:har|er|ble)\s+(?:på)?(?:startet|starta)(?:\s+opp)?"),
    (
        "ongoing",
        r"(?:er\s+)?(?:godt\s+)?i\s+gang(?:satt|sett)?|igangsatt|igangsett|påbegynt|påbyrja|"
        r"under\s+arbeid",
    ),
    ("ongoing", r"startet|starta|i\s+prosess|under\s+arbeid|i\s+arbeid"),
    ("continuous", r"kontinuerlig|kontinuerleg|løpende|løpande|fortløpende|fortløpande"),
    (
        "completed",
        r"(?:er\s+)?(?:gjennomført|fullført|sluttført|avsluttet|avslutta|ferdigstilt|ferdig|utført|"
        r"oppnådd)",
    ),
    ("postponed", r"(?:er\s+)?(?:utsatt|utsett)|utsettes"),
    ("dropped", r"utgår|utgått|(?:går|gått)\s+ut"),
    ("carried_over", r"(?:er\s+)?(?:videreført|vidareført)|videreføres|vidareførast|føres\s+videre"),
    ("planned", r"(?:er\s+)?planlagt|planlagd|planlegges|planleggast|under\s+planlegging"),
)
_ANY = re.compile("|".join(rf"(?P<p{i}>\b(?:{p})\b)" for i, (_, p) in enumerate(_PHRASES)), re.IGNORECASE)
# «skal være gjennomført», «når det er etablert»: a wish or a condition says nothing of how it goes.
_NOT_YET = re.compile(r"\b(?:skal|bør|må|kan|vil|når|hvis|dersom|før|innen|etter\s+at|blir)\b", re.IGNORECASE)
# «X – pågår, videreføres», «X: pågående», «X (ikke startet)»; or, with less certainty, «X, er gjennomført».
_TAILS = (
    re.compile(r"(?:\s*[-–—:]\s+|\s+[-–—]\s*|\(\s*)([^-–—:()]{2,60}?)\s*[.)]*\s*$"),
    re.compile(r",\s+([^-–—:(),]{2,60}?)\s*\.?\s*$"),
)
_DASH = re.compile(r"\s*[-–—]\s+([^-–—]{2,60}?)\s*\.?\s*$")
_VERB = re.compile(
    r"\b(?:pågår|(?:har|er)\s+(?:på)?(?:startet|starta)(?:\s+opp)?|er\s+(?:godt\s+)?i\s+gang(?:satt|sett)?|er\s+igangsatt|"
    r"(?:er\s+)?(?:ikke|ikkje)\s+(?:etablert|oppretta?e?t?|(?:på)?starte?a?t?|påbegynt|i\s+gang|igangsatt)|"
    r"(?:er|ble)\s+(?:etablert|opprettet|oppretta|gjennomført|fullført|ferdigstilt|avsluttet|utsatt|videreført)|"
    r"utgår)\b",
    re.IGNORECASE,
)
# What may follow a status: «utsatt til 2025», «pågår, videreføres»; «ferdig behandlet pasient» is none.
_GOES_ON = re.compile(
    r"\W*$|\s*[,;.]|\s+(?:i|til|av|fra|frå|siden|sidan|på|for|per|pr|og|men|våren|høsten|hausten|\d)\b",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?:pågående|pågåande|kontinuerlig|kontinuerleg|(?:fort)?løp[ae]nde)$", re.IGNORECASE
)
_TAIL_WORDS = 6
_LINE = re.compile(r"^status(?:\s+\w+)?\s*:\s*(?P<words>\S.*)$", re.IGNORECASE)


def value_of(words: str) -> StatusValue | None:
    """The value these words certainly mean, else None."""
    if _NOT_YET.search(words):
        return None
    found = [_PHRASES[int((m.lastgroup or "p0")[1:])][0] for m in _ANY.finditer(words)]
    return found[0] if len(set(found)) == 1 else None


def of_cell(words: str) -> Status | None:
    """The status that a table's status column gives."""
    return Status(text=words, value=value_of(words)) if words.strip() else None


def of_line(text: str) -> Status | None:
    """The status that a line of its own gives: «Status: pågår», «Status juni: pågår»."""
    told = _LINE.match(text)
    return of_cell(told["words"]) if told else None


def in_sentence(text: str) -> Status | None:
    """The status that a line's own words give: at its end («X – pågående»), or as its verb.

    None where the line says nothing of how it goes.
    """
    for pattern in _TAILS:
        if (tail := pattern.search(text)) and (found := only_status(tail[1])):
            return found
    if (verb := _VERB.search(text)) and not _NOT_YET.search(text[: verb.start()]):
        return Status(text=verb[0], value=value_of(verb[0]))
    return None


def at_end(text: str) -> Status | None:
    """The status after a dash at the line's end only: for texts where verbs tell other things."""
    tail = _DASH.search(text)
    return only_status(tail[1]) if tail else None


def only_status(text: str) -> Status | None:
    """The status where the words say nothing else: «Utsatt til 2023», «pågående arbeid»."""
    words = text.strip(" .–-")
    found = _ANY.match(words)
    if not found or len(words.split()) > _TAIL_WORDS:
        return None
    rest = words[found.end() :]
    attributive = _ATTRIBUTE.match(found[0]) and len(rest.split()) <= 3
    return Status(text=words, value=value_of(words)) if attributive or _GOES_ON.match(rest) else None
