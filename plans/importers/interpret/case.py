"""The saksframlegg that a plan came in: header fields, attachments, recommendation and the other parts."""

import re
from collections.abc import Sequence

from helsefellesskap.sentences import later
from plans.document import Case, CaseField, CaseFieldKey, CasePart, CasePartKind
from plans.importers import nameless
from plans.importers.blocks import Table
from plans.importers.interpret import period
from plans.importers.interpret.case_words import (
    ATTACHMENTS,
    DOCUMENT_KIND,
    NUMBER,
    PLAN_TITLE,
    field_key,
    fields_in,
    is_field_table,
    is_number,
    part_kind,
)
from plans.importers.interpret.columns import header_of
from plans.importers.interpret.dates import only_date
from plans.importers.interpret.headings import is_known_heading
from plans.importers.interpret.lines import Line, footnotes_only
from plans.importers.interpret.notes import Notes
from plans.importers.interpret.render import body, figures_in

_HEADER_LINES = 30
_ATTACHMENT_LONGEST = 200
_KIND_ONLY = later("Utelatt: «%(words)s». Det sier bare hva slags dokument dette er.")
_NO_FIELD = later("Utelatt: «%(words)s». Feltet har ingen plass i saken.")
_ATTACHMENTS_ABOVE = later(
    "Utelatt: «%(words)s». Ledeteksten over vedleggene trengs ikke; vedleggene er tatt med."
)
_PICTURE = later("Utelatt: «%(words)s». Bilder i saken er ikke tatt med.")


def take_case(lines: list[Line], notes: Notes) -> tuple[Case | None, list[Line]]:
    """The case that the document is, or the conclusion that it ends with; and the lines that are left."""
    if _is_case(lines):
        reader = _CaseReader(lines, notes)
        rest = reader.read()
        conclusion, rest = _take_conclusion(rest, notes, in_case=True)
        return reader.case(conclusion), rest
    conclusion, rest = _take_conclusion(lines, notes, in_case=False)
    return (Case(parts=conclusion) if conclusion else None), rest


def _is_case(lines: Sequence[Line]) -> bool:
    head = [line for line in lines[:_HEADER_LINES] if line.is_words or line.kind == "table"]
    numbered = any(line.is_words and line.short(160) and is_number(line) for line in head[:6])
    fields = sum(len(fields_in(line)) for line in head if line.is_words and line.short(200))
    fields += sum(is_field_table(line) * 2 for line in head)
    parts = sum(part_kind(line) is not None for line in lines)
    return fields >= 2 or (numbered and (fields >= 1 or parts >= 1))


