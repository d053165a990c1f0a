"""Headers, footers and page numbers: what stands at the same place on page after page is left out."""

import re
from collections import defaultdict
from collections.abc import Sequence

from plans.importers.blocks import Omitted
from plans.importers.pdf_layout import Line

_ZONE = 0.14  # of the page's height, at either end
_SAME_PLACE = 4.0  # points
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:side|s\.|page)?\s*\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?[-–—\s]*", re.IGNORECASE
)


def without_margins(
    pages: Sequence[tuple[float, list[Line]]], *, zone: float = _ZONE
) -> tuple[list[list[Line]], list[Omitted]]:
    """(height, lines outside tables) of each page → the lines that are the page's own, and the rest.

    A line is left out where a part of it (figures apart) stands at the same height on another page, and
    that height is used so on every second page at least; and where it is nothing but a page number.
    `zone` is how much of a page's height, at either end, may be margin.
    """
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (height, lines) in enumerate(pages):
        for line in _in_zones(lines, height, zone):
            for part in _parts(line):
                for place in _places(line, height):
                    seen[part, place].add(number)
    least = max(2, len(pages) / 2)
    kept: list[list[Line]] = []
    omitted: list[Omitted] = []
    for height, lines in pages:
        own = []
        zones = {id(line) for line in _in_zones(lines, height, zone)}
        for line in lines:
            places = _places(line, height)
            if id(line) not in zones:
                own.append(line)
            elif _PAGE_NUMBER.fullmatch(line.text):
                omitted.append(Omitted(at=line.at, text=line.text, why="debris"))
            elif any(len(seen[part, place]) >= least for part in _parts(line) for place in places):
                omitted.append(Omitted(at=line.at, text=line.text, why="header_footer"))
            else:
                own.append(line)
        kept.append(own)
    return kept, omitted


def _in_zones(lines: Sequence[Line], height: float, zone: float) -> list[Line]:
    return [line for line in lines if line.bottom < height * zone or line.top > height * (1 - zone)]


def _places(line: Line, height: float) -> set[int]:
    """The line's height on the page, roughly: two neighbouring steps, so that none falls between."""
    step = line.top / _SAME_PLACE
    return {int(step), int(step + 0.5) + 10_000}


def _parts(line: Line) -> set[str]:
    """What stands together in a line, figures alike: a running title apart from the chapter's name."""
    parts: list[list[str]] = [[]]
    right = line.left
    for word in line.words:
        if word.box[0] - right > 2 * line.size:
            parts.append([])
        parts[-1].append(word.text)
        right = word.box[2]
    return {re.sub(r"\d+", "#", " ".join(words)) for words in parts if words}
