"""The blocks of a Word file that the portal wrote and somebody edited, read back as parts of the plan.

Each paragraph belongs where its bookmark says. One without (typed anew, pasted, or written by a program
that drops bookmarks) belongs to what stands before it; headings, our styles' names and the table's
headings help. No Django here: whose base it is compared with is decided later.
"""

from collections.abc import Iterable

from plans.edited import Edited, EditedGoal, EditedMeasure, EditedSection
from plans.importers.back_tables import TableReader, is_abbreviations, is_plan_table
from plans.importers.back_text import NOTES, first_mark, labelled, line_of, lines_of_blocks, named, words_of
from plans.importers.blocks import Block, Divider, Figure, Heading, Item, Paragraph, Source, Table
from plans.lines import Line, even_text, joined
from plans.word_marks import Mark

_BODY_HEADING = 5  # from this level on a heading is a small one in running text
_PLAN_STYLES = {
    "title": "title",
    "subtitle": "subtitle",
    "plan visjon": "vision",
    "plan periode": "period_text",
}
_OURS = {"plan opplysning", "caption", "toc heading", "toc 1", "toc 2", "toc 3", *NOTES}


def read_back(source: Source, identifier: str = "") -> Edited:
    reader = _Reader()
    for block in source.blocks:
        reader.take(block)
    edited = reader.edited
    _settle(edited)
    edited.comments = [omitted.text for omitted in source.omitted if omitted.why == "comment"]
    edited.identifier = identifier
    return edited