class _CaseReader:
    def __init__(self, lines: list[Line], notes: Notes) -> None:
        self._lines = lines
        self._notes = notes
        self._title = ""
        self._fields: list[CaseField] = []
        self._attachments: list[str] = []
        self._parts: list[tuple[CasePartKind, str, list[Line]]] = []

    def case(self, conclusion: tuple[CasePart, ...]) -> Case:
        parts = tuple(_part(kind, heading, lines, self._notes) for kind, heading, lines in self._parts)
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
            if (self._title or self._parts) and self._is_plan_start(at):
                return self._lines[at:]
            at = self._line(at)
        self._notes.add("hele dokumentet", later("Fant en sak, men ingen plan i den."))
        return []

    def _line(self, at: int) -> int:
        """Take the line; the position of the next one."""
        line = self._lines[at]
        if at == 0 and DOCUMENT_KIND.match(line.text) and not line.footnotes:
            self._notes.add(line.at, _KIND_ONLY, words=line.printed)
            return 1
        kind = part_kind(line)
        if kind:
            self._parts.append((kind, _whole(line), _notes_of(line)))
            return at + 1
        if (
            line.is_words
            and not line.footnotes
            and (found := ATTACHMENTS.match(line.text))
            and line.short(_ATTACHMENT_LONGEST)
        ):
            return self._take_attachments(at, found)
        if not self._parts:
            if self._take_fields(line, at):
                return at + 1
            if line.is_words and not self._title and line.short(200) and not line.footnotes:
                self._title = " ".join(line.printed.split())
                return at + 1
        elif self._heads_a_part(at):
            self._parts.append(("other", _whole(line), _notes_of(line)))
            return at + 1
        if not self._parts:
            self._parts.append(("other", "", []))
        self._parts[-1][2].append(line)
        return at + 1

    def _heads_a_part(self, at: int) -> bool:
        line = self._lines[at]
        styled = line.kind == "heading" or (line.kind == "paragraph" and line.bold)
        return styled and line.short() and not line.text.endswith((".", ":")) and at + 1 < len(self._lines)

    def _take_fields(self, line: Line, at: int) -> bool:
        if is_field_table(line) and isinstance(line.block, Table):
            for row in line.block.rows:
                label, words = (" ".join(cell.text.split()) for cell in row.cells)
                self._table_field(label, words, line)
            return True
        if not line.is_words or line.footnotes or line.made_label or not line.short(200):
            return False
        if fields := fields_in(line):
            for key, label, words in fields:
                self._field(key, label, words)
            return True
        if at < 6 and not any(f.key == "number" for f in self._fields) and is_number(line):
            found = NUMBER.match(line.text)
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
        if key := field_key(label):
            self._field(key, label.rstrip(":").strip(), words)
        elif label or words:
            self._notes.add(line.at, _NO_FIELD, words=f"{label} {words}".strip())

    def _field(self, key: CaseFieldKey, label: str, words: str) -> None:
        date = only_date(words) if key in {"document_date", "meeting_date"} else None
        self._fields.append(CaseField(key=key, label=label, text=words, date=date))

    def _take_attachments(self, at: int, found: re.Match[str]) -> int:
        line = self._lines[at]
        one = (found["one"] or "").strip()
        label = line.text[: found.start("one")].strip() if one else line.text
        self._notes.add(line.at, _ATTACHMENTS_ABOVE, words=label)
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
        if line.bold or line.style.lower() == "title" or part_kind(line) or fields_in(line):
            return False
        return line.kind == "item" or not (self._is_plan_start(at) or is_known_heading(line))

    def _is_plan_start(self, at: int) -> bool:
        """Whether the plan's own title stands here, or else the heading over a plan table."""
        line = self._lines[at]
        if _is_plan_table(line):
            return bool(self._parts)
        if (
            line.kind not in {"heading", "paragraph"}
            or not line.short(160)
            or line.text.endswith((".", ":", ";"))
        ):
            return False
        below = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if below is not None and _is_plan_table(below):
            return bool(self._parts) and not part_kind(line)
        if not PLAN_TITLE.match(line.text) or below is None:
            return False
        if line.kind == "heading" or line.bold or line.after_gap or line.style.lower() == "title":
            return bool(self._parts) or period.is_sentence(below)
        if period.is_sentence(below):
            return True
        heads = below.kind == "heading" or below.bold or is_known_heading(below)
        return heads and part_kind(below) is None


def _take_conclusion(
    lines: list[Line], notes: Notes, *, in_case: bool
) -> tuple[tuple[CasePart, ...], list[Line]]:
    """What stands under «Forslag til konklusjon» or «Forslag til vedtak», down to the next heading."""
    for at, line in enumerate(lines):
        if part_kind(line) != "conclusion" or at + 1 == len(lines):
            continue
        proposes = line.words.casefold().startswith(("forslag", "framlegg"))
        if not (proposes or (in_case and (line.kind == "heading" or line.bold))):
            continue
        end = at + 1
        while end < len(lines) and not _ends_conclusion(lines[end]):
            end += 1
        if end > at + 1:
            below = _notes_of(line) + lines[at + 1 : end]
            part = _part("conclusion", _whole(line), below, notes)
            return (part,), lines[:at] + lines[end:]
    return (), lines


def _is_plan_table(line: Line) -> bool:
    return isinstance(line.block, Table) and header_of(line.block) is not None


def _notes_of(line: Line) -> list[Line]:
    """The footnotes of a heading, to stand first under it."""
    return [footnotes_only(line)] if line.footnotes else []


def _part(kind: CasePartKind, heading: str, lines: Sequence[Line], notes: Notes) -> CasePart:
    """The part of these lines. A case shows no pictures: they are said."""
    for figure in figures_in(lines):
        words = " ".join(f"{figure.alt} {figure.caption}".split()) or nameless.PICTURE_IN_CASE
        notes.add(figure.at, _PICTURE, words=words)
    return CasePart(kind=kind, heading=heading, body=body(lines))


def _ends_conclusion(line: Line) -> bool:
    return (
        line.kind == "heading"
        or line.after_gap
        or (line.kind == "paragraph" and line.bold)
        or is_known_heading(line)
    )


def _whole(line: Line) -> str:
    return " ".join(line.printed.split())
