"""The document while it is being read: the same parts, not yet frozen, and lines not yet rendered."""

import re
from dataclasses import dataclass, field

from helsefellesskap import richtext
from plans.document import Deadline, Figure, Goal, Measure, Responsible, Section, Status
from plans.importers.interpret import groups
from plans.importers.interpret.lines import Line, all_in, without
from plans.importers.interpret.render import body, figures_in

_ADOPTED = re.compile(
    r"\s*\(\s*([^()]*\b(?:vedtatt|vedteke?n?|vedtekne|godkjent|godkjend|tilsluttet|behandlet|"
    r"behandla)\b[^()]*?)\s*\)\s*$",
    re.IGNORECASE,
)

_ADOPTED_LINE = re.compile(
    r"\(?\s*((?:endelig\s+|foreløpig\s+)?(?:vedtatt|vedteke?n?|godkjent|godkjend)\s+(?:i|av|på)\s[^()]{2,80}?)\s*\)?",
    re.IGNORECASE,
)


@dataclass
class MeasureDraft:
    html: str = ""
    label: str = ""
    responsible: Responsible | None = None
    deadline: Deadline | None = None
    status: Status | None = None
    indicator: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    struck: bool = False
    at: str = ""


@dataclass
class GoalDraft:
    html: str = ""
    label: str = ""
    body: list[Line] = field(default_factory=list)
    status: Status | None = None
    struck: bool = False
    patient_groups: tuple[str, ...] = ()
    measures: list[MeasureDraft] = field(default_factory=list)
    at: str = ""


@dataclass
class SectionDraft:
    heading: Line | None = None
    rank: float = 0
    lines: list[Line] = field(default_factory=list)  # not yet read
    body: list[Line] = field(default_factory=list)
    goals: list[GoalDraft] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    sections: list["SectionDraft"] = field(default_factory=list)
    status: Status | None = None
    struck: bool = False

    @property
    def text(self) -> str:
        return self.heading.words.replace("\n", " ") if self.heading else ""

    @property
    def empty(self) -> bool:
        kept = (self.heading, self.columns, self.lines, self.body, self.goals, self.after, self.sections)
        return not any(kept)


def frozen(drafts: list[SectionDraft]) -> tuple[Section, ...]:
    """The drafts as the document's sections, with keys counted in reading order."""
    return _Freezer().sections(drafts, "s")


class _Freezer:
    def __init__(self) -> None:
        self._goals = self._measures = 0

    def sections(self, drafts: list[SectionDraft], prefix: str) -> tuple[Section, ...]:
        return tuple(self._section(draft, f"{prefix}{n}") for n, draft in enumerate(drafts, 1))

    def _section(self, draft: SectionDraft, key: str) -> Section:
        heading, note = draft.text, ""
        if found := _ADOPTED.search(heading):
            heading, note = heading[: found.start()], found[1]
        elif draft.heading and (note := _adopted_line(draft.body[:1])):
            draft.body = draft.body[1:]
        label = draft.heading.label if draft.heading else ""
        is_number = label[:1].isdigit()
        goals = tuple(self._goal(goal) for goal in draft.goals)
        figures = figures_in(
            [*draft.body, *(line for goal in draft.goals for line in goal.body), *draft.after]
        )
        return Section(
            key=key,
            number=label if is_number else "",
            label="" if is_number else label,
            heading=heading,
            adoption_note=note,
            body=body(draft.body),
            after=body(draft.after),
            columns=draft.columns,
            status=draft.status,
            struck=draft.struck or bool(draft.heading and draft.heading.struck),
            figures=tuple(
                Figure(sha256=f.sha256, media_type=f.media_type, alt=f.alt, caption=f.caption)
                for f in figures
            ),
            goals=goals,
            sections=self.sections(draft.sections, f"{key}."),
        )

    def _goal(self, draft: GoalDraft) -> Goal:
        self._goals += 1
        html = _unmarked(richtext.clean_inline(draft.html), struck=draft.struck)
        if all_in(html, "strong"):
            html = without(html, "strong")  # bold has said that this is a goal
        text = richtext.plain(html)
        return Goal(
            key=f"g{self._goals}",
            text=text,
            html=html,
            label=draft.label,
            body=body(draft.body),
            status=draft.status,
            struck=draft.struck,
            patient_groups=draft.patient_groups or groups.codes_of([text]),
            measures=tuple(self._measure(measure) for measure in draft.measures),
        )

    def _measure(self, draft: MeasureDraft) -> Measure:
        self._measures += 1
        html = _unmarked(richtext.clean_inline(draft.html), struck=draft.struck)
        text = richtext.plain(html)
        return Measure(
            key=f"m{self._measures}",
            label=draft.label,
            text=text,
            html=html,
            responsible=draft.responsible,
            deadline=draft.deadline,
            status=draft.status,
            indicator=draft.indicator,
            extra=dict(draft.extra),
            struck=draft.struck,
            patient_groups=groups.codes_of([text]),
        )


def _unmarked(html: str, *, struck: bool) -> str:
    """What is wholly struck out says so by its flag, not by marks in its words."""
    return without(html, "s") if struck else html


def _adopted_line(lines: list[Line]) -> str:
    """The note, where a section begins with a line that is nothing but one."""
    if not lines or lines[0].kind != "paragraph" or lines[0].footnotes:
        return ""
    found = _ADOPTED_LINE.fullmatch(lines[0].text)
    return found[1] if found else ""
