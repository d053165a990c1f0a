"""Which lines head what follows, and how they rank: by printed number, style, boldness or plain sense."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from helsefellesskap.sentences import later
from plans.document import ReadAs
from plans.importers.interpret.lines import Line
from plans.importers.interpret.notes import Notes

_KNOWN = re.compile(
    r"^(?:\d[\d.]*\s+)?(?:formål(?:et)?|føremål|bakgrunn|innledning|innleiing|forord|"
    r"samm?endrag|samandrag|(?:felles\s+)?visjon|"
    r"(?:felles\s+|våre\s+)?verdi(?:er|ar|grunnlag)|mandat|organisering|"
    r"oppfølging(?:\s+av\s+planen)?|oppfølging\s+og\s+\w+|"
    r"evaluering|rapportering|(?:veien|vegen)\s+vi(?:d)?(?:ere|are)|oppsummering|avslutning|"
    r"avslutting|vedlegg|"
    r"(?:overordne(?:de|t|a)\s+|hoved|felles\s+)?mål(?:sett?ing(?:er|ar)?)?|hovedmål\s.{2,70}|"
    r"mål\s+og\s+(?:tiltak|strategi\w*)|tiltak|"
    r"(?:prioriterte\s+|felles\s+)?(?:innsats|satsings|satsnings|strategi|fokus)områd(?:e|er|a)|"
    r"prosess(?:en)?|om\s+planen|"
    r"(?:prioriterte|nasjonale|nasjonalt)\s+(?:prioriterte\s+)?pasientgrupper?.{0,60}|"
    r"forankring|rammer|rammar|økonomi|"
    r"kommunikasjon|implementering|risiko|utfordringsbilde|utfordringer|definisjon(?:er|ar)|"
    r"begrep(?:er)?|status\s+for\s+.{2,60})"
    r"\s*:?$",
    re.IGNORECASE,
)
_IN_AREAS = re.compile(
    r"^(?:status\s|prosess|hovedmål|anbefalte\s|foreslåtte\s|forslag\s+til|"
    r"prioriterte\s+pasientgrupper|innspill?\b|innspel\b|"
    r"strategi\s+for|handlingsplan\s+(?:for\s+)?20\d\d|oppsummering|videre\s+(?:arbeid|prosess)|"
    r"bakgrunn|formål)"
    r"|^[\w\s/.-]{2,60}\b(?:innspill|innspel)\s+til\b|\butviklingsplan\b.{0,40}$",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"(?:områder|satsinger|satsninger|mål|prioriteringer|tiltak|temaer|områda)\s*:?$", re.IGNORECASE
)
_STOPS = (".", ":", ";", ",")
_MANY_NUMBERS = 3  # so many numbered headings, and the printed number sets the level
_TOO_LONG = later("Avsnittet har overskriftsstil, men er lest som brødtekst: «%(words)s».")
_A_POINT = later(
    "«%(words)s» har overskriftsstil, men står som et punkt i «%(above)s» og er lest som brødtekst."
)


@dataclass
class Head:
    """A line that heads what follows. A smaller rank stands above a larger one."""

    at: int
    line: Line
    why: str  # "styled", "bold", "known", "gap", "numbered", "before", "bullet", "within"
    rank: float = 1


def is_known_heading(line: Line) -> bool:
    """Whether the line is one of the few words that plans use for headings («Formål», «Bakgrunn»)."""
    return line.is_words and bool(_KNOWN.match(line.text))


def heads_of(lines: Sequence[Line], read_as: ReadAs, areas: frozenset[int], notes: Notes) -> list[Head]:
    """The headings among the lines, ranked. `areas` are positions that are goals of numbered areas."""
    has_styles = any(line.kind == "heading" and i not in areas for i, line in enumerate(lines))
    heads: list[Head] = []
    numbered = sum(bool(line.number) for line in lines if line.kind == "heading")
    for at, line in enumerate(lines):
        if at in areas or not line.is_words:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        if line.kind == "heading":
            if _lies(lines, at, read_as, heads, many_numbers=numbered >= _MANY_NUMBERS, notes=notes):
                continue
            heads.append(Head(at, line, "styled"))
        elif why := _plain_reason(lines, at, below, read_as, has_styles=has_styles):
            heads.append(Head(at, as_heading(line), why))
    _rank(heads, lines)
    return heads


def as_heading(line: Line) -> Line:
    return replace(line, kind="heading", level=0)


def _lies(
    lines: Sequence[Line], at: int, read_as: ReadAs, heads: list[Head], *, many_numbers: bool, notes: Notes
) -> bool:
    """Whether a heading style stands on what is not a heading; said in a warning."""
    line = lines[at]
    if not line.short(160) or (len(line.text) > 80 and line.text.endswith(".")):
        notes.add(line.at, _TOO_LONG, words=line.text)
        return True
    below = lines[at + 1] if at + 1 < len(lines) else None
    if read_as != "table" or line.number or below is None or below.kind != "item" or is_known_heading(line):
        return False
    if not heads or not any(other.kind == "table" for other in lines[at:]):
        return False
    above = heads[-1]
    inside = (many_numbers and bool(above.line.number)) or (
        line.level > above.line.level and _has_plain_sibling(lines[above.at + 1 : at])
    )
    if inside:
        notes.add(line.at, _A_POINT, words=line.text, above=above.line.text)
    return inside


def _has_plain_sibling(lines: Sequence[Line]) -> bool:
    """Whether a short plain line stands before bullets here, as the lying heading does."""
    return any(a.kind == "paragraph" and a.short() and b.kind == "item" for a, b in pairwise(lines))


def _plain_reason(
    lines: Sequence[Line], at: int, below: Line | None, read_as: ReadAs, *, has_styles: bool
) -> str:
    """Why a line without heading style is a heading; empty where it is none."""
    line = lines[at]
    if line.footnotes and not line.text:
        return ""
    if read_as == "numbered_areas" and line.level == 0 and line.short(120) and _IN_AREAS.search(line.words):
        if below is None or line.text.endswith("."):
            return ""
        return "gap" if line.after_gap else "within"
    if line.kind == "item":
        is_head = line.bold and line.level == 0 and line.short() and read_as == "strategy"
        followed = below is not None and (
            below.kind == "paragraph" or (below.kind == "item" and below.level > 0)
        )
        return "bullet" if is_head and followed else ""
    if below is None or not line.short(120) or line.text[:1].islower():
        return ""
    before_list = below.kind == "item"
    if line.bold and not line.text.endswith(_STOPS) and line.short():
        goal = read_as == "bullets" and before_list and not is_known_heading(line)
        return "" if goal else "bold"
    if not has_styles:
        if is_known_heading(line) and read_as != "numbered_areas":
            return "known"
        if _numbered_heading(lines[at - 1] if at else None, line, below, read_as):
            return "numbered"
        ends = line.text.endswith(_STOPS) and not (line.after_gap and line.text.endswith(":"))
        if line.after_gap and not ends and not (read_as == "bullets" and before_list):
            return "gap"
        if read_as == "strategy" and not ends and line.short(90) and _heads_text(below):
            return "known"
    if read_as == "strategy" and before_list and not line.text.endswith(_STOPS) and not line.number:
        return "before"
    return ""


def _heads_text(below: Line) -> bool:
    """Whether what stands below is text that a short line could head."""
    prose = below.kind == "paragraph" and (not below.short(120) or below.text.endswith("."))
    bold_bullet = below.kind == "item" and below.bold
    return prose or bold_bullet or (below.kind == "paragraph" and bool(below.number))


def _numbered_heading(above: Line | None, line: Line, below: Line, read_as: ReadAs) -> bool:
    """Whether a short numbered line heads text; between others of its kind it is a list item."""
    number = _number(line)
    if not number or not line.short(120) or line.text.endswith((":", ";")):
        return False
    if below.kind == "item" and len(number) == 1 and read_as == "bullets":
        return False
    if above is not None and len(_number(above)) == len(number):
        return False
    return not _number(below) or len(_number(below)) > len(number)


def _number(line: Line) -> tuple[int, ...]:
    return line.number or (as_heading(line).number if line.kind == "paragraph" else ())


def _rank(heads: list[Head], lines: Sequence[Line]) -> None:
    """Give every head its rank: numbers first, then styles, then the plain ones under them."""
    by_number = sum(bool(head.line.number) for head in heads) >= _MANY_NUMBERS
    lowest = min((head.line.level for head in heads if head.why == "styled"), default=1)
    above: Head | None = None  # the last unnumbered head, for numbers that begin under it
    base, top_level, firm = 0.0, 0, 0.0  # of the numbers; level of «1»; rank of the last firm head
    for n, head in enumerate(heads):
        number, level = head.line.number, head.line.level
        if number and (by_number or head.why != "styled"):
            if number == (1,) or not top_level:
                top_level = level or 1
                base = above.rank if above and _begins_under(above, head, heads[n - 1], lines) else 0.0
            head.rank = base + len(number)
        elif head.why == "styled":
            head.rank = level - lowest + 1
            if by_number and top_level and not (above and level <= above.line.level):
                head.rank = 1 if level <= top_level and not base else firm + 1
        elif head.why in {"bullet", "before"}:
            head.rank = firm + 1 if head.why == "bullet" or lowest_is_styled(heads) else 1
            if head.why == "bullet":
                continue
        elif head.why == "bold" and lowest_is_styled(heads):
            head.rank = firm + 1
            continue
        elif head.why == "within" and any(other.why in {"styled", "gap"} for other in heads[:n]):
            head.rank = 2
            continue
        if head.why == "before":
            continue
        firm = head.rank
        if not number:
            above = head


def lowest_is_styled(heads: list[Head]) -> bool:
    return any(head.why == "styled" for head in heads)


def _begins_under(above: Head, head: Head, before: Head, lines: Sequence[Line]) -> bool:
    """Whether «1.» begins a list of headings under an unnumbered one rather than beside it."""
    if before is not above:
        return False
    if head.why == "styled" and above.why == "styled":
        return head.line.level > above.line.level
    directly = head.at == above.at + 1
    return directly or bool(_PLURAL.search(lines[above.at].text))
