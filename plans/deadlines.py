"""Deadlines as people write them: the words are kept, and what can be understood is a date.

«innen 01.06.2026», «Q2», «høsten 2027», «2026–2027», «løpende». No Django: the importers may use it too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .document import Deadline, Period
from .importers.interpret.dates import MONTHS, dates_in

type Sort = Literal["day", "period", "continuous", "unknown"]
type Days = tuple[date, date]  # the first and the last of a period

# A season's first and last (month, day), as planners mean it: spring before summer, autumn before Christmas.
_SPRING, _SUMMER, _AUTUMN = ((3, 1), (6, 20)), ((6, 21), (8, 31)), ((9, 1), (11, 30))
_SEASONS = {"vår": _SPRING, "sommer": _SUMMER, "sumar": _SUMMER, "høst": _AUTUMN, "haust": _AUTUMN}
_CONTINUOUS = re.compile(
    r"^(?:for(?:t)?)?l[øo]pende|^(?:fort)?løpande|^kontinuerl|^hele året|^heile året"
    r"|^(?:årl[ie]g|hver|kvar)|\b(?:hvert|kvart) år\b"
)
_YEAR = r"(?:[\s,/-]*(?P<year>20\d\d)\b(?:\s*[-–/]\s*(?P<to>(?:20)?\d\d)\b)?)?"
# What names a period, and the year behind it. A year alone is a deadline where it is all there is,
# or where the words before it say so. «jul» is Christmas, and «vår plan» is ours.
_PERIOD = re.compile(
    rf"""(?: \bq\s?(?P<q>[1-4])\b | \b(?P<q2>[1-4])\.?\s*kvartal\b | \b(?P<third>[1-3])\.?\s*tertial\b
      | \b(?:(?P<half>[12])\.?\s*|(?P<ordinal>første|fyrste|andre)\s+)halvår(?:et)?\b
      | \b(?P<season>vår(?!\s+(?!og\b|eller\b)[a-zæøå])|sommer|sumar|høst|haust)(?:en|aren)?\b
      | \b(?P<month>jan|feb|mar|apr|mai|jun|juli|aug|sep|okt|nov|des)
          (?:uar|ruar|s|il|i|ust|t|tember|ober|ember)?\b\.?
      | \b(?P<christmas>jul)(?:a|en)?\b
      | \b(?P<turn>årsskift|årsslutt|årets\s+slutt|(?:utgangen|slutten|løpet)\s+av\s+året)\w*
    ){_YEAR}
    | (?: \b(?:utgangen\ av|slutten\ av|i\ løpet\ av|innen|senest|seinast|ut|til\ og\ med|til|i)\s+
      | ^(?=[\d\s/–-]+\.?$))
      (?P<only>20\d\d)\b (?:\s*[-–/]\s*(?P<only_to>(?:20)?\d\d)\b)?""",
    re.VERBOSE,
)
# «fra høsten 2026» says when it begins, not when it is to be done; «før sommeren» ends as summer begins.
_BEGINS = re.compile(
    r"\b(?:fr[aå](?: og med)?|f\.?\s?o\.?\s?m\.?|etter|tid\w+st|sid[ea]n|oppstart\w*|(?:start|begynn)\w*)"
    r":?\s*(?:(?:i|om|fra|frå|ca\.?|primo|medio|ultimo)\s+)*$"
)
_BEFORE = re.compile(r"\bfør\s+$")


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words mean: `day` is the last day that keeps the deadline, None where there is none."""

    sort: Sort
    day: date | None = None


def due(deadline: Deadline | None, period: Period) -> date | None:
    """The last day that keeps a deadline of a plan with this period: its date, else what its words name."""
    if deadline is None:
        return None
    if deadline.date:
        return date.fromisoformat(deadline.date)
    ends = period.end or period.start
    return understand(deadline.text, year=int(ends[:4]) if ends else None).day


def understand(words: str, *, year: int | None = None) -> Understood:
    """Reads a deadline; of several the last. `year` is the plan's, for words that name none: else unknown."""
    text = " ".join(words.lower().split())
    dates = dates_in(text)
    days = [date.fromisoformat(iso) for iso, start, _end in dates if not _BEGINS.search(text[:start])]
    if not days and _CONTINUOUS.search(text):
        return Understood("continuous")
    for _iso, start, end in dates:  # read already: «1. juni 2026» is no month
        text = text[:start] + "." * (end - start) + text[end:]
    ends = list(_ends(text, year))
    if not days and not ends:
        return Understood("unknown")
    last = max(days + ends)
    return Understood("day" if last in days else "period", last)


def _ends(text: str, year: int | None) -> Iterator[date]:
    """The last day of each period in the text. One without a year has that of the next: «Q1 og Q3 2026»."""
    for match in reversed(list(_PERIOD.finditer(text))):
        year = _year(match) or year
        before = text[: match.start()]
        if year and not _BEGINS.search(before):
            first, last = _days(match, year)
            yield first - timedelta(days=1) if _BEFORE.search(before) else last


def _year(match: re.Match[str]) -> int:
    """The year that is named, of two the last; 0 where none is."""
    named = int(match["year"] or match["only"] or 0)
    to = int(match["to"] or match["only_to"] or 0)
    return max(named, 2000 + to % 100) if to else named


def _days(match: re.Match[str], year: int) -> Days:
    """The first and the last day of what a match of `_PERIOD` names."""
    if match["season"]:
        first, last = _SEASONS[match["season"]]
        return date(year, *first), date(year, *last)
    if match["christmas"]:
        return date(year, 12, 24), date(year, 12, 24)
    if quarter := match["q"] or match["q2"]:
        return _months(year, int(quarter), 3)
    if match["third"]:
        return _months(year, int(match["third"]), 4)
    if match["half"] or match["ordinal"]:
        return _months(year, 2 if match["half"] == "2" or match["ordinal"] == "andre" else 1, 6)
    if match["month"]:
        return _months(year, MONTHS[match["month"][:3]], 1)
    return date(year, 1, 1), date(year, 12, 31)


def _months(year: int, number: int, length: int) -> Days:
    """The period with this number, from 1, of those of so many months that a year is made of."""
    last = number * length
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, last - length + 1, 1), after - timedelta(days=1)
