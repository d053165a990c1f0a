"""Deadlines as people write them: the words are kept, and what can be understood is a date.

«innen 01.06.2026», «Q2», «høsten 2027», «løpende». No Django: the importers may use it too.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .importers.interpret.dates import MONTHS, dates_in

type Sort = Literal["day", "period", "continuous", "unknown"]

# The last day of each season, as planners mean it: spring before summer, autumn before Christmas.
_SEASONS = {"vår": (6, 20), "sommer": (8, 31), "sumar": (8, 31), "høst": (11, 30), "haust": (11, 30)}
_CONTINUOUS = re.compile(r"^(?:for(?:t)?)?l[øo]pende|^(?:fort)?løpande|^kontinuerl|^hele året|^årlig|^årleg")
_YEAR = r"(?:\s*(?P<year>20\d\d))?"
_QUARTER = re.compile(rf"(?:\bq\s?(?P<q>[1-4])\b|\b(?P<q2>[1-4])\.?\s*kvartal\b){_YEAR}")
_HALF = re.compile(rf"\b(?:(?P<h>[12])\.?\s*|(?P<word>første|andre|fyrste)\s+)halvår(?:et)?{_YEAR}")
_SEASON = re.compile(rf"\b(?P<season>vår|sommer|sumar|høst|haust)(?:en|aren)?\b{_YEAR}")
_MONTH = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})(?:uar|ruar|s|il|i|ust|tember|ober|ember)?\b\.?{_YEAR}")
_END = re.compile(r"\b(?:utgangen av|slutten av|i løpet av|innen|ut)\s+(?P<year>20\d\d)\b|^(?P<only>20\d\d)$")


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words mean: `day` is the last day that keeps the deadline, None where there is none."""

    sort: Sort
    day: date | None = None


def understand(words: str, *, year: int | None = None) -> Understood:
    """Reads a deadline. `year` is the plan's, for words that name none; without it they stay unknown."""
    text = " ".join(words.lower().split())
    if found := dates_in(text):
        return Understood("day", max(date.fromisoformat(iso) for iso, _start, _end in found))
    if _CONTINUOUS.search(text):
        return Understood("continuous")
    for pattern, last_day in _READERS:
        if match := pattern.search(text):
            named = match.groupdict()
            which = int(named.get("year") or named.get("only") or year or 0)
            return Understood("period", last_day(match, which)) if which else Understood("unknown")
    return Understood("unknown")


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _of_quarter(match: re.Match[str], year: int) -> date:
    return _month_end(year, 3 * int(match["q"] or match["q2"]))


def _of_half(match: re.Match[str], year: int) -> date:
    second = match["h"] == "2" or match["word"] == "andre"
    return _month_end(year, 12 if second else 6)


def _of_season(match: re.Match[str], year: int) -> date:
    return date(year, *_SEASONS[match["season"]])


def _of_month(match: re.Match[str], year: int) -> date:
    return _month_end(year, MONTHS[match["month"]])


def _of_year(_match: re.Match[str], year: int) -> date:
    return date(year, 12, 31)


_READERS = (
    (_QUARTER, _of_quarter),
    (_HALF, _of_half),
    (_SEASON, _of_season),
    (_MONTH, _of_month),
    (_END, _of_year),
)
