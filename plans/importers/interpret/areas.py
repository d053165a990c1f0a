"""Numbered areas with a status in words: «10. Delavtale – pågående arbeid», with bullets under them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from helsefellesskap.sentences import later
from plans.document import Status
from plans.importers.interpret import status
from plans.importers.interpret.cells import with_lines_below
from plans.importers.interpret.drafts import GoalDraft, MeasureDraft, SectionDraft
from plans.importers.interpret.headings import is_known_heading
from plans.importers.interpret.lines import Line, footnotes_only
from plans.importers.interpret.notes import Notes

_FEWEST = 3
_MOST_STARTS = 50  # lists that begin anew; a plan has a few
_PROSE = 300  # characters; longer than this is a description, not something to be done
_LINK = re.compile(r"^<?(?:https?://|www\.)\S+>?$")
_TICKS = "✓✔☑"
_SAID_STRUCK = later("«%(words)s» er strøket ut i kilden og er merket slik her.")
_SAID_STATUS = later("Statusen «%(status)s» i «%(words)s» er tatt med i ord, men ikke tolket.")
_SAID_TICK = later("Tegnet «%(sign)s» er lest som punkttegn, ikke som status.")


def looks_like_areas(lines: Sequence[Line]) -> bool:
    """Whether the document is a run of numbered areas that tell how they go."""
    found = find(lines)
    if len(found) < _FEWEST:
        return False
    if is_known_heading(lines[found[0]]):  # «1 Innledning»: chapters, not areas
        return False
    end = min(found[-1] + 15, len(lines))
    told = sum(line.is_words and status.in_sentence(line.text) is not None for line in lines[found[0] : end])
    apart = sum(b > a + 1 for a, b in pairwise(found))
    return told >= 2 and apart * 2 >= len(found) - 1


def find(lines: Sequence[Line]) -> list[int]:
    """Positions of the longest run of lines numbered 1, 2, 3 …"""
    numbered = [
        (at, line.number[0])
        for at, line in enumerate(lines)
        if line.is_words
        and len(line.number) == 1
        and line.short(200)
        and (line.kind == "heading" or not line.level)
    ]
    best: list[int] = []
    starts = [n for n, (_, number) in enumerate(numbered) if number == 1]
    for first in starts[:_MOST_STARTS]:
        run = [numbered[first][0]]
        for at, n in numbered[first + 1 :]:
            if n == len(run) + 1:
                run.append(at)
        if len(run) > len(best):
            best = run
    return best if len(best) >= _FEWEST else []


def read_areas(sections: list[SectionDraft], areas: set[int], notes: Notes) -> None:
    """Make each area a goal. `areas` holds the ids of the areas' blocks."""
    for section in sections:
        lines, section.lines = section.lines, []
        starts = [at for at, line in enumerate(lines) if id(line.block) in areas]
        section.body += lines[: starts[0]] if starts else lines
        for a, b in pairwise([*starts, len(lines)]):
            section.goals.append(_goal(lines[a], lines[a + 1 : b], notes))
        read_areas(section.sections, areas, notes)


def _goal(line: Line, below: list[Line], notes: Notes) -> GoalDraft:
    goal = GoalDraft(html=line.words_html, label=line.label, struck=line.struck, at=line.at)
    goal.status = status.in_sentence(line.words)
    _doubt(goal.status, line, notes)
    if line.struck:
        notes.add(line.at, _SAID_STRUCK, words=f"{line.label} {line.words}")
    if line.footnotes:
        goal.body.append(footnotes_only(line))
    bullets = [x for x in below if not _is_plain(x, line) and not _tells_status(x)]
    # Without bullets, what stands under the area is what is done there.
    work = bullets or [x for x in below if _names_work(x)]
    of_work, top = {id(x) for x in work}, min((x.level for x in work), default=0)
    for x in below:
        told = _tells_status(x)
        if goal.measures and x.kind == "item" and x.level > top:
            measure = goal.measures[-1]
            measure.html = with_lines_below(measure.html, [x])
            measure.status = measure.status or told
        elif id(x) in of_work:
            goal.measures.append(_measure(x, notes))
        else:
            goal.body.append(x)
            goal.status = goal.status or told
            _doubt(told, x, notes)
            continue
        if x.footnotes:
            goal.body.append(footnotes_only(x))
    return goal


def _tells_status(line: Line) -> Status | None:
    """The status, where the line is nothing but one: «Pågår», «Status: pågår»."""
    return status.of_line(line.text) or status.only_status(line.text)


def _is_plain(line: Line, area: Line) -> bool:
    """A line on the area's own level. On slides every line is a bullet, and the areas are too."""
    if line.kind == "item":
        return area.kind == "item" and line.level <= area.level and line.glyph not in _TICKS
    return True


def _names_work(line: Line) -> bool:
    words = line.kind in {"paragraph", "item"} and bool(line.text)
    if _tells_status(line):
        return False
    return words and not (line.text.endswith(":") or _LINK.match(line.text) or len(line.text) > _PROSE)


def _measure(line: Line, notes: Notes) -> MeasureDraft:
    found = status.in_sentence(line.text)
    _doubt(found, line, notes)
    return MeasureDraft(html=line.words_html, label=line.label, status=found, struck=line.struck, at=line.at)


def _doubt(found: Status | None, line: Line, notes: Notes) -> None:
    if found and found.value is None:
        notes.add(line.at, _SAID_STATUS, status=found.text, words=line.words)


def say_ticks(lines: Sequence[Line], notes: Notes) -> None:
    """A tick is a bullet's shape: said once, since it looks like «done»."""
    ticked = next((line for line in lines if line.glyph and line.glyph in _TICKS), None)
    if ticked:
        notes.add(ticked.at, _SAID_TICK, sign=ticked.glyph)
