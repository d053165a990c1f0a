"""Plans in bullets: goals as bold bullets, outer bullets or short plain lines, measures under them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from helsefellesskap.sentences import later
from plans.importers.interpret import groups, status
from plans.importers.interpret.cells import with_lines_below
from plans.importers.interpret.drafts import GoalDraft, MeasureDraft, SectionDraft
from plans.importers.interpret.headings import is_known_heading
from plans.importers.interpret.lines import Line, footnotes_only
from plans.importers.interpret.notes import STATUS_NOT_READ, Notes

_GOAL_LONGEST = 220
_INTRODUCTION = 60  # «Planen skal:» is shorter than this, a goal that ends in a colon is longer
_BY_ITSELF = later(
    "«%(words)s» står som et eget punkt uten fet skrift. Det er lest som et tiltak under målet over."
)
_NO_GROUP = later("«%(words)s» står blant pasientgruppene, men er ikke en kjent gruppe.")


def read_bullets(sections: list[SectionDraft], notes: Notes) -> None:
    """Read goals and measures in the sections; where no line names a goal, headings over bullets do."""
    every = list(_walk(sections))
    for section in every:
        section.lines = [_as_item(line) for line in section.lines]
    headings = [section for section in every if _could_be_goal(section.heading, section.lines)]
    flat = [section for section in headings if len({x.level for x in section.lines if x.kind == "item"}) == 1]
    by_heading = bool(flat) and len(flat) * 2 >= len(headings)
    for section in every:
        _Region(section, notes, by_heading=by_heading).read()
    if not any(section.goals for section in every):
        _headings_as_goals(sections, notes)


def _walk(sections: list[SectionDraft]) -> list[SectionDraft]:
    return [x for section in sections for x in (section, *_walk(section.sections))]


def _as_item(line: Line) -> Line:
    """«1.2 Rutine» under «1 Overganger» is a list item, though it has no bullet."""
    depth = len(line.number)
    if line.kind != "paragraph" or depth < 2 or line.bold:
        return line
    return replace(line, kind="item", level=depth - 2)


class _Region:
    """The lines of one section, walked once from top to bottom."""

    def __init__(self, section: SectionDraft, notes: Notes, *, by_heading: bool = False) -> None:
        self._section = section
        self._by_heading = by_heading  # bullets inside bullets are no goals where headings seem to be
        self._notes = notes
        self._lines, section.lines = section.lines, []
        self._goal: GoalDraft | None = None
        self._rest: list[Line] = []  # text after a goal's bullets: its own if another goal follows
        self._told = False

    def read(self) -> None:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if line.kind == "item":
                end = at
                while end < len(self._lines) and self._lines[end].kind == "item":
                    end += 1
                named = at > 0 and self._goal is not None and self._goal.at == self._lines[at - 1].at
                self._items(self._lines[at:end], under_goal_line=named)
                at = end
                continue
            if self._is_goal_line(at):
                self._open(line)
            elif self._goal is None:
                self._section.body.append(line)
            elif self._goal.measures or self._goal.patient_groups or self._rest or not line.is_words:
                self._rest.append(line)
            else:
                self._goal.body.append(line)
            at += 1
        self._section.after += self._rest

    def _is_goal_line(self, at: int) -> bool:
        """A short plain line before bullets; or between two goals, a line like them."""
        line = self._lines[at]
        if line.kind not in {"paragraph", "heading"} or not line.text:
            return False
        if not line.short(_GOAL_LONGEST) or is_known_heading(line):
            return False
        below = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if below is None:
            return False
        if below.kind == "item":
            described = self._by_heading and at == 0 and line.text.endswith(".")
            if described or self._goals_below(at):
                return False
            is_intro = line.text.endswith(":") and len(line.text) < _INTRODUCTION
            return not is_intro or groups.is_list_of_groups(self._texts_below(at))
        return self._goal is not None and below.kind == line.kind and self._is_goal_line(at + 1)

    def _items_below(self, at: int) -> list[Line]:
        return list(takewhile(lambda line: line.kind == "item", self._lines[at + 1 :]))

    def _goals_below(self, at: int) -> bool:
        """Whether the bullets below are goals themselves, so that the line only leads up to them."""
        items = self._items_below(at)
        level = min(item.level for item in items)
        bold = [item.bold for item in items if item.level == level]
        return any(bold) and not (all(bold) and len(bold) == len(items))

    def _texts_below(self, at: int) -> list[str]:
        return [item.words for item in self._items_below(at)]

    def _open(self, line: Line) -> None:
        if self._goal:
            self._goal.body += self._rest
            self._rest = []
        found = status.at_end(line.words)
        self._goal = GoalDraft(
            html=line.words_html, label=line.label, struck=line.struck, status=found, at=line.at
        )
        if line.footnotes:
            self._goal.body.append(footnotes_only(line))
        self._section.goals.append(self._goal)

    def _items(self, items: Sequence[Line], *, under_goal_line: bool) -> None:
        level = min(item.level for item in items)
        outer = [item for item in items if item.level == level]
        nested = len(outer) < len(items)
        if under_goal_line and self._goal:
            self._fill(self._goal, items)
            return
        bold = [item for item in outer if item.bold]
        if bold and (len(bold) > 1 or nested):
            self._by_bold(items, level)
        elif nested and not self._by_heading and not self._is_description():
            self._by_level(items, level)
        elif self._goal and not self._rest:
            self._fill(self._goal, items)
        elif self._goal:
            self._rest += items
        else:
            self._section.body += items

    def _is_description(self) -> bool:
        """Whether the bullets only unfold a text above them («… følgende:»)."""
        above = self._section.body[-1:] if self._goal is None else self._rest[-1:]
        return bool(above) and above[0].text.endswith(":") and not above[0].short(_GOAL_LONGEST)

    def _by_bold(self, items: Sequence[Line], level: int) -> None:
        """Bold outer bullets are goals; an outer bullet that is not bold is a measure of the goal above."""
        for group in _groups(items, level):
            first, below = group[0], group[1:]
            if first.bold or self._goal is None or below:
                self._open(first)
                self._fill(self._opened(), below)
            else:
                self._notes.add(first.at, _BY_ITSELF, words=first.words)
                self._add_measures(self._goal, [first])

    def _by_level(self, items: Sequence[Line], level: int) -> None:
        for group in _groups(items, level):
            self._open(group[0])
            self._fill(self._opened(), group[1:])

    def _opened(self) -> GoalDraft:
        return self._section.goals[-1]

    def _fill(self, goal: GoalDraft, items: Sequence[Line]) -> None:
        """The items as the goal's patient groups where they name such, else as its measures."""
        words = [item.words for item in items]
        if groups.is_list_of_groups(words):
            goal.patient_groups = groups.codes_of(words)
            goal.body += [replace(item, level=item.level - min(i.level for i in items)) for item in items]
            for item in items:
                if groups.named_by(item.words) is None:
                    self._notes.add(item.at, _NO_GROUP, words=item.words)
        else:
            self._add_measures(goal, items)

    def _add_measures(self, goal: GoalDraft, items: Sequence[Line]) -> None:
        level = min((item.level for item in items), default=0)
        for group in _groups(items, level):
            first = group[0]
            found = status.at_end(first.words)
            if found and found.value is None:
                self._notes.add(first.at, STATUS_NOT_READ, status=found.text)
            goal.measures.append(
                MeasureDraft(
                    html=with_lines_below(first.words_html, group[1:]),
                    label=first.label,
                    status=found,
                    struck=first.struck,
                    at=first.at,
                )
            )
            notes = [footnotes_only(x) for x in group if x.footnotes]
            self._section.after += notes


