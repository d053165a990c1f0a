"""The matrix of agreements as a table, a row a party and agreement, out and back in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from partners.actions import LineChange
from partners.models import AgreementParty

# Heading → field of the party's line. The first three say which line it is.
_KEY = ("Nøkkel", "Part", "Avtale")
_COLUMNS = {
    "Sak": "case_number",
    "Vedtatt": "adopted_on",
    "Signert": "signed_on",
    "Signert av": "signatory",
    "Sendt": "sent_on",
    "Utløper": "expires_on",
    "Arkivreferanse": "archive_reference",
}
DAYS = {"adopted_on", "signed_on", "sent_on", "expires_on"}
_LONGEST = {field.name: field.max_length or 0 for field in AgreementParty._meta.fields}


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell that would change, for the dry run."""

    party: str
    agreement: str
    column: str
    before: str
    after: str


@dataclass(slots=True)
class Reading:
    changes: list[LineChange] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def rows_of(lines: Iterable[AgreementParty]) -> list[list[str]]:
    """Headings, then a row for each line."""
    rows = [[*_KEY, *_COLUMNS]]
    for line in lines:
        facts = [_written(getattr(line, name)) for name in _COLUMNS.values()]
        rows.append([str(line.pk), line.partner.name, str(line.agreement), *facts])
    return rows


def read_rows(rows: Sequence[Sequence[str]], lines: Iterable[AgreementParty]) -> Reading:
    """What the table would change. Columns are found by their headings; those left out stay as they are."""
    reading, by_key = Reading(), {str(line.pk): line for line in lines}
    if not rows or "Nøkkel" not in rows[0]:
        reading.problems.append(
            _("Tabellen mangler kolonnen «Nøkkel». Last ned tabellen her og fyll ut den.")
        )
        return reading
    headings = {heading: place for place, heading in enumerate(rows[0])}
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], start=2):
        cells = dict.fromkeys(headings, "") | {
            heading: row[place].strip() for heading, place in headings.items() if place < len(row)
        }
        if not any(cells.values()):
            continue
        key = cells["Nøkkel"]
        if key not in by_key or key in seen:
            said = (
                _("Rad %(row)s: nøkkelen «%(key)s» står i flere rader.")
                if key in seen
                else _("Rad %(row)s: nøkkelen «%(key)s» er ikke en linje i avtaleoversikten.")
            )
            reading.problems.append(said % {"row": number, "key": key[:40]})
            continue
        seen.add(key)
        _read_line(by_key[key], cells, number, reading)
    return reading


def _read_line(line: AgreementParty, cells: dict[str, str], number: int, reading: Reading) -> None:
    values: dict[str, Any] = {}
    for heading, name in _COLUMNS.items():
        if heading not in cells or cells[heading] == _written(getattr(line, name)):
            continue
        written = cells[heading]
        if name in DAYS:
            day = _day(written)
            if written and day is None:
                reading.problems.append(
                    _("Rad %(row)s, %(column)s: «%(words)s» er ingen dato. Skriv for eksempel 12.03.2026.")
                    % {"row": number, "column": heading, "words": written[:40]}
                )
                continue
            values[name] = day
        else:
            longest = _LONGEST[name]
            if len(written) > longest:
                reading.problems.append(
                    _("Rad %(row)s, %(column)s: høyst %(n)s tegn.")
                    % {"row": number, "column": heading, "n": longest}
                )
                continue
            values[name] = written
        before = _written(getattr(line, name))
        reading.shown.append(Shown(line.partner.name, str(line.agreement), heading, before, written))
    if values:
        reading.changes.append(LineChange(line=line.pk, row_version=line.row_version, values=values))


def _written(value: date | str | None) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else value or ""


def _day(written: str) -> date | None:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(written, form).date()
        except ValueError:
            continue
        return day if 1900 < day.year < 2200 else None
    return None
