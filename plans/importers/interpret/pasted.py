"""A table that somebody pasted: the goals and measures in it, and what each column was taken for.

The same reading as of a table in a file. Rows copied without their headings are told by what stands in
the columns, and the person can say otherwise.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from helsefellesskap.file_checks import Refused
from helsefellesskap.sentences import later
from plans.deadlines import understand
from plans.document import PlanDocument
from plans.importers.blocks import (
    Source,
    Table,
)
from plans.importers.interpret import responsible, status
from plans.importers.interpret.cells import plain_of
from plans.importers.interpret.columns import Header, Role, grid_of, header_of, role_of, settled
from plans.importers.interpret.drafts import SectionDraft, frozen
from plans.importers.interpret.lines import lines_of
from plans.importers.interpret.notes import Notes
from plans.importers.interpret.rows import TableReader
from plans.importers.interpret.words import account_for

_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zæøå]{1,2}|[ivx]{1,5})[.)]?", re.IGNORECASE)
_SHORT_NAME = re.compile(r"\b[A-ZÆØÅ]{2,}")
_PARTY = re.compile(
    r"kommune|foretak|sykehus|sjukehus|fastlege|sekretariat|utvalg|utval\b|^alle\b|^felles\b", re.I
)
_LONGEST_HEADING = 60
_LONGEST_NAMES = 80


@dataclass(frozen=True, slots=True)
class Column:
    """A column of what was pasted: its heading, or what stands first in it, and what it was taken for."""

    name: str
    role: Role


def interpret_pasted(source: Source, roles: Sequence[Role] = ()) -> tuple[PlanDocument, list[Column]]:
    """The goals and measures in one section (bands are sections below it), and the first table's columns.

    `roles` are what the person says that the columns are; they count where their number fits.
    Raises Refused where no table holds a word.
    """
    notes = Notes()
    for omitted in source.omitted:
        notes.omitted(omitted)
    tables = [block for block in source.blocks if isinstance(block, Table) and _has_words(block)]
    if not tables:
        raise Refused(later("Tabellen er tom."))
    section = SectionDraft(body=[line for line in lines_of(source.blocks) if line.kind != "table"])
    below, header = section, None
    columns, rows = list[Column](), list[Table]()
    for table in tables:
        own = header_of(table) or _plain_header(table)
        header = _header(table, own, header, roles)
        columns = columns or _columns(table, header)
        below = TableReader(table, own, header, below, notes).read()
        rows += _rows_by_themselves(table, header)
    document = PlanDocument(read_as="table", sections=frozen([section]))
    account_for(Source(blocks=tuple(rows)), document, notes)
    return replace(document, warnings=notes.all()), columns


def _rows_by_themselves(table: Table, header: Header) -> Iterator[Table]:
    """Each row without the columns that are not wanted: so a warning quotes a row and not the table."""
    for row, places in zip(table.rows, grid_of(table), strict=True):
        wanted = (place for place, role in zip(places, header.roles, strict=True) if role != "left_out")
        cells = tuple(place.cell for place in wanted if place and not place.continued)
        yield Table(at=row.at, rows=(replace(row, cells=cells),))


def _has_words(table: Table) -> bool:
    return any(cell.text.strip() for row in table.rows for cell in row.cells)


def _header(table: Table, own: Header | None, before: Header | None, roles: Sequence[Role]) -> Header:
    """What the columns are: as the person says, by their headings, as in the table above, or by content."""
    width = len(grid_of(table)[0])
    found = own
    if found is None and before and len(before.roles) == width:
        found = before
    if found is None:
        found = Header(-1, ("",) * width, _by_content(table, 0))
    if len(roles) == len(found.roles):
        found = replace(found, roles=tuple(roles))
    return found


def _plain_header(table: Table) -> Header | None:
    """A first row that is marked or set as headings, although their words say nothing of a plan."""
    first = table.rows[0]
    names = [" ".join(place.cell.text.split()) if place else "" for place in grid_of(table)[0]]
    if len(table.rows) < 2 or not any(names) or max(map(len, names)) > _LONGEST_HEADING:
        return None
    if not (first.header or (_is_bold(table, 0) and not _is_bold(table, 1))):
        return None
    guessed = _by_content(table, 1)
    said = [role_of(name) for name in names]
    roles = settled([own if own != "extra" else guess for own, guess in zip(said, guessed, strict=True)])
    return Header(0, tuple(names), roles if "measure" in roles else guessed)


def _is_bold(table: Table, row: int) -> bool:
    lines = [line for cell in table.rows[row].cells for line in lines_of(cell.blocks)]
    return bool(lines) and all(line.bold for line in lines)


def _columns(table: Table, header: Header) -> list[Column]:
    texts = _texts(table, header.row + 1)
    firsts = [next(filter(None, column), "") for column in texts]
    names = [name or first for name, first in zip(header.names, firsts, strict=True)]
    return list(map(Column, names, header.roles))


def _texts(table: Table, first: int) -> list[list[str]]:
    """The words of each column from this row on; a cell merged downwards says them once."""
    rows = grid_of(table)[first:]
    width = len(grid_of(table)[0])
    return [
        [plain_of(place.cell) if place and not place.continued else "" for place in column]
        for column in (list(zip(*rows, strict=True)) or [()] * width)
    ]


def _by_content(table: Table, first: int) -> tuple[Role, ...]:
    """Labels, deadlines and states by what they look like; then goal, measure and names by their order."""
    columns = _texts(table, first)
    roles: list[Role | None] = [None] * len(columns)
    tests: tuple[tuple[Role, Callable[[str], bool]], ...] = (
        ("label", lambda words: bool(_LABEL.fullmatch(words))),
        ("deadline", lambda words: understand(words, year=2000).sort != "unknown" and len(words) < 40),
        ("status", lambda words: status.only_status(words) is not None),
    )
    for role, test in tests:
        fits = (n for n, texts in enumerate(columns) if roles[n] is None and _mostly(texts, test))
        if len(columns) > 1 and (n := next(fits, None)) is not None:
            roles[n] = role
    left = [n for n, role in enumerate(roles) if role is None]
    names = next((n for n in left[1:] if _mostly(columns[n], _are_names)), None)
    wordy = [n for n in left if n != names and any(columns[n])]
    before = [n for n in wordy if names is None or n < names] or wordy
    order: tuple[Role, ...] = ("goal", "measure") if len(before) > 1 else ("measure",)
    for n, role in zip(before, order, strict=False):
        roles[n] = role
    if names is not None:
        roles[names] = "responsible"
    return tuple(role or "extra" for role in roles)


def _mostly(texts: list[str], test: Callable[[str], bool]) -> bool:
    said = [words for words in texts if words]
    return bool(said) and sum(map(test, said)) * 2 > len(said)


def _are_names(words: str) -> bool:
    names = responsible.split(words)
    known = [name for name in names if _SHORT_NAME.search(name) or _PARTY.search(name)]
    return len(words) <= _LONGEST_NAMES and len(known) * 2 > len(names)
