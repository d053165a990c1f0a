"""Norwegian dates in words and figures."""

import datetime
import re

MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "mai": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "nov": 11,
    "des": 12,
}
_DATE = re.compile(
    r"(?<![\d.])(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})\.?\s*(?P<name>jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|"
    r"des)[a-zæøå]*\.?\s+(?P<y3>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"\b[xX]{1,4}\b\.?|\bdd\.\s?mm\b\.?|\?{2,}|_{2,}|\[\s*(?:dato|dag|år|fyll inn)[^\]]*\]|"
    r"…{2,}|\.{4,}",
    re.IGNORECASE,
)


def dates_in(text: str) -> list[tuple[str, int, int]]:
    """(ISO date, start, end) of each real date in the text; «31.02.2023» is none."""
    found = []
    for m in _DATE.finditer(text):
        month = MONTHS[m["name"].lower()] if m["name"] else int(m["m"] or m["m2"])
        year, day = int(m["y"] or m["y2"] or m["y3"]), int(m["d"] or m["d2"] or m["d3"])
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        found.append((date.isoformat(), m.start(), m.end()))
    return found


def looks_dated(text: str) -> bool:
    """Whether the text has a month or something shaped like a date, real or not."""
    return bool(_DATE.search(text) or _MONTH.search(text))


def only_date(text: str) -> str | None:
    """The date where the text holds exactly one, else None: a fuzzy date keeps its words alone."""
    found = dates_in(text)
    return found[0][0] if len(found) == 1 else None
