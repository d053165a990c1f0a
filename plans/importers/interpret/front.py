"""The front of a plan: title, subtitle, vision, period, the community's name, the abbreviations."""

import re
from dataclasses import dataclass, field

from helsefellesskap.sentences import later
from plans.document import Abbreviation, Period
from plans.importers.blocks import Table
from plans.importers.interpret import period as periods
from plans.importers.interpret.headings import is_known_heading
from plans.importers.interpret.lines import Line, footnotes_only, lines_of
from plans.importers.interpret.notes import Notes

PLAN_WORD = re.compile(
    r"\b(?:\w*handlings\w*plan|\w*tiltaksplan|\w*strategi|\w*samhandlingsplan|\w*årsplan|"
    r"\w*plan)(?:en)?\b",
    re.IGNORECASE,
)
_SUBTITLE = re.compile(
    r"^(?:for|mellom|i|til|om)\s|helsefelles+kap|^\(?20\d\d|\bkommun|\bsykehus|\bHF\b", re.IGNORECASE
)
_QUOTED = re.compile(r"^[«\"“”„'].+[»\"”“'][.!]?$", re.DOTALL)
_VISION = re.compile(r"^(?:vår\s+)?visjon(?:en)?\s*:\s*\S", re.IGNORECASE)
_ABBREVIATIONS = re.compile(
    r"^(?:liste\s+over\s+)?(?:brukte\s+|vanlige\s+)?(?:forkortelser|forkortinger|forkortingar|"
    r"begreper\s+og\s+forkortelser|akronymer)\b.{0,40}$",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"^(?P<short>[^\s=–—:-][^=–—:\n]{0,24}?)\s*(?:=|\s[–—-]\s|:\s|\t)\s*(?P<long>\S.*)$", re.DOTALL
)
_STRICT_PAIR = re.compile(r"^(?P<short>[A-ZÆØÅ][\wÆØÅ /.-]{1,24}?)\s*=\s*(?P<long>\S.*)$", re.DOTALL)
_COVER_LINES = 8
_PERIOD_WITHIN = 40  # lines from the front: further down, sentences speak of other periods
_PERIOD_AGAIN = later("Utelatt: «%(words)s». Perioden står også i tittelen.")
_ABBREVIATIONS_ABOVE = later(
    "Utelatt: «%(words)s». Overskriften over forkortelsene trengs ikke; forkortelsene er tatt med for seg."
)

_NAME = r"(?:(?:St\.\s+)?[A-ZÆØÅ][\wæøåÆØÅáčđŋšŧž]*(?:[-.][A-ZÆØÅ]?[\wæøå]*)*)"
_NAMES = rf"{_NAME}(?:(?:,\s+|\s+og\s+|\s+i\s+|\s+|\s*/\s*|-){_NAME})*"
_COMMUNITY = re.compile(rf"\b[Hh]elsefelles+kap(?:et)?\s+(?:(?:for|i|mellom)\s+)?{_NAMES}")
_COMMUNITY_AFTER = re.compile(rf"\b{_NAMES}\s+helsefelles+kap(?:et)?\b")
_UPPER = re.compile(r"\bHELSEFELLES+KAP(?:ET)?\s+[A-ZÆØÅ .,/-]+")


@dataclass
class Front:
    title: str = ""
    subtitle: str = ""
    vision: str = ""
    period: Period = field(default_factory=Period)
    abbreviations: list[Abbreviation] = field(default_factory=list)


def take_front(lines: list[Line], notes: Notes) -> tuple[Front, list[Line]]:
    """The front matter, and the lines that are left."""
    front = Front()
    lines = _take_period(front, lines, notes)
    lines = _take_cover(front, lines, notes)
    lines = _take_abbreviations(front, lines, notes)
    if not front.title:
        notes.add("hele dokumentet", later("Fant ingen tittel. Skriv den inn."))
    if not front.period.text:
        front.period = periods.of_title(f"{front.title} {front.subtitle}".strip(), notes)
    return front, lines


def _take_period(front: Front, lines: list[Line], notes: Notes) -> list[Line]:
    for at, line in enumerate(lines[:_PERIOD_WITHIN]):
        if periods.is_sentence(line) and not line.footnotes:
            front.period = periods.of_sentence(line, notes)
            return lines[:at] + lines[at + 1 :]
    return lines


def _take_cover(front: Front, lines: list[Line], notes: Notes) -> list[Line]:
    """Title, subtitle and vision from the short lines that open the document."""
    cover = _cover(lines)
    title = next((i for i in cover if lines[i].style.lower() == "title"), None)
    if title is None:
        title = next((i for i in cover if PLAN_WORD.search(lines[i].text) and not _quoted(lines[i])), None)
    if title is None:
        title = next((i for i in cover if not _quoted(lines[i])), None)
    if title is None:
        return lines
    front.title = " ".join(lines[title].printed.split())
    taken = {title}
    for i in cover:
        line = lines[i]
        if i == title:
            continue
        if not front.period.text and periods.is_bare(line):
            front.period = periods.of_sentence(line, notes)
            if line.text in front.title:
                notes.add(line.at, _PERIOD_AGAIN, words=line.text)
            taken.add(i)
        elif not front.vision and (_quoted(line) or _VISION.match(line.text)):
            front.vision = line.printed
            taken.add(i)
        elif not front.subtitle and _is_subtitle(lines, i, title):
            front.subtitle = " ".join(line.printed.split())
            taken.add(i)
    below = [footnotes_only(lines[i]) for i in sorted(taken) if lines[i].footnotes]
    return below + [line for i, line in enumerate(lines) if i not in taken]


