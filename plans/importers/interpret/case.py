"""The saksframlegg that a plan came in: header fields, attachments, recommendation and the other parts."""

import re
from collections.abc import Sequence

from plans.document import Case, CaseField, CaseFieldKey, CasePart, CasePartKind
from plans.importers.blocks import Table
from plans.importers.interpret import period
from plans.importers.interpret.columns import header_of
from plans.importers.interpret.dates import only_date
from plans.importers.interpret.headings import is_known_heading
from plans.importers.interpret.lines import Line
from plans.importers.interpret.notes import Notes
from plans.importers.interpret.render import body

_FIELDS: dict[CaseFieldKey, str] = {
    "number": r"(?:utvalgs|utvals|møte)?saks?(?:nr|nummer|\s*nr|\s*nummer)?\.?",
    "organ": r"(?:råd/)?utvalg(?:snavn)?|organ|møte\s+i|behandl\w*\s+(?:i|av)|behandlende\s+organ|handsamast\s+i",
    "case_worker": r"saksbehandler|saksbehandlar|saks?handsamar|saksansvarlig|saksansvarleg|forfatter",
    "document_date": r"dato\s*dok\.?|dok(?:ument)?(?:ets)?\.?\s*dato|dato|brevdato",
    "meeting_date": r"møtedato|dato\s+for\s+møte\w*|møtetidspunkt",
    "reference": r"(?:vår|deres|dykkar|vårt)\s+ref(?:eranse)?\.?|ref(?:eranse)?\.?|arkiv(?:sak)?(?:\s*-?\s*(?:ref|nr|id|sak|saksnr|saksnummer))*\.?|journalpost(?:id)?",
}  # fmt: skip
_ANY_FIELD = re.compile(
    "|".join(rf"(?P<{key}>\b(?:{words})\s*:)" for key, words in _FIELDS.items()), re.IGNORECASE
)
_NUMBER = re.compile(
    r"^(?P<organ>.{0,60}?)\s*[-–:,]?\s*\b(?P<label>(?:PM\s+|SSU\s+)?sak(?:snr|snummer)?\.?(?:\s*(?:nr|nummer)\.?)?)\s*:?\s*"
    r"(?P<number>\d{1,3}\s?[-/]\s?\d{2,4}|\d{4}\s?[-/]\s?\d{1,4})\s*[-–:]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)  # fmt: skip
_ATTACHMENTS = re.compile(r"^(?:trykte?\s+|utrykte?\s+|utrykk?te\s+)?vedlegg\b\s*(?:\(.{0,12}\))?\s*(?::\s*(?P<one>.*))?$", re.IGNORECASE | re.DOTALL)  # fmt: skip
_PARTS: tuple[tuple[CasePartKind, str], ...] = (
    ("conclusion", r"(?:\w+s\s+)?forslag\s+til\s+(?:konklusjon|vedtak|beslutning|slutning)|(?:endelig\s+)?(?:konklusjon|vedtak)|framlegg\s+til\s+vedtak"),
    ("recommendation", r"(?:\w+s\s+)?(?:anbefaling|innstilling|tilråding|tilrådning|forslag\s+til\s+(?:innstilling|anbefaling|tilråding))"),
    ("background", r"(?:bakgrunn(?:en)?(?:\s+for\s+saken|\s+for\s+saka)?|historikk)"),
    ("presentation", r"(?:saksframstilling|saksfremstilling|saksframlegg|saksutredning|saksutgreiing|saksopplysninger|saksopplysningar|sakens\s+innhold)"),
    ("other", r"(?:vurdering(?:er|ar)?|økonomi\w*|konsekvenser|drøfting|sammendrag|samandrag|oppsummering|videre\s+(?:prosess|arbeid)|vedtakskompetanse|lovgrunnlag|hjemmel|heimel)"),
)  # fmt: skip
_PART = tuple((kind, re.compile(rf"^(?:{words})\s*:?$", re.IGNORECASE)) for kind, words in _PARTS)
_PLAN_TITLE = re.compile(
    r"^(?:(?:utkast|forslag|framlegg)\s+til\s+|vedlegg\s*\d*\s*:?\s*)?(?:felles\s+)?(?:\w*handlings\w*plan|tiltaksplan|\w*strategi|samhandlingsplan)\b(?!en)",
    re.IGNORECASE,
)  # fmt: skip
_HEADER_LINES = 30
_ATTACHMENT_LONGEST = 200


def take_case(lines: list[Line], notes: Notes) -> tuple[Case | None, list[Line]]:
    """The case that the document is, or the conclusion that it ends with; and the lines that are left."""
    if _is_case(lines):
        reader = _CaseReader(lines, notes)
        rest = reader.read()
        conclusion, rest = _take_conclusion(rest, notes)
        return reader.case(conclusion), rest
    conclusion, rest = _take_conclusion(lines, notes)
    return (Case(parts=conclusion) if conclusion else None), rest


def _is_case(lines: Sequence[Line]) -> bool:
    head = [line for line in lines[:_HEADER_LINES] if line.is_words or line.kind == "table"]
    numbered = any(line.is_words and line.short(160) and _is_number(line) for line in head[:6])
    fields = sum(len(_fields_in(line)) for line in head if line.is_words and line.short(200))
    fields += sum(_is_field_table(line) * 2 for line in head)
    parts = sum(part_kind(line) is not None for line in lines)
    return fields >= 2 or (numbered and (fields >= 1 or parts >= 1))


def _is_number(line: Line) -> bool:
    found = _NUMBER.match(line.text)
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


def _fields_in(line: Line) -> list[tuple[CaseFieldKey, str, str]]:
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


def _is_field_table(line: Line) -> bool:
    """A table of two columns whose first holds the labels of header fields."""
    if not isinstance(line.block, Table) or not line.block.rows:
        return False
    labels = [row.cells[0].text.strip().rstrip(":") + ":" for row in line.block.rows if row.cells]
    fit = sum(bool(_ANY_FIELD.match(label)) for label in labels)
    return all(len(row.cells) == 2 for row in line.block.rows) and fit * 2 > len(labels)


class _CaseReader:
    def __init__(self, lines: list[Line], notes: Notes) -> None:
        self._lines = lines
        self._notes = notes
        self._title = ""
        self._fields: list[CaseField] = []
        self._attachments: list[str] = []
        self._parts: list[tuple[CasePartKind, str, list[Line]]] = []

    def case(self, conclusion: tuple[CasePart, ...]) -> Case:
        parts = tuple(CasePart(kind=k, heading=h, body=body(lines)) for k, h, lines in self._parts)
        return Case(
            title=self._title,
            fields=tuple(self._fields),
            attachments=tuple(self._attachments),
            parts=parts + conclusion,
        )

    def read(self) -> list[Line]:
        """Read the case; what is left is its plan."""
        at = 0
        while at < len(self._lines):
            if self._title and self._is_plan_start(at):
                return self._lines[at:]
            at = self._line(at)
        self._notes.add("hele dokumentet", "Fant en sak, men ingen plan i den.")
        return []

    def _line(self, at: int) -> int:
        """Take the line; the position of the next one."""
        line = self._lines[at]
        kind = part_kind(line)
        if kind:
            self._parts.append((kind, _whole(line), []))
            return at + 1
        if line.is_words and (found := _ATTACHMENTS.match(line.text)) and line.short(_ATTACHMENT_LONGEST):
            return self._take_attachments(at, found)
        if not self._parts:
            if self._take_fields(line, at):
                return at + 1
            if line.is_words and not self._title and line.short(200) and not line.footnotes:
                self._title = " ".join(line.printed.split())
                return at + 1
        elif self._heads_a_part(at):
            self._parts.append(("other", _whole(line), []))
            return at + 1
        if not self._parts:
            self._parts.append(("other", "", []))
        self._parts[-1][2].append(line)
        if line.kind == "figure":
            self._notes.add(line.at, "Et bilde i saken er ikke tatt med.")
        return at + 1

    def _heads_a_part(self, at: int) -> bool:
        line = self._lines[at]
        styled = line.kind == "heading" or (line.kind == "paragraph" and line.bold)
        return styled and line.short() and not line.text.endswith((".", ":")) and at + 1 < len(self._lines)

    def _take_fields(self, line: Line, at: int) -> bool:
        if _is_field_table(line) and isinstance(line.block, Table):
            for row in line.block.rows:
                label, words = (" ".join(cell.text.split()) for cell in row.cells)
                self._table_field(label, words, line)
            return True
        if not line.is_words or line.footnotes or line.made_label or not line.short(200):
            return False
        if fields := _fields_in(line):
            for key, label, words in fields:
                self._field(key, label, words)
            return True
        if at < 6 and not any(f.key == "number" for f in self._fields) and _is_number(line):
            found = _NUMBER.match(line.text)
            if found:
                if found["organ"].strip(" -–:,"):
                    self._field("organ", "", found["organ"].strip(" -–:,"))
                self._field("number", found["label"], found["number"])
                if found["rest"] and not self._title:
                    self._title = found["rest"]
                elif found["rest"]:
                    self._parts.append(("other", "", [line]))
                return True
        return False

    def _table_field(self, label: str, words: str, line: Line) -> None:
        found = _ANY_FIELD.match(f"{label.rstrip(':').strip()}:")
        if found:
            key: CaseFieldKey = next(k for k in _FIELDS if k == found.lastgroup)
            self._field(key, label.rstrip(":").strip(), words)
        elif label or words:
            self._notes.left_out(line.at, f"{label} {words}".strip(), "Feltet har ingen plass i saken.")

    def _field(self, key: CaseFieldKey, label: str, words: str) -> None:
        date = only_date(words) if key in {"document_date", "meeting_date"} else None
        self._fields.append(CaseField(key=key, label=label, text=words, date=date))

    def _take_attachments(self, at: int, found: re.Match[str]) -> int:
        line = self._lines[at]
        one = (found["one"] or "").strip()
        label = line.text[: found.start("one")].strip() if one else line.text
        self._notes.left_out(
            line.at, label, "Ledeteksten over vedleggene trengs ikke; vedleggene er tatt med."
        )
        if one:
            self._attachments.append(one)
        at += 1
        while at < len(self._lines) and self._is_attachment(at):
            self._attachments.append(_whole(self._lines[at]))
            at += 1
        return at

    def _is_attachment(self, at: int) -> bool:
        line = self._lines[at]
        if (
            line.kind not in {"paragraph", "item"}
            or not line.text
            or line.footnotes
            or len(line.text) > _ATTACHMENT_LONGEST
        ):
            return False
        if line.bold or line.style.lower() == "title" or part_kind(line) or _fields_in(line):
            return False
        return line.kind == "item" or not (self._is_plan_start(at) or is_known_heading(line))

    def _is_plan_start(self, at: int) -> bool:
        """Whether the plan's own title stands here, or else the heading over a plan table."""
        line = self._lines[at]
        if (
            line.kind not in {"heading", "paragraph"}
            or not line.short(160)
            or line.text.endswith((".", ":", ";"))
        ):
            return False
        below = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if isinstance(below.block if below else None, Table) and header_of(below.block):  # type: ignore[union-attr, arg-type]
            return bool(self._parts) and not part_kind(line)
        if not _PLAN_TITLE.match(line.text) or below is None:
            return False
        if line.kind == "heading" or line.bold or line.after_gap or line.style.lower() == "title":
            return bool(self._parts) or period.is_sentence(below)
        if period.is_sentence(below):
            return True
        heads = below.kind == "heading" or below.bold or is_known_heading(below)
        return heads and part_kind(below) is None


def _take_conclusion(lines: list[Line], notes: Notes) -> tuple[tuple[CasePart, ...], list[Line]]:
    """What stands under «Forslag til konklusjon» or «Forslag til vedtak», down to the next heading."""
    for at, line in enumerate(lines):
        if part_kind(line) != "conclusion" or at + 1 == len(lines):
            continue
        if (
            not line.words.casefold().startswith(("forslag", "framlegg"))
            and line.kind != "heading"
            and not line.bold
        ):
            continue
        end = at + 1
        while end < len(lines) and not _ends_conclusion(lines[end]):
            end += 1
        if end > at + 1:
            part = CasePart(kind="conclusion", heading=_whole(line), body=body(lines[at + 1 : end]))
            for inner in lines[at + 1 : end]:
                if inner.kind == "figure":
                    notes.add(inner.at, "Et bilde i konklusjonen er ikke tatt med.")
            return (part,), lines[:at] + lines[end:]
    return (), lines


def _ends_conclusion(line: Line) -> bool:
    return (
        line.kind == "heading"
        or line.after_gap
        or (line.kind == "paragraph" and line.bold)
        or is_known_heading(line)
    )


def _whole(line: Line) -> str:
    return " ".join(line.printed.split())
