"""Word files that this portal wrote (`plans/exporters/word.py`), read as a new plan.

Their paragraphs say themselves which part of a plan they hold, so how they look is not interpreted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from helsefellesskap.richtext import from_text, plain
from plans import document as doc
from plans.edited import Edited, EditedGoal, EditedMeasure, EditedSection, Labelled
from plans.importers.blocks import Heading, Item, Paragraph, Source, text_of
from plans.importers.interpret import front, groups, responsible, status
from plans.importers.interpret import period as periods
from plans.importers.interpret.dates import only_date
from plans.importers.interpret.decide import kind_of
from plans.importers.interpret.language import language_of
from plans.importers.interpret.lines import lines_of
from plans.importers.interpret.notes import NO_PLACE, Notes
from plans.importers.read_back import read_back
from plans.lines import block_html, inline_html, unstruck
from plans.measure_cells import CELLS, label_as_stored
from plans.word_marks import mark_of

_FEWEST_AREAS = 3


def is_own(source: Source) -> bool:
    """Whether the blocks say which part of a plan they hold."""
    named = (block for block in source.blocks if isinstance(block, Heading | Paragraph | Item))
    return any(mark_of(name) for block in named for name in block.marks)


def plan_of(source: Source) -> doc.PlanDocument:
    """The document of such a file, edited or not."""
    notes = Notes()
    for omitted in source.omitted:
        notes.omitted(omitted)
    edited = read_back(source)
    for words in edited.unplaced:
        notes.add("filen", NO_PLACE, words=words)
    title = edited.plan.get("title", "")
    cover = front.Front(title=title, subtitle=edited.plan.get("subtitle", ""))
    sections = _Maker().sections(edited)
    read_as = _read_as(sections, title)
    texts = [text_of(block) for block in source.blocks]
    return doc.PlanDocument(
        kind=kind_of(title, read_as),
        read_as=read_as,
        language=language_of(texts),
        title=title,
        subtitle=cover.subtitle,
        vision=edited.plan.get("vision", ""),
        community=front.community_of(cover, [*texts, *(omitted.text for omitted in source.omitted)]),
        period=_period(edited, cover, notes),
        abbreviations=tuple(doc.Abbreviation(short=s, long=long) for s, long in edited.abbreviations),
        sections=sections,
        warnings=notes.all(),
    )


def _period(edited: Edited, cover: front.Front, notes: Notes) -> doc.Period:
    words = edited.plan.get("period_text", "")
    if not words:
        return periods.of_title(f"{cover.title} {cover.subtitle}".strip(), notes)
    [line] = lines_of([Paragraph(at="forsiden", text=words, html=from_text(words))])
    return periods.of_sentence(line, notes)


def _read_as(sections: tuple[doc.Section, ...], title: str) -> doc.ReadAs:
    """As `decide` would have said of the plan that the file was made from."""
    plan = doc.PlanDocument(sections=sections)
    goals = [goal for _section, goal in plan.walk_goals()]
    measures = [measure for _s, _g, measure in plan.walk_measures()]
    labels = [goal.label for goal in goals if goal.label]
    if len(labels) >= _FEWEST_AREAS and labels == [str(n) for n in range(1, len(labels) + 1)]:
        told = any(goal.status for goal in goals) or any(measure.status for measure in measures)
        if told and not any(measure.responsible for measure in measures):
            return "numbered_areas"
    if any(section.columns for _depth, section in plan.walk_sections()):
        return "table"
    return "strategy" if kind_of(title, "bullets") == "strategy" else "bullets"


class _Maker:
    """Makes the parts, with keys counted in reading order."""

    def __init__(self) -> None:
        self._goals, self._measures = count(1), count(1)

    def sections(self, edited: Edited) -> tuple[doc.Section, ...]:
        return self._sections(_outline(edited.sections), "s")

    def _sections(self, nodes: Iterable["_Node"], prefix: str) -> tuple[doc.Section, ...]:
        return tuple(self._section(node, f"{prefix}{n}") for n, node in enumerate(nodes, 1))

    def _section(self, node: "_Node", key: str) -> doc.Section:
        section = node.section
        return doc.Section(
            key=key,
            number=section.name.label,
            heading=section.name.text,
            adoption_note=section.fields.get("adoption_note", ""),
            status=status.of_cell(section.fields.get("status_text", "")),
            struck=section.name.struck,
            body=block_html(section.body),
            after=block_html(section.after),
            columns=section.columns,
            figures=tuple(
                doc.Figure(sha256=f.sha256, media_type=f.media_type, alt=f.alt, caption=f.caption)
                for f in section.figures
            ),
            goals=tuple(self._goal(goal) for goal in section.goals),
            sections=self._sections(node.below, f"{key}."),
        )

    def _goal(self, goal: EditedGoal) -> doc.Goal:
        html, text = _words(goal.name)
        return doc.Goal(
            key=f"g{next(self._goals)}",
            label=label_as_stored(goal.name.label),
            html=html,
            text=text,
            struck=goal.name.struck,
            body=block_html(goal.body),
            status=status.of_cell(goal.fields.get("status_text", "")),
            patient_groups=groups.codes_of([text]),
            measures=tuple(self._measure(measure) for measure in goal.measures),
        )

    def _measure(self, measure: EditedMeasure) -> doc.Measure:
        html, text = _words(measure.name)
        who, when, how, indicator = (measure.fields.get(name, "") for name in CELLS)
        label = "" if measure.name.label == "•" else measure.name.label
        return doc.Measure(
            key=f"m{next(self._measures)}",
            label=label_as_stored(label),
            html=html,
            text=text,
            struck=measure.name.struck,
            responsible=responsible.of_words(who),
            deadline=doc.Deadline(text=when, date=only_date(when)) if when else None,
            status=status.of_cell(how),
            indicator=indicator,
            extra=dict(_extra(measure)),
            patient_groups=groups.codes_of([text]),
        )


def _words(name: Labelled) -> tuple[str, str]:
    """HTML and plain reading. What is wholly struck out says so by its flag."""
    html = inline_html(unstruck(name.runs) if name.struck else name.runs)
    return html, plain(html)


def _extra(measure: EditedMeasure) -> Iterator[tuple[str, str]]:
    """Heading and words of the source's other columns."""
    for name, words in measure.fields.items():
        if words and name not in CELLS:
            yield measure.headings.get(name) or name.removeprefix("extra:"), words


@dataclass(slots=True)
class _Node:
    section: EditedSection
    below: list["_Node"] = field(default_factory=list)


def _outline(sections: Iterable[EditedSection]) -> list[_Node]:
    """The chapters under each other as their headings' levels say."""
    top: list[_Node] = []
    path: list[tuple[int, _Node]] = []
    for section in sections:
        level = section.level or (path[-1][0] if path else 1)
        while path and path[-1][0] >= level:
            path.pop()
        node = _Node(section)
        (path[-1][1].below if path else top).append(node)
        path.append((level, node))
    return top