class _Reader:
    def __init__(self) -> None:
        self.edited = Edited()
        self._sections: dict[str, EditedSection] = {}  # by identity, those seen
        self._goals: dict[str, EditedGoal] = {}
        self._section: EditedSection | None = None
        self._goal: EditedGoal | None = None
        self._measure: EditedMeasure | None = None
        self._lines: list[Line] | None = None  # where an unmarked paragraph goes
        self._field: tuple[dict[str, str], str] | None = None

    def take(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Heading | Paragraph | Item):
            mark = first_mark(block)
            if mark is not None:
                self._marked(block, mark)
            else:
                self._unmarked(block)
        elif isinstance(block, Figure):  # pictures are changed in the portal; a new plan takes them in
            self._here().figures.append(block)
        else:
            assert isinstance(block, Divider)

    # --- with identity ---

    def _marked(self, block: Heading | Paragraph | Item, mark: Mark) -> None:
        match mark.kind, mark.field:
            case "plan", "abbreviation":
                self.edited.unplaced.append(words_of([block]))
            case "plan", field:
                self._say(self.edited.plan, field, block)
            case "section", "heading":
                self._start_section(block, mark)
            case "section", ("body" | "after") as part:
                section = self._section_of(mark)
                self._goal = self._measure = None
                self._add_line(section.body if part == "body" else section.after, block)
            case "section", field:
                self._say(self._section_of(mark).fields, field, block)
            case "goal", ("label" | "html"):
                self._start_goal(block, mark)
            case "goal", "body":
                self._add_line(self._goal_of(mark).body, block)
            case "goal", field:
                self._say(self._goal_of(mark).fields, field, block)
            case "measure", ("label" | "html"):
                self._start_measure(block, mark)
            case "measure", field if self._measure is not None:
                key = f"{field}{mark.number or ''}"
                self._measure.headings[key] = labelled(block).label.rstrip(":")
                self._say(self._measure.fields, key, block)
            case _:
                self._unmarked(block)

    def _say(self, fields: dict[str, str], name: str, block: Heading | Paragraph | Item) -> None:
        """Adds the words to a field of plain text; «Status:» before a tab is ours."""
        words = labelled(block).text
        fields[name] = even_text(f"{fields[name]}\n{words}") if name in fields else words
        self._field, self._lines = (fields, name), None

    def _add_line(self, lines: list[Line], block: Heading | Paragraph | Item) -> None:
        lines += line_of(block, lines)
        self._lines, self._field = lines, None

    def _start_section(self, block: Heading | Paragraph | Item, mark: Mark | None) -> None:
        level = block.level if isinstance(block, Heading) else 0
        section = EditedSection(level=level, named=True, name=named(block))
        if mark:
            section.ident, section.copied = mark.ident, mark.copied
            self._sections.setdefault(mark.ident, section)
        self._enter(section)

    def _section_of(self, mark: Mark) -> EditedSection:
        """The section that the mark names, unless the paragraph was moved out of it. A heading without a
        mark, typed over so that it was lost, has that of the first paragraph after it.
        """
        here = self._section
        if mark.ident in self._sections and here is not None:
            return here
        if here is not None and here.named and not (here.ident or here.body or here.goals):
            here.ident = mark.ident
            self._sections[mark.ident] = here
        if here is None or here.ident != mark.ident:
            here = EditedSection(ident=mark.ident, level=here.level if here else 1)
            self._sections[mark.ident] = here
            self._enter(here)
        return here

    def _enter(self, section: EditedSection) -> None:
        self.edited.sections.append(section)
        self._section, self._goal, self._measure = section, None, None
        self._lines, self._field = section.body, None

    def _here(self) -> EditedSection:
        if self._section is None:
            self._enter(EditedSection())
        assert self._section is not None
        return self._section

    def _start_goal(self, block: Heading | Paragraph | Item, mark: Mark | None) -> None:
        goal = EditedGoal(name=named(block))
        if mark:
            goal.ident, goal.copied = mark.ident, mark.copied
            self._goals.setdefault(mark.ident, goal)
        self._here().goals.append(goal)
        self._goal, self._measure, self._lines, self._field = goal, None, goal.body, None

    def _goal_of(self, mark: Mark) -> EditedGoal:
        if mark.ident not in self._goals:
            goal = self._goals[mark.ident] = EditedGoal(ident=mark.ident)
            self._here().goals.append(goal)
            self._goal, self._measure = goal, None
        return self._goal or self._goals[mark.ident]

    def _start_measure(self, block: Heading | Paragraph | Item, mark: Mark | None) -> None:
        measure = EditedMeasure(name=named(block))
        if mark:
            measure.ident, measure.copied = mark.ident, mark.copied
        here = self._here()
        if self._goal is None:
            self._goal = EditedGoal()
            here.goals.append(self._goal)
        self._goal.measures.append(measure)
        self._measure, self._lines, self._field = measure, None, None

    # --- without ---

    def _unmarked(self, block: Heading | Paragraph | Item) -> None:
        style = block.style.lower() if isinstance(block, Paragraph) else ""
        if isinstance(block, Heading) and block.level < _BODY_HEADING:
            self._start_section(block, None)
        elif style in _OURS:
            return
        elif style in _PLAN_STYLES and self._section is None:
            self._say(self.edited.plan, _PLAN_STYLES[style], block)
        elif style == "plan mål":
            self._start_goal(block, None)
        elif self._is_measure(block, style):
            self._start_measure(block, None)
        elif self._measure is not None and self._lines is None:
            self._measure.name.runs = joined([Line("p", self._measure.name.runs), *line_of(block, [])])
        elif self._lines is not None:
            self._add_line(self._lines, block)
        elif self._field is not None:
            self._say(*self._field, block)
        else:
            self.edited.unplaced.append(words_of([block]))

    def _is_measure(self, block: Heading | Paragraph | Item, style: str) -> bool:
        """A line of our style under a goal, or a list item that goes on after measures in a list."""
        if style == "plan tiltak":
            return self._goal is not None
        return isinstance(block, Item) and self._measure is not None

    # --- tables ---

    def _table(self, table: Table) -> None:
        if is_abbreviations(table):
            self.edited.abbreviations += _pairs(table)
        elif is_plan_table(table):
            reader = TableReader(table)
            section = self._section_of(reader.section) if reader.section else self._here()
            section.goals += reader.goals()
            section.columns = section.columns or tuple(filter(None, reader.headings.values()))
            self._goal = self._measure = self._field = None
            self._lines = section.after
        elif self._lines is not None or self._section is not None:
            mark = next(filter(None, map(first_mark, _inside(table))), None)
            if mark and mark.kind == "section" and mark.field in ("body", "after"):
                section = self._section_of(mark)
                self._lines = section.body if mark.field == "body" else section.after
            elif mark and mark.kind == "goal":
                self._lines = self._goal_of(mark).body
            lines = self._lines if self._lines is not None else self._here().body
            lines += lines_of_blocks([table])
            self._lines = lines
        else:
            self.edited.unplaced.append(words_of([table]))


def _settle(edited: Edited) -> None:
    """What stands before its own heading or goal was moved out of it, and belongs to what stands above."""
    named = {section.ident for section in edited.sections if section.named}
    goals = {goal.ident for section in edited.sections for goal in section.goals if goal.name.whole}
    for section in edited.sections:
        for n, goal in reversed(list(enumerate(section.goals))):
            if goal.ident in goals and not goal.name.whole:
                (section.goals[n - 1] if n else section).body.extend(goal.body)
                goal.body = []
    settled: list[EditedSection] = []
    for section in edited.sections:
        if settled and not section.named and section.ident in named:
            above = settled[-1]
            (above.after if above.goals else above.body).extend(section.body)
            above.goals += section.goals
            above.after += section.after
        else:
            settled.append(section)
    edited.sections = settled


def _inside(table: Table) -> Iterable[Heading | Paragraph | Item]:
    for row in table.rows:
        for cell in row.cells:
            for block in cell.blocks:
                if isinstance(block, Table):
                    yield from _inside(block)
                elif not isinstance(block, Figure):
                    yield block


def _pairs(table: Table) -> list[tuple[str, str]]:
    """The abbreviations in a table, its own headings aside."""
    pairs = []
    for row in table.rows:
        texts = [words_of(cell.blocks) for cell in row.cells]
        if not row.header and len(texts) >= 2 and (texts[0] or texts[1]):
            pairs.append((texts[0], texts[1]))
    return pairs