def _groups(items: Sequence[Line], level: int) -> list[list[Line]]:
    """Each outer item with what stands under it."""
    found: list[list[Line]] = []
    for item in items:
        if item.level <= level or not found:
            found.append([item])
        else:
            found[-1].append(item)
    return found


def _headings_as_goals(sections: list[SectionDraft], notes: Notes) -> None:
    """Sections that are a heading over bullets become goals: in their parent, or in an unnamed section."""
    converted: list[SectionDraft] = []
    for section in sections:
        _headings_as_goals(section.sections, notes)
        goal = _as_goal(section, notes)
        if goal is None:
            converted.append(section)
        elif converted and converted[-1].heading is None and converted[-1].goals:
            converted[-1].goals.append(goal)
        else:
            converted.append(SectionDraft(goals=[goal]))
    sections[:] = converted
    for section in sections:
        if (
            section.sections
            and section.sections[0].heading is None
            and not section.goals
            and not section.after
        ):
            section.goals = section.sections.pop(0).goals


def _could_be_goal(heading: Line | None, lines: Sequence[Line]) -> bool:
    """Whether a heading names what its bullets do: text, if any, then bullets to the end."""
    if heading is None or is_known_heading(heading) or groups.speaks_of_groups(heading.text):
        return False
    text = list(takewhile(lambda line: line.kind != "item", lines))
    items = lines[len(text) :]
    return bool(items) and all(line.kind == "item" for line in items)


def _as_goal(section: SectionDraft, notes: Notes) -> GoalDraft | None:
    heading = section.heading
    if heading is None or section.sections or not _could_be_goal(heading, section.body):
        return None
    items = [line for line in section.body if line.kind == "item"]
    text = [line for line in section.body if line.kind != "item"]
    goal = GoalDraft(
        html=heading.words_html, label=heading.label, struck=heading.struck, body=text, at=heading.at
    )
    region = _Region(SectionDraft(), notes)
    region._fill(goal, items)
    goal.body += region._section.after
    return goal
