"""The period a plan is for: the printed sentence, and the dates that are certain."""

import re

from helsefellesskap.sentences import later
from plans.document import Period
from plans.importers.interpret.dates import PLACEHOLDER, dates_in, looks_dated
from plans.importers.interpret.lines import Line
from plans.importers.interpret.notes import Notes

_SENTENCE = re.compile(
    r"^\(?\s*(?:(?:\w*planen|strategien)\s+(?:gjeld\w*|er\s+gyldig)|"
    r"(?:gjeld\w*|gyldig|planperiode\w*|virkeperiode\w*|verkeperiode\w*|periode|tidsrom)\b)",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\bgjeld\w*|periode\w*|\bgyldig|\btidsrom", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:til\s+og\s+med|til\s+om\s+med|t\.?\s?o\.?\s?m\.?|fram\s+til|frem\s+til|til)\s+", re.IGNORECASE
)
_EVENT = re.compile(
    r"(?:det\s+)?(?:neste\s+|ordinære\s+|årlige\s+)*(?:[a-zæøå-]*møte\w*|[a-zæøå-]*samling\w*|"
    r"ny\s+[a-zæøå]*(?:plan|avtale|erklæring)\w*|"
    r"revisjon\w*|rullering\w*)[^.;)]*",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)(?<!\d[./-])(20\d\d)(?:\s*[-–—/]\s*(20\d\d|\d\d))?(?![\d.]*\d)")
_LONGEST = 250
_NOT_FILLED = later("Perioden har en dato som ikke er fylt ut (%(sign)s): «%(words)s».")
_BACKWARDS = later("Perioden slutter før den begynner: «%(words)s».")
_UNSURE = later("Datoene i perioden kunne ikke leses sikkert: «%(words)s».")
_OF_TITLE = later("Perioden er lest av tittelen («%(words)s»), som hele kalenderår.")


def is_sentence(line: Line) -> bool:
    """Whether the line is the printed sentence of the period («Gjelder for perioden …»)."""
    text = line.text
    if line.kind not in {"paragraph", "item"} or not line.short(_LONGEST) or not _SENTENCE.match(text):
        return False
    tells = _YEARS.search(text) or dates_in(text) or PLACEHOLDER.search(text) or _event_in(text)
    return bool(_SAYS.search(text) and tells)


def is_bare(line: Line) -> bool:
    """Whether the line is nothing but a period: «2026–2027», «1. januar 2026 til 31. desember 2026»."""
    if line.kind != "paragraph" or line.footnotes:
        return False
    text = line.text.strip("() ")
    dates = dates_in(text)
    between = text[dates[0][2] : dates[-1][1]].strip(" –-") if len(dates) == 2 else ""
    from_end_to_end = len(dates) == 2 and dates[0][1] == 0 and dates[1][2] == len(text)
    return bool(_YEARS.fullmatch(text)) or (from_end_to_end and between in ("", "til", "til og med"))


def of_sentence(line: Line, notes: Notes) -> Period:
    """Start, end or end event as the sentence says them; a placeholder gives no date but a warning."""
    text = " ".join(line.text.split())
    start = end = None
    if placeholder := PLACEHOLDER.search(text):
        notes.add(line.at, _NOT_FILLED, sign=placeholder[0], words=text)
    until = _until(text)
    event = _event_in(text)
    dates = dates_in(text)
    if len(dates) == 2 and not event:
        start, end = dates[0][0], dates[1][0]
    elif len(dates) == 1 and until:
        before = dates[0][1] < until.start()
        start, end = (dates[0][0], None) if before else (None, dates[0][0])
    elif not event and not placeholder and not looks_dated(text):
        start, end = _of_years(text)
    if start and end and start > end:
        notes.add(line.at, _BACKWARDS, words=text)
        start = end = None
    elif not (start or end or event or placeholder):
        notes.add(line.at, _UNSURE, words=text)
    return Period(text=line.printed, start=start, end=end, end_event=event)


def of_title(title: str, notes: Notes | None = None) -> Period:
    """The years in a title, where the document says no more about its period. `notes` are told of it."""
    found = list(_YEARS.finditer(title))
    if len(found) != 1:
        return Period()
    start, end = _of_years(title)
    if start is None:
        return Period()
    if notes:
        notes.add("tittelen", _OF_TITLE, words=found[0][0])
    return Period(text=found[0][0], start=start, end=end)


def _of_years(text: str) -> tuple[str | None, str | None]:
    """«2024–2026», «fra 2024 til 2026», «2024»: whole calendar years."""
    found = list(_YEARS.finditer(text))
    if len(found) == 1:
        return _whole_years(found[0][1], found[0][2] or found[0][1])
    if len(found) == 2 and not (found[0][2] or found[1][2]):
        return _whole_years(found[0][1], found[1][1])
    return None, None


def _whole_years(first: str, last: str) -> tuple[str | None, str | None]:
    last = first[: 4 - len(last)] + last
    return (f"{first}-01-01", f"{last}-12-31") if first <= last else (None, None)


def _until(text: str) -> re.Match[str] | None:
    return _UNTIL.search(text) or re.search(r"\s[-–—]\s", text)


def _event_in(text: str) -> str:
    until = _until(text)
    return _event(text[until.end() :]) if until else ""


def _event(text: str) -> str:
    """The event a period ends with, as written: «partnerskapsmøtet 2022»."""
    found = _EVENT.match(text.strip())
    return " ".join(found[0].split()).strip() if found else ""
