"""Plan tables: which they are, and the sections they stand in. `rows.py` reads each of them."""

from plans.importers.blocks import Table
from plans.importers.interpret.columns import Header, header_of, width_of
from plans.importers.interpret.drafts import SectionDraft
from plans.importers.interpret.lines import Line
from plans.importers.interpret.notes import Notes
from plans.importers.interpret.rows import TableReader


def read_tables(sections: list[SectionDraft], notes: Notes) -> None:
    """Read every plan table in the sections; lines before it are body, lines after the last are after."""
    for section in sections:
        read_tables(section.sections, notes)
        _Section(section, notes).read()


class _Section:
    def __init__(self, section: SectionDraft, notes: Notes) -> None:
        self._section = section
        self._notes = notes

    def read(self) -> None:
        """Each plan table with the lines above it; a further table gets a section of its own."""
        lines, self._section.lines = self._section.lines, []
        chunks = _chunks(lines)
        if not chunks:
            self._section.body += lines
            return
        below, self._section.sections = self._section.sections, []
        last = self._section
        known: Header | None = None
        for above, table in chunks:
            header = header_of(table)
            if known and not above and (header is None or header.names == known.names):
                target = last  # the same table goes on
            elif known is None:
                target = self._section
                target.body += above
            else:
                target = SectionDraft(body=above)
                self._section.sections.append(target)
            known = header or known
            if known is not None:
                last = TableReader(table, header, known, target, self._notes).read()
        last.after += lines[lines.index(_last_table(lines)) + 1 :]
        self._section.sections += below


def _chunks(lines: list[Line]) -> list[tuple[list[Line], Table]]:
    """Each plan table with the lines that stand between it and the one before."""
    chunks: list[tuple[list[Line], Table]] = []
    above: list[Line] = []
    width = 0
    for line in lines:
        table = line.block if isinstance(line.block, Table) else None
        header = header_of(table) if table else None
        goes_on = table and not header and chunks and not above and width_of(table) == width
        if table and (header or goes_on):
            chunks.append((above, table))
            above, width = [], width_of(table)
        else:
            above.append(line)
    return chunks


def _last_table(lines: list[Line]) -> Line:
    tables = {id(table) for _, table in _chunks(lines)}
    return next(line for line in reversed(lines) if id(line.block) in tables)
