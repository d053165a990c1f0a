"""The period a plan is for: the printed sentence, and the dates that are certain."""

import re

from plans.document import Period
from plans.importers.interpret.dates import PLACEHOLDER, dates_in
from plans.importers.interpret.lines import Line
from plans.importers.interpret.notes import Notes

_SENTENCE = re.compile(
    r"^\(?\s*(?:(?:\w*planen|strategien)\s+(?:gjeld\w*|er\s+gyldig)|"
    r"(?:gjeld\w*|gyldig|planperiode\w*|virkeperiode\w*|verkeperiode\w*|periode|tidsrom)\b)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\bgjeld\w*|\bperiode\w*|\bgyldig|\btidsrom", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:til\s+og\s+med|til\s+om\s+med|t\.?\s?o\.?\s?m\.?|fram\s+til|frem\s+til|til)\s+", re.IGNORECASE
)
_EVENT = re.compile(

        r"(?:det\s+)?(?:neste\s+|ordinære\s+|årlige\s+)*(?:[a-zæøå-]*møte\w*|[a-zæøå-]*samling\w*|"
        r"ny\s+[a-zæøå]*(?:plan|avtale|erklæring)\w*|"
    r"revisjon\w*|rullering\w*)[^.;)]*",
    re.IGNORECASE,
)  # fmt: skip
_YEARS = re.compile(r"(?<!\d)(?<!\d[./-])(20\d\d)(?:\s*[-–—/]\s*(20\d\d|\d\d))?(?![\d.]*\d)")
_LONGEST = 250


def is_sentence(line: Line) -> bool:
    """Whether the line is the printed sentence of the period («Gjelder for perioden …»)."""
    text = line.text
    if line.kind not in {"paragraph", "item"} or not line.short(_LONGEST) or not _SENTENCE.match(text):
        return False
    tells = _YEARS.search(text) or dates_in(text) or PLACEHOLDER.search(text) or _event(text)
    return bool(_SAYS.search(text) and tells)


def of_sentence(line: Line, notes: Notes) -> Period:
    """Start, end or end event as the sentence says them; a placeholder gives no date but a warning."""
    text = " ".join(line.text.split())
    start = end = None
    if placeholder := PLACEHOLDER.search(text):
        notes.add(line.at, f"Perioden har en dato som ikke er fylt ut ({placeholder[0]}): «{text}».")
    until = _UNTIL.search(text) or re.search(r"\s[-–—]\s", text)
    event = _event(text[until.end() :]) if until else ""
    dates = dates_in(text)
    if len(dates) == 2 and not event:
        start, end = dates[0][0], dates[1][0]
    elif len(dates) == 1 and until:
        before = dates[0][1] < until.start()
        start, end = (dates[0][0], None) if before else (None, dates[0][0])
    elif not dates and not placeholder and not event and (years := _YEARS.search(text)):
        start, end = _whole_years(years)
    if start and end and start > end:
        notes.add(line.at, f"Perioden slutter før den begynner: «{text}».")
        start = end = None
    elif not (start or end or event or placeholder):
        notes.add(line.at, f"Datoene i perioden kunne ikke leses sikkert: «{text}».")
    return Period(text=line.printed, start=start, end=end, end_event=event)


def of_title(title: str, notes: Notes) -> Period:
    """The years in a title, where the document says no more about its period."""
    found = list(_YEARS.finditer(title))
    if len(found) != 1:
        return Period()
    start, end = _whole_years(found[0])
    if start is None:
        return Period()
    notes.add("tittelen", f"Perioden er lest av tittelen («{found[0][0]}»), som hele kalenderår.")
    return Period(text=found[0][0], start=start, end=end)


def _whole_years(years: re.Match[str]) -> tuple[str | None, str | None]:
    first, last = years[1], years[2] or years[1]
    last = first[: 4 - len(last)] + last
    return (f"{first}-01-01", f"{last}-12-31") if first <= last else (None, None)


def _event(text: str) -> str:
    """The event a period ends with, as written: «partnerskapsmøtet 2022»."""
    found = _EVENT.match(text.strip())
    return " ".join(found[0].split()).strip() if found else ""
