"""What a pasted table becomes in a plan: goals with measures, and what finds no place among them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helsefellesskap.richtext import clean_block, clean_inline, from_text, plain

from . import document as doc
from .importers.interpret.notes import NO_PLACE
from .importers.interpret.pasted import Column
from .importers.interpret.rows import AREA_AGAIN, GOAL_AGAIN, HEADINGS_AGAIN

_DEADLINE = "Frist"
# As the models have it.
_LONGEST_LABEL, _LONGEST_DEADLINE = 50, 300


@dataclass(frozen=True, slots=True)
class Pasted:
    """Goals in order. The first may be without words: its measures belong to the goal that one is in."""

    goals: tuple[doc.Goal, ...]
    columns: tuple[Column, ...]
    left_out: tuple[str, ...]  # words that are neither goal nor measure
    warnings: tuple[doc.Warning, ...]

    @property
    def own_measures(self) -> tuple[doc.Measure, ...]:
        """The measures that stand before any goal."""
        return self.goals[0].measures if self.goals and not self.goals[0].text else ()

    @property
    def new_goals(self) -> tuple[doc.Goal, ...]:
        return tuple(goal for goal in self.goals if goal.text)

    @property
    def has_labels(self) -> bool:
        return any(measure.label for goal in self.goals for measure in goal.measures)

    @property
    def measures(self) -> int:
        return sum(len(goal.measures) for goal in self.goals)


def pasted(document: doc.PlanDocument, columns: Sequence[Column]) -> Pasted:
    """From the reading of a table (one section, with a section below it for each band) to rows."""
    goals: list[doc.Goal] = []
    left_out: list[str] = []
    for depth, section in document.walk_sections():
        found = list(section.goals)
        if depth > 1 and section.heading:
            if found and not found[0].text:  # a band over measures is what they are for
                found[0] = _named(found[0], section)
            else:
                left_out.append(f"{section.number} {section.heading}".strip())
        left_out += [plain(html) for html in (section.body, section.after) if html]
        for goal in found:
            if goals and not goal.text:
                goals[-1] = replace(goals[-1], measures=goals[-1].measures + goal.measures)
            else:
                goals.append(goal)
    said = [w for w in document.warnings if w.text not in (AREA_AGAIN, GOAL_AGAIN, HEADINGS_AGAIN)]
    warnings = tuple(w for w in said if w.text != NO_PLACE)
    left_out += [w.facts["words"] for w in said if w.text == NO_PLACE]
    return Pasted(tuple(map(_fitting, goals)), tuple(columns), tuple(left_out), warnings)


def _named(goal: doc.Goal, band: doc.Section) -> doc.Goal:
    label = band.label or band.number
    return replace(goal, label=label, text=band.heading, html=from_text(band.heading), struck=band.struck)


def _fitting(goal: doc.Goal) -> doc.Goal:
    """Words that are too long for their field go where there is room: nothing is cut off."""
    goal = replace(goal, html=clean_inline(goal.html), body=clean_block(goal.body))
    if len(goal.label) > _LONGEST_LABEL:
        goal = replace(goal, label="", html=f"{from_text(goal.label)} {goal.html}")
    return replace(goal, measures=tuple(map(_fitting_measure, goal.measures)))


def _fitting_measure(measure: doc.Measure) -> doc.Measure:
    measure = replace(measure, html=clean_inline(measure.html))
    if len(measure.label) > _LONGEST_LABEL:
        measure = replace(measure, label="", html=f"{from_text(measure.label)} {measure.html}")
    if measure.deadline and len(measure.deadline.text) > _LONGEST_DEADLINE:
        measure = replace(measure, deadline=None, extra={**measure.extra, _DEADLINE: measure.deadline.text})
    return measure
