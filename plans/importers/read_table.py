"""CSV and Excel files as rows of words. No Django here; it runs in the sandbox's child process."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from helsefellesskap.file_checks import DAMAGED, Refused
from plans.importers.office import MAX_TABLE_ROWS, TOO_MANY_ROWS

_MOST_COLUMNS = 60
_LONGEST = 20_000  # signs in a cell
_DELIMITERS = ";,\t"


def read(data: bytes, suffix: str) -> list[list[str]]:
    """Rows down to the last one with words. Raises Refused."""
    rows = _csv(data) if suffix == ".csv" else _excel(data)
    read_: list[list[str]] = []
    for row in rows:
        if len(read_) > MAX_TABLE_ROWS:
            raise Refused(TOO_MANY_ROWS)
        words = [_words(cell) for cell in row[:_MOST_COLUMNS]]
        while words and not words[-1]:
            words.pop()
        read_.append(words)
    while read_ and not read_[-1]:
        read_.pop()
    return read_


def _csv(data: bytes) -> Iterator[list[Any]]:
    """Excel writes UTF-8 where it is asked to, else the letters of Western Europe."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(_LONGEST * 10)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Refused(DAMAGED) from error


def _excel(data: bytes) -> Iterator[list[Any]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not believed
        rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(
            max_row=MAX_TABLE_ROWS + 2, max_col=_MOST_COLUMNS, values_only=True
        )
        yield from (list(row) for row in rows)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError) as error:
        raise Refused(DAMAGED) from error


def _words(value: Any) -> str:
    """A cell as people see it: days as days, whole numbers without a point."""
    match value:
        case None | False:
            return ""
        case True:
            return "ja"
        case datetime() | date():
            return f"{value:%d.%m.%Y}"
        case float() if value.is_integer():
            return str(int(value))
    return str(value)[:_LONGEST].strip()
