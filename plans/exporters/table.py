"""The measures as CSV and Excel (`plans.measure_table` says what stands in the cells)."""

import csv
import io
from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from plans.document import PlanDocument
from plans.measure_table import guarded, rows_of

CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDE = {
    "Tiltak": 60,
    "Mål": 32,
    "Kapittel": 24,
    "Ansvarlig": 24,
    "Indikator": 28,
    "Kode": 11,
    "Merke": 8,
    "Nøkkel": 9,
}


def to_csv(plan: PlanDocument, codes: Mapping[str, str], *, translated: bool = False) -> bytes:
    """UTF-8 with the mark that Excel looks for, parted by semicolons as Norwegian Excel does; no cell
    begins as a formula.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[guarded(cell) for cell in row] for row in _rows(plan, codes, translated)])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def to_excel(plan: PlanDocument, codes: Mapping[str, str], *, translated: bool = False) -> bytes:
    """The measures on one sheet."""
    rows = _rows(plan, codes, translated)
    return excel(rows, sheet=rows[0][4] if translated else "Tiltak", title=plan.title, creator=plan.community)


def _rows(plan: PlanDocument, codes: Mapping[str, str], translated: bool) -> list[list[str]]:
    """Headings in the document's language only where the table does not come back in."""
    headings, *rows = rows_of(plan, codes)
    if translated:
        with translation.override(plan.language):
            headings = [*map(gettext, headings)]
    return [headings, *rows]


def excel(rows: Sequence[Sequence[str]], *, sheet: str, title: str, creator: str) -> bytes:
    """One sheet with fixed headings (the first row) and a filter. Every cell is text: none is a formula."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(rows[0]))}{len(rows)}"
    for place, heading in enumerate(rows[0], 1):
        page.column_dimensions[get_column_letter(place)].width = _WIDE.get(heading, 18)
    for number, row in enumerate(rows):
        cells = []
        for words in row:
            cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", words))
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = words != guarded(words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if not number:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="EAF1F7")
            cells.append(cell)
        page.append(cells)
    book.properties.title = title[:255]
    book.properties.creator = creator[:255]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
