"""Who is responsible, split into names. The words as written are kept beside the names."""

import re

from plans.document import Responsible

_HARD = re.compile(
    r"[,;\n+&•]|(?<!\bv)(?<!\bm)/|\s+(?:samt|og/eller|eller|i\s+samarbeid\s+med|i\s+samråd\s+med|saman\s+med|"
    r"sammen\s+med)\s+|\bog/eller\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:og|and)\s+", re.IGNORECASE)
# Parties that are written with a small letter; «psykisk helse og rus» is one name, «UNN og kommunene» two.
_SMALL = re.compile(
    r"^(?:alle\s+|øvrige\s+|de\s+|den\s+enkelte\s+|involverte\s+|aktuelle\s+|hver\s+)*"
    r"(?:[a-zæøå]*kommun\w*|fastleg\w*|lege\w*|helseforetak\w*|føretak\w*|helseføretak\w*|"
    r"foretak\w*|sjukehus\w*|"
    r"sykehus\w*|bruker\w*|brukar\w*|pasient\w*|pårørende\w*|sekretariat\w*|statsforvalter\w*|"
    r"fylkeskommun\w*|"
    r"fagutval\w*|fagråd\w*|utval\w*|arbeidsgrupp\w*|partner\w*|part\w*|klinikk\w*|avdeling\w*|ledere?n?e?|"
    r"tillitsvalgte?|verneombud\w*|samhandlings\w*|spesialisthelsetjeneste\w*|"
    r"primærhelsetjeneste\w*|tjeneste\w*|"
    r"universitet\w*|høgskol\w*|høyskol\w*|frivillig\w*|legevakt\w*|helseplattform\w*|ks|psu|ssu|fsu|pm)\b"
)
_ONE_NAME = re.compile(r"^helsefelles+kap\w*\b", re.IGNORECASE)
_LEADING_AND = re.compile(r"^(?:og|and)\s+", re.IGNORECASE)
_SHORTENED = re.compile(
    r"\b\w+\.\w+\.$|\b(?:avd|komm|repr|ev|evt)\.$", re.IGNORECASE
)  # «m.fl.» keeps its stop
_BARE_GROUP = re.compile(r"^(?:alle\s+)?FSU(?:-?ene|-?er|ar|-?ane)?$")


def split(text: str) -> tuple[str, ...]:
    """The names in the words, as written and in order; «Felles» and «Alle» are names too."""
    names: list[str] = []
    for piece in _outside_brackets(text):
        names += _by_and(piece)
    cleaned = (_LEADING_AND.sub("", name.strip(" \t:–-")) for name in names)
    whole = (name if _SHORTENED.search(name) else name.rstrip(".") for name in cleaned)
    return tuple(dict.fromkeys(name for name in whole if re.search(r"\w", name)))


def of_words(text: str) -> Responsible | None:
    return Responsible(text=text, parties=split(text)) if text.strip() else None


def bare_groups(responsible: Responsible) -> list[str]:
    """The names that stand for a whole group of committees: «FSU» without saying which."""
    return [name for name in responsible.parties if _BARE_GROUP.match(name)]


def _outside_brackets(text: str) -> list[str]:
    """Split at commas and their like, but never inside a bracket."""
    pieces, start, at = [], 0, 0
    for mark in _HARD.finditer(text):
        before = text[: mark.start()]
        if mark.start() < at or before.count("(") > before.count(")"):
            continue
        pieces.append(text[start : mark.start()])
        start = at = mark.end()
    return [*pieces, text[start:]]


def _by_and(piece: str) -> list[str]:
    if _ONE_NAME.match(piece.strip()):
        return [piece]
    names, start = [], 0
    for mark in _AND.finditer(piece):
        left, right = piece[start : mark.start()], piece[mark.end() :]
        if left.count("(") > left.count(")") or left.rstrip().endswith("-"):
            continue
        if _begins_a_name(right) and left.strip():
            names.append(left)
            start = mark.end()
    return [*names, piece[start:]]


def _begins_a_name(words: str) -> bool:
    return words[:1].isupper() or (bool(_SMALL.match(words.lower())) and words[:1].islower())