def _cover(lines: list[Line]) -> list[int]:
    """Positions of the short lines before the text begins."""
    found: list[int] = []
    for i, line in enumerate(lines[:_COVER_LINES]):
        long = not _quoted(line) and not line.short(160)
        bullet = line.kind == "item" and not _names_community(line)
        if not line.is_words or long or bullet or not line.text:
            break
        if found and (_begins_text(lines, i) or _ABBREVIATIONS.match(line.text)):
            break
        found.append(i)
    return found


def _begins_text(lines: list[Line], i: int) -> bool:
    """Whether the line after the title heads what follows rather than completing the cover."""
    line = lines[i]
    if _quoted(line) or line.style.lower() in {"subtitle", "undertittel", "title"}:
        return False
    if _names_community(line):
        return False
    if line.number or is_known_heading(line):
        return True
    below = lines[i + 1] if i + 1 < len(lines) else None
    heads = (
        below is not None and (below.kind in {"item", "table"} or not below.short(160)) and not _quoted(below)
    )
    if line.kind == "heading" or line.bold:
        return not _SUBTITLE.search(line.text) or (heads and not line.text[:1].islower())
    if below is not None and below.kind == "paragraph" and not heads and line.text.endswith(":"):
        return True
    return heads and not line.text[:1].islower()


def _names_community(line: Line) -> bool:
    return bool(re.fullmatch(rf"(?:for\s+)?{_COMMUNITY.pattern}", line.text))


def _is_subtitle(lines: list[Line], i: int, title: int) -> bool:
    line = lines[i]
    if line.style.lower() in {"subtitle", "undertittel"}:
        return True
    if line.kind == "heading" or i < title:
        return bool(_SUBTITLE.search(line.text))
    return line.short(120) and not line.text.endswith(".")


def _quoted(line: Line) -> bool:
    return bool(_QUOTED.match(line.text)) and len(line.text) > 12 and line.kind != "item"


def _take_abbreviations(front: Front, lines: list[Line], notes: Notes) -> list[Line]:
    for at, line in enumerate(lines):
        if line.is_words and line.short(80) and _ABBREVIATIONS.match(line.words):
            found, end = _pairs(lines, at + 1, _PAIR)
            if found:
                front.abbreviations = found
                notes.add(line.at, _ABBREVIATIONS_ABOVE, words=line.whole)
                return lines[:at] + lines[end:]
    for at in range(len(lines)):
        found, end = _pairs(lines, at, _STRICT_PAIR)
        if len(found) >= 3:
            front.abbreviations = found
            return lines[:at] + lines[end:]
    return lines


def _pairs(lines: list[Line], at: int, pattern: re.Pattern[str]) -> tuple[list[Abbreviation], int]:
    """The abbreviations that stand from here on, and where they end."""
    if at < len(lines) and isinstance(table := lines[at].block, Table):
        return _pairs_of_table(table), at + 1
    found: list[Abbreviation] = []
    while at < len(lines):
        line = lines[at]
        pair = (
            pattern.match(line.text) if line.kind in {"paragraph", "item"} and len(line.text) <= 200 else None
        )
        if pair is None or line.footnotes or line.made_label:
            break
        found.append(Abbreviation(short=pair["short"].strip(), long=" ".join(pair["long"].split())))
        at += 1
    return found, at


def _pairs_of_table(table: Table) -> list[Abbreviation]:
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    plain = all(
        len(row) == 2 and all(len(lines_of(cell.blocks)) == 1 for cell in source.cells)
        for row, source in zip(rows, table.rows, strict=True)
    )
    return [Abbreviation(short=short, long=long) for short, long in rows] if plain else []


def community_of(front: Front, texts: list[str]) -> str:
    """The name of the health community as the document writes it; empty where it names none."""
    for text in (front.title, front.subtitle):
        if found := _UPPER.search(text) or _COMMUNITY.search(text) or _COMMUNITY_AFTER.search(text):
            return found[0].strip(" .,-–/")
    found_in_text: dict[str, int] = {}
    for text in texts:
        for found in (*_COMMUNITY.finditer(text), *_COMMUNITY_AFTER.finditer(text)):
            name = found[0].strip(" .,-–/")
            found_in_text[name] = found_in_text.get(name, 0) + 1
    return max(found_in_text, key=lambda name: found_in_text[name], default="")
