"""The measures of a plan as rows of words, and a table that came back as proposals. Pure.

The first column is the measure's code. It alone says which measure a row is: rows may be sorted and
columns moved. What only helps the reader (chapter, goal) is not read back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helsefellesskap.richtext import from_text, plain
from helsefellesskap.sentences import Sentence, later

from .document import Goal, Measure, PlanDocument
from .edited import LONGEST, Proposal
from .lines import even_text
from .measure_cells import label_as_stored, words_in

CODE, CHAPTER, GOAL = "Kode", "Kapittel", "Mål"
# Field → heading; the source's own columns follow.
COLUMNS = {
    "label": "Merke",
    "html": "Tiltak",
    "responsible_text": "Ansvarlig",
    "deadline_text": "Frist",
    "status_text": "Status",
    "indicator": "Indikator",
    "struck": "Strøket ut",
}
HEADINGS = (CODE, CHAPTER, GOAL, *COLUMNS.values())
_FEW = 10
_YES = {"ja", "x", "1", "true", "sann", "yes"}
# What a spreadsheet would take for a formula; fullwidth signs count too in some.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")

_NO_HEADINGS = later("Tabellen må ha overskriftene «Kode» og «Tiltak» i første rad.")
_NOT_HERE = later("Rad %(row)s: koden «%(code)s» er ikke et tiltak i denne planen.")
_TWICE = later("Rad %(row)s: koden «%(code)s» står to ganger.")
_NO_WORDS = later("Rad %(row)s: tiltaket mangler tekst. Skal tiltaket bort, slettes det i planen.")
_TOO_LONG = later("Rad %(row)s: «%(column)s» har flere enn %(n)s tegn.")
_NOTHING = later("Rad %(row)s: tiltaket mangler både kode og tekst.")
_NO_GOAL = later("Rad %(row)s: fant ikke målet «%(goal)s» som tiltaket hører under.")
_MOVED = later(
    "Rad %(rows)s nevner et annet mål enn før. Tiltak flyttes ikke fra en tabell, og blir stående der de er."
)
_MANY_MOVED = later(
    "Rad %(rows)s og %(more)s til nevner et annet mål enn før. "
    "Tiltak flyttes ikke fra en tabell, og blir stående der de er."
)
_ONE_LEFT = later("1 tiltak i planen er ikke i tabellen, og blir stående som før.")
_SOME_LEFT = later("%(n)s av tiltakene i planen er ikke i tabellen, og blir stående som før.")
_COLUMN = later("Kolonnen «%(column)s» er ikke lest.")
_COLUMN_AGAIN = later("Kolonnen «%(column)s» står to ganger, og den siste er ikke lest.")
_NAMELESS_COLUMN = later("En kolonne uten overskrift er ikke lest. Der står «%(words)s».")


def rows_of(plan: PlanDocument, codes: Mapping[str, str]) -> list[list[str]]:
    """The headings and a row for each measure. `codes` holds each item's code by its key."""
    extras = extra_headings(plan)
    rows = [[*HEADINGS, *extras]]
    for section, goal, measure in plan.walk_measures():
        chapter = even_text(f"{section.number} {section.heading}")
        words = [words_of(measure, name) for name in (*COLUMNS, *(f"extra:{h}" for h in extras))]
        rows.append([codes.get(measure.key, ""), chapter, even_text(goal.text), *words])
    return rows


def extra_headings(plan: PlanDocument) -> list[str]:
    found = dict.fromkeys(heading for _s, _g, measure in plan.walk_measures() for heading in measure.extra)
    return [heading for heading in found if heading not in HEADINGS]


def words_of(measure: Measure, name: str) -> str:
    match name:
        case "label":
            return measure.label
        case "html":
            return even_text(measure.text)
        case "struck":
            return "ja" if measure.struck else ""
    if name.startswith("extra:"):
        return even_text(words_in(measure, "extra", name.removeprefix("extra:")))
    return even_text(words_in(measure, name))


def guarded(words: str) -> str:
    """The words so that no spreadsheet runs them: an apostrophe before what looks like a formula."""
    return f"'{words}" if _FORMULA.match(words) else words


def unguarded(words: str) -> str:
    return words[1:] if words.startswith("'") and _FORMULA.match(words) else words


# --- back in ---


@dataclass(slots=True)
class TableReading:
    """What a table would change, and why it cannot be taken (`problems`)."""

    proposals: list[Proposal] = field(default_factory=list)
    problems: list[Sentence] = field(default_factory=list)
    notices: list[Sentence] = field(default_factory=list)


def read_rows(plan: PlanDocument, codes: Mapping[str, str], rows: Sequence[Sequence[str]]) -> TableReading:
    """Compares the rows with the plan. Measures that the table does not name stay as they are."""
    reading = TableReading()
    columns = _columns(rows[0] if rows else [], extra_headings(plan))
    if CODE not in columns or "html" not in columns:
        reading.problems.append(Sentence(_NO_HEADINGS))
        return reading
    measures = {codes[m.key]: (goal, m) for _s, goal, m in plan.walk_measures() if m.key in codes}
    seen: set[str] = set()
    moved: list[int] = []
    _say_unread(rows, columns, reading)
    for number, row in enumerate(rows[1:], 2):
        cells = {name: _cell(row, place) for name, place in columns.items()}
        code = cells[CODE].lower()
        if not any(cells.values()):
            continue
        if not code:
            _new(plan, cells, number, reading)
        elif code not in measures:
            reading.problems.append(Sentence(_NOT_HERE, {"row": str(number), "code": code}))
        elif code in seen:
            reading.problems.append(Sentence(_TWICE, {"row": str(number), "code": code}))
        else:
            seen.add(code)
            goal, measure = measures[code]
            found = list(_changes(measure, cells))
            reading.problems += _wrong(found, str(number))
            reading.proposals += found
            if GOAL in cells and cells[GOAL] != even_text(goal.text):
                moved.append(number)
    if moved:
        reading.notices.append(_said_moved(moved))
    if left := len(measures) - len(seen):
        reading.notices.append(Sentence(_ONE_LEFT) if left == 1 else Sentence(_SOME_LEFT, {"n": str(left)}))
    return reading


