"""The words that saksframlegg are made of: labels of header fields, headings of parts, plan titles."""

import re

from plans.document import CaseFieldKey, CasePartKind
from plans.importers.blocks import Table
from plans.importers.interpret.lines import Line

_FIELDS: dict[CaseFieldKey, str] = {
    "number": r"(?:utvalgs|utvals|møte)?saks?(?:nr|nummer|\s*nr|\s*nummer)?\.?",
    "organ": r"(?:råd/)?utvalg(?:snavn)?|organ|møte\s+i|behandl\w*\s+(?:i|av)|behandlende\s+organ|"
    r"handsamast\s+i",
    "case_worker": r"saksbehandler|saksbehandlar|saks?handsamar|saksansvarlig|saksansvarleg|forfatter",
    "document_date": r"dato\s*dok\.?|dok(?:ument)?(?:ets)?\.?\s*dato|dato|brevdato",
    "meeting_date": r"møtedato|dato\s+for\s+møte\w*|møtetidspunkt",
    "reference": r"(?:vår|deres|dykkar|vårt)\s+ref(?:eranse)?\.?|ref(?:eranse)?\.?|"
    r"arkiv(?:sak)?(?:\s*-?\s*(?:ref|nr|id|sak|saksnr|saksnummer))*\.?|journalpost(?:id)?",
}
_ANY_FIELD = re.compile(
    "|".join(rf"(?P<{key}>\b(?:{words})\s*:)" for key, words in _FIELDS.items()), re.IGNORECASE
)
# «Partnerskapsmøte sak 07-2021», «Sak SSU 12/23: Handlingsplan»
NUMBER = re.compile(
    r"^(?P<organ>.{0,60}?)\s*[-–:,]?\s*"
    r"\b(?P<label>(?:PM\s+|SSU\s+)?sak(?:snr|snummer)?\.?(?:\s*(?:nr|nummer)\.?)?)\s*:?\s*"
    r"(?P<number>(?:(?-i:[A-ZÆØÅ]{2,5})[\s-]+)?"
    r"(?:\d{1,3}\s?[-/]\s?\d{2,4}|\d{4}\s?[-/]\s?\d{1,4}))"
    r"\s*[-–:]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
ATTACHMENTS = re.compile(
    r"^(?:trykte?\s+|utrykte?\s+|utrykk?te\s+)?vedlegg\b\s*(?:\(.{0,12}\))?\s*(?::\s*(?P<one>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
DOCUMENT_KIND = re.compile(
    r"^(?:saksframlegg|saksfremlegg|saksdokument|saksutredning|saksutgreiing|møtesak|saksprotokoll)\s*:?$",
    re.IGNORECASE,
)
_PARTS: tuple[tuple[CasePartKind, str], ...] = (
    (
        "conclusion",
        r"(?:\w+s\s+)?forslag\s+til\s+(?:konklusjon|vedtak|beslutning|slutning)|"
        r"(?:endelig\s+)?(?:konklusjon|vedtak)|framlegg\s+til\s+vedtak",
    ),
    (
        "recommendation",
        r"(?:\w+s\s+)?(?:anbefaling|innstilling|tilråding|tilrådning|forslag\s+til\s+(?:innstilling|"
        r"anbefaling|tilråding))",
    ),
    ("background", r"(?:bakgrunn(?:en)?(?:\s+for\s+saken|\s+for\s+saka)?|historikk)"),
    (
        "presentation",
        r"(?:saksframstilling|saksfremstilling|saksframlegg|saksutredning|saksutgreiing|"
        r"saksopplysninger|saksopplysningar|sakens\s+innhold)",
    ),
    (
        "other",
        r"(?:vurdering(?:er|ar)?|økonomi\w*|konsekvenser|drøfting|sammendrag|samandrag|oppsummering|"
        r"videre\s+(?:prosess|arbeid)|vedtakskompetanse|lovgrunnlag|hjemmel|heimel)",
    ),
)
_PART = tuple((kind, re.compile(rf"^(?:{words})\s*:?$", re.IGNORECASE)) for kind, words in _PARTS)
PLAN_TITLE = re.compile(
    r"^(?:(?:utkast|forslag|framlegg)\s+til\s+|vedlegg\s*\d*\s*:?\s*)?(?:felles\s+)?"
    r"(?:\w*handlings\w*plan|tiltaksplan|\w*strategi|samhandlingsplan)\b(?!en)",
    re.IGNORECASE,
)


def is_number(line: Line) -> bool:
    found = NUMBER.match(line.text)
    return bool(found) and not line.text.rstrip().endswith(".") and line.kind != "item"


def part_kind(line: Line) -> CasePartKind | None:
    """Which part of a case this line heads, if it heads one."""
    if (
        line.kind not in {"heading", "paragraph", "item"}
        or not line.short(80)
        or (line.kind == "item" and line.level)
    ):
        return None
    return next((kind for kind, pattern in _PART if pattern.match(line.words)), None)


def fields_in(line: Line) -> list[tuple[CaseFieldKey, str, str]]:
    """(key, label, words) of each header field in the line; it must begin with one."""
    found = list(_ANY_FIELD.finditer(line.text))
    if not found or found[0].start() > 0:
        return []
    bounds = [*(m.start() for m in found[1:]), len(line.text)]
    fields: list[tuple[CaseFieldKey, str, str]] = []
    for m, end in zip(found, bounds, strict=True):
        key: CaseFieldKey = next(k for k in _FIELDS if k == m.lastgroup)
        fields.append((key, m[0].strip().rstrip(":").strip(), line.text[m.end() : end].strip()))
    return fields


def is_field_table(line: Line) -> bool:
    """A table of two columns whose first holds the labels of header fields."""
    if not isinstance(line.block, Table) or not line.block.rows:
        return False
    labels = [row.cells[0].text.strip().rstrip(":") + ":" for row in line.block.rows if row.cells]
    fit = sum(bool(_ANY_FIELD.match(label)) for label in labels)
    return all(len(row.cells) == 2 for row in line.block.rows) and fit * 2 > len(labels)


def field_key(label: str) -> CaseFieldKey | None:
    """What a label in a table of header fields means."""
    found = _ANY_FIELD.match(f"{label.rstrip(':').strip()}:")
    return next((key for key in _FIELDS if found and key == found.lastgroup), None)
