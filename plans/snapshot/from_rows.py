"""The rows of a draft become a document."""

from collections import defaultdict
from datetime import date
from typing import Any, cast

from helsefellesskap.languages import speaking
from helsefellesskap.richtext import writable
from plans import document as doc
from plans.importers.interpret.responsible import split
from plans.labels import labels_of
from plans.models import (
    Figure,
    Goal,
    Measure,
    Plan,
    Responsible,
    Section,
)


def document_of(plan: Plan) -> doc.PlanDocument:
    """The draft as a document, in a constant number of queries; `key` is each row's Item id.

    Control signs, which a text file or a paste may have brought, are spaces: no file could be made of them.
    """
    with speaking(plan.language):  # whoever asks, the same plan has the same words
        document = _Reader(plan).read()
    if all(text == writable(text) for text in doc.words(document)):
        return document
    return doc.from_dict(_writable(doc.to_dict(document)))


def _writable(value: Any) -> Any:
    match value:
        case str():
            return writable(value)
        case list():
            return [_writable(part) for part in value]
        case dict():
            return {writable(name): _writable(part) for name, part in value.items()}
    return value


class _Reader:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.children: dict[int | None, list[Section]] = defaultdict(list)
        for section in plan.sections.order_by("position", "pk"):
            self.children[section.parent_id].append(section)
        self.goals: dict[int, list[Goal]] = defaultdict(list)
        for goal in Goal.objects.filter(section__plan=plan).order_by("position", "pk"):
            self.goals[goal.section_id].append(goal)
        self.measures: dict[int, list[Measure]] = defaultdict(list)
        for measure in Measure.objects.filter(goal__section__plan=plan).order_by("position", "pk"):
            self.measures[measure.goal_id].append(measure)
        self.responsibles: dict[int, list[doc.Body]] = defaultdict(list)
        for row in Responsible.objects.filter(measure__goal__section__plan=plan).select_related(
            "committee", "partner", "role"
        ):
            self.responsibles[row.measure_id].append(_body(row))
        self.figures: dict[int, list[doc.Figure]] = defaultdict(list)
        for figure in Figure.objects.filter(section__plan=plan).select_related("file"):
            self.figures[figure.section_id].append(
                doc.Figure(
                    sha256=figure.file.sha256,
                    media_type=figure.file.media_type,
                    alt=figure.alt,
                    caption=figure.caption,
                )
            )

    def read(self) -> doc.PlanDocument:
        plan = self.plan
        return doc.PlanDocument(
            kind=plan.kind,  # type: ignore[arg-type]  # the model's choices are the document's
            read_as=plan.read_as,  # type: ignore[arg-type]  # the same
            language=plan.language,
            title=plan.title,
            subtitle=plan.subtitle,
            vision=plan.vision,
            community=plan.community.name,
            period=doc.Period(
                text=plan.period_text,
                start=_iso(plan.period_start),
                end=_iso(plan.period_end),
                end_event=plan.period_end_event,
            ),
            abbreviations=tuple(
                doc.Abbreviation(short=a.short, long=a.long) for a in plan.abbreviations.all()
            ),
            sections=self._sections(None),
        )

    def _sections(self, parent: int | None) -> tuple[doc.Section, ...]:
        return tuple(
            doc.Section(
                key=str(s.item_id),
                number=s.number,
                heading=s.heading,
                body=s.body,
                after=s.after,
                label=s.label,
                status=_status(s),
                struck=s.struck,
                adoption_note=s.adoption_note,
                columns=tuple(s.columns),
                figures=tuple(self.figures[s.pk]),
                goals=self._goals(s),
                sections=self._sections(s.pk),
            )
            for s in self.children[parent]
        )

    def _goals(self, section: Section) -> tuple[doc.Goal, ...]:
        goals = self.goals[section.pk]
        labels = labels_of([m for g in goals for m in self.measures[g.pk]])
        return tuple(
            doc.Goal(
                key=str(g.item_id),
                text=g.text,
                html=g.html,
                body=g.body,
                label=g.label,
                status=_status(g),
                struck=g.struck,
                patient_groups=tuple(g.patient_groups),
                measures=tuple(self._measure(m, labels[m.pk]) for m in self.measures[g.pk]),
            )
            for g in goals
        )

    def _measure(self, m: Measure, label: str) -> doc.Measure:
        responsible = deadline = None
        bodies = tuple(self.responsibles[m.pk])
        if m.responsible_text or bodies:
            parties = split(m.responsible_text) or tuple(b.short or b.name for b in bodies)
            responsible = doc.Responsible(
                text=m.responsible_text or ", ".join(parties), parties=parties, bodies=bodies
            )
        if m.deadline_text or m.deadline_date:
            deadline = doc.Deadline(text=m.deadline_text, date=_iso(m.deadline_date))
        return doc.Measure(
            key=str(m.item_id),
            label=label,
            text=m.text,
            html=m.html,
            responsible=responsible,
            deadline=deadline,
            status=_status(m),
            indicator=m.indicator,
            extra=dict(m.extra),
            patient_groups=tuple(m.patient_groups),
            struck=m.struck,
        )


def _body(row: Responsible) -> doc.Body:
    if row.committee:
        return doc.Body(
            kind="committee",
            key=row.committee.slug,
            name=row.committee.name,
            short=row.committee.abbreviation,
        )
    if row.partner:
        return doc.Body(kind="partner", key=row.partner.slug, name=row.partner.name, short=row.partner.short)
    assert row.role is not None
    return doc.Body(kind="role", key=str(row.role_id), name=row.role.name, short=row.role.abbreviation)


def _status(row: Section | Goal | Measure) -> doc.Status | None:
    if not (row.status_text or row.status_value):
        return None
    return doc.Status(
        text=row.status_text or row.get_status_value_display(),
        value=cast(doc.StatusValue | None, row.status_value or None),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