def _say_unread(rows: Sequence[Sequence[str]], columns: Mapping[str, int], reading: TableReading) -> None:
    """Names the columns with words that are not read: those that the plan does not have, or has twice."""
    known = set(columns.values())
    for place in range(max(map(len, rows), default=0)):
        words = [row[place] for row in rows[1:] if place < len(row) and row[place]]
        if place not in known and words:
            heading = even_text(rows[0][place]) if place < len(rows[0]) else ""
            if heading:
                twice = heading.lower() in [even_text(rows[0][n]).lower() for n in known]
                reading.notices.append(Sentence(_COLUMN_AGAIN if twice else _COLUMN, {"column": heading}))
            else:
                reading.notices.append(Sentence(_NAMELESS_COLUMN, {"words": even_text(words[0])[:60]}))


def _said_moved(numbers: Sequence[int]) -> Sentence:
    """Which rows name another goal: all of a few, a few of many."""
    rows = ", ".join(map(str, numbers[:_FEW]))
    if len(numbers) > _FEW:
        return Sentence(_MANY_MOVED, {"rows": rows, "more": str(len(numbers) - _FEW)})
    return Sentence(_MOVED, {"rows": rows})


def _wrong(changes: Sequence[Proposal], row: str) -> Iterator[Sentence]:
    """Why changes of one measure cannot be taken."""
    for change in changes:
        if change.field == "html" and not change.after:
            yield Sentence(_NO_WORDS, {"row": row})
        yield from _too_long({change.field: change.after}, row)


def _too_long(values: Mapping[str, Any], row: str) -> Iterator[Sentence]:
    for name, words in values.items():
        if name in LONGEST and len(words) > LONGEST[name]:
            yield Sentence(_TOO_LONG, {"row": row, "column": COLUMNS[name], "n": str(LONGEST[name])})


def _columns(headings: Sequence[str], extras: Sequence[str]) -> dict[str, int]:
    """Field → place, by the headings; the first of two that are the same."""
    names = {heading.lower(): name for name, heading in COLUMNS.items()}
    names |= {heading.lower(): heading for heading in (CODE, CHAPTER, GOAL)}
    names |= {even_text(heading).lower(): f"extra:{heading}" for heading in extras}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = names.get(even_text(unguarded(heading)).lower())
        if name:
            found.setdefault(name, place)
    return found


def _cell(row: Sequence[str], place: int) -> str:
    return even_text(unguarded(row[place])) if place < len(row) else ""


def _changes(measure: Measure, cells: Mapping[str, str]) -> Iterator[Proposal]:
    for name, now in cells.items():
        if name in (CODE, CHAPTER, GOAL):
            continue
        old = words_of(measure, name)
        new = ("ja" if now.lower() in _YES else "") if name == "struck" else now
        if name == "label":
            new = label_as_stored(new)
        if old == new:
            continue
        before, after = _stored(measure, name, old), _stored(measure, name, new, new=True)
        yield Proposal(
            kind="change", item_kind="measure", item=measure.key, field=name, before=before, after=after
        )


def _stored(measure: Measure, name: str, words: str, *, new: bool = False) -> str:
    if name == "html":
        return from_text(words) if new else measure.html
    if name == "struck":
        return "1" if words else ""
    return words


def _new(plan: PlanDocument, cells: Mapping[str, str], number: int, reading: TableReading) -> None:
    """A row without a code is a new measure under the goal that it names."""
    if not cells["html"]:
        reading.problems.append(Sentence(_NOTHING, {"row": str(number)}))
        return
    goal = _goal_named(plan, cells.get(GOAL, ""), cells.get(CHAPTER, ""))
    if goal is None:
        reading.problems.append(Sentence(_NO_GOAL, {"row": str(number), "goal": cells.get(GOAL, "")}))
        return
    values: dict[str, Any] = {name: words for name, words in cells.items() if name in COLUMNS and words}
    values["html"] = from_text(cells["html"])
    values["extra"] = {n.removeprefix("extra:"): w for n, w in cells.items() if n.startswith("extra:") and w}
    if "struck" in values:
        values["struck"] = "1" if cells["struck"].lower() in _YES else ""
    reading.problems += _too_long(values, str(number))
    before = [p.values["name"] for p in reading.proposals if p.kind == "add" and p.item == goal.key]
    last = before[-1] if before else goal.measures[-1].key if goal.measures else ""
    values["name"] = f"new{number}"
    reading.proposals.append(
        Proposal(kind="add", item_kind="measure", item=goal.key, place=last, values=values)
    )


def _goal_named(plan: PlanDocument, name: str, chapter: str) -> Goal | None:
    """The goal of this text; of several, the one in this chapter; None where that does not tell."""
    found = [(s, g) for s, g in plan.walk_goals() if even_text(plain(g.html) or g.text) == name]
    here = [(s, g) for s, g in found if even_text(f"{s.number} {s.heading}") == chapter]
    chosen = here or found
    return chosen[0][1] if len(chosen) == 1 else None
