"""CSV and Excel files as rows of words. No Django here; it runs in the sandbox's child process."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from helsefellesskap.file_checks import DAMAGED, MAX_FILE, Refused
from helsefellesskap.sentences import later
from plans.importers.office import MAX_TABLE_ROWS, TOO_MANY_ROWS

_MOST_COLUMNS = 60
_LONGEST = 20_000  # signs in a cell
_DELIMITERS = ";,\t"
csv.field_size_limit(MAX_FILE)  # one cell may be the whole file: that is TOO_LONG, not damaged

TOO_LONG = later("En rute har flere enn 20 000 tegn, og tabellen kan ikke leses.")
TOO_WIDE = later("Tabellen har flere enn 60 kolonner og kan ikke leses.")
FORMULA = later("Rute %(cell)s er en formel uten svar. Skriv inn teksten i stedet.")
ERROR = later("Rute %(cell)s har feilen %(error)s. Rett den først.")


def read(data: bytes, suffix: str) -> list[list[str]]:
    """Rows down to the last one with words. Raises Refused."""
    rows = _csv(data) if suffix == ".csv" else _excel(data)
    read_: list[list[str]] = []
    for row in rows:
        if len(read_) > MAX_TABLE_ROWS:
            raise Refused(TOO_MANY_ROWS)
        words = [_words(cell) for cell in row]
        while words and not words[-1]:
            words.pop()
        if len(words) > _MOST_COLUMNS:
            raise Refused(TOO_WIDE)
        if any(len(cell) > _LONGEST for cell in words):
            raise Refused(TOO_LONG)
        read_.append(words)
    while read_ and not read_[-1]:
        read_.pop()
    return read_


def _csv(data: bytes) -> Iterator[list[Any]]:
    text = _text(data)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Refused(DAMAGED) from error


def _text(data: bytes) -> str:
    """Excel writes UTF-8 or UTF-16 where it is asked to, else the letters of Western Europe."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _excel(data: bytes) -> Iterator[list[Any]]:
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # The same cells twice: what is a formula, and what its answer was when the file was saved.
        for written, shown in zip(_cells(data, data_only=False), _cells(data, data_only=True), strict=True):
            yield [_value(*pair) for pair in zip(written, shown, strict=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from error


def _cells(data: bytes, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its size is not believed
    yield from sheet.iter_rows(max_row=MAX_TABLE_ROWS + 2)


def _value(written: Any, shown: Any) -> Any:
    if shown.data_type == "e":
        raise Refused(ERROR, cell=shown.coordinate, error=str(shown.value))
    if written.data_type == "f" and shown.value is None:
        raise Refused(FORMULA, cell=written.coordinate)
    return shown.value


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
    return str(value).strip()
