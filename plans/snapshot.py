"""Between rows and document: a document becomes a draft, a draft becomes a document.

`document_of` takes a constant number of queries whatever the plan's size. What a draft has no rows
for (the case that a file came with, its warnings) stays with the Import that it came from.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from helsefellesskap.slugs import slug_of
from partners.models import HealthCommunity, StoredFile, User

from . import document as doc
from .bodies import Bodies
from .importers.interpret.responsible import split
from .labels import labels_of
from .models import (
    Abbreviation,
    Figure,
    Goal,
    Item,
    Measure,
    Plan,
    Responsible,
    Section,
)
from .models.rows import GAP

# --- document → rows ---


def to_draft(
    document: doc.PlanDocument,
    *,
    community: HealthCommunity,
    by: User,
    slug: str | None = None,
    files: Mapping[str, StoredFile] | None = None,
) -> Plan:
    """Rows for a new draft. Every section, goal and measure gets a new identity. Call in a transaction.

    `files` holds the figures' stored files by SHA-256.
    """
    plan = Plan.objects.create(
        community=community,
        slug=slug or free_slug(community, document.title),
        kind=document.kind,
        title=document.title or "Uten tittel",
        subtitle=document.subtitle,
        vision=document.vision,
        language=document.language,
        read_as=document.read_as,
        period_text=document.period.text,
        period_start=_date(document.period.start),
        period_end=_date(document.period.end),
        period_end_event=document.period.end_event,
        created_by=by,
    )
    Abbreviation.objects.bulk_create(
        Abbreviation(plan=plan, position=n * GAP, short=a.short, long=a.long)
        for n, a in enumerate(document.abbreviations, 1)
    )
    _Writer(plan, files or {}).write(document)
    return plan


class _Writer:
    """Collects rows in memory and inserts each table at once."""

    def __init__(self, plan: Plan, files: Mapping[str, StoredFile]) -> None:
        self.plan = plan
        self.files = files
        self.bodies = Bodies(plan.community)
        self.items: list[Item] = []
        self.goals: list[Goal] = []
        self.measures: list[Measure] = []
        self.responsibles: list[Responsible] = []
        self.figures: list[Figure] = []
        self.levels: dict[int, list[Section]] = defaultdict(list)

    def write(self, document: doc.PlanDocument) -> None:
        self._sections(document.sections, None, 0)
        Item.objects.bulk_create(self.items)
        for level in sorted(self.levels):
            Section.objects.bulk_create(self.levels[level])
        Goal.objects.bulk_create(self.goals)
        Measure.objects.bulk_create(self.measures)
        Responsible.objects.bulk_create(self.responsibles)
        Figure.objects.bulk_create(self.figures)

    def _item(self, kind: Item.Kind) -> Item:
        item = Item(kind=kind)
        self.items.append(item)
        return item

    def _sections(self, sections: Iterable[doc.Section], parent: Section | None, depth: int) -> None:
        for n, source in enumerate(sections, 1):
            section = Section(
                plan=self.plan,
                parent=parent,
                item=self._item(Item.Kind.SECTION),
                position=n * GAP,
                number=source.number,
                heading=source.heading,
                body=source.body,
                after=source.after,
                adoption_note=source.adoption_note,
                columns=list(source.columns),
                **_common(source),
            )
            self.levels[depth].append(section)
            for m, figure in enumerate(source.figures, 1):
                self.figures.append(
                    Figure(
                        section=section,
                        file=self.files[figure.sha256],
                        position=m * GAP,
                        alt=figure.alt,
                        caption=figure.caption,
                    )
                )
            for m, goal in enumerate(source.goals, 1):
                self._goal(goal, section, m * GAP)
            self._sections(source.sections, section, depth + 1)

    def _goal(self, source: doc.Goal, section: Section, position: int) -> None:
        goal = Goal(
            section=section,
            item=self._item(Item.Kind.GOAL),
            position=position,
            html=source.html,
            body=source.body,
            patient_groups=list(source.patient_groups),
            **_common(source),
        )
        self.goals.append(goal)
        for n, measure in enumerate(source.measures, 1):
            self._measure(measure, goal, n * GAP)

    def _measure(self, source: doc.Measure, goal: Goal, position: int) -> None:
        measure = Measure(
            goal=goal,
            item=self._item(Item.Kind.MEASURE),
            position=position,
            html=source.html,
            responsible_text=source.responsible.text if source.responsible else "",
            deadline_text=source.deadline.text if source.deadline else "",
            deadline_date=_date(source.deadline.date if source.deadline else None),
            indicator=source.indicator,
            extra=dict(source.extra),
            patient_groups=list(source.patient_groups),
            **_common(source),
        )
        self.measures.append(measure)
        names = source.responsible.parties if source.responsible else ()
        for n, body in enumerate(self.bodies.recognise(names)):
            self.responsibles.append(Responsible(measure=measure, position=n, **body))


def _common(source: doc.Section | doc.Goal | doc.Measure) -> dict:
    return {
        "label": source.label,
        "struck": source.struck,
        "status_text": source.status.text if source.status else "",
        "status_value": (source.status.value or "") if source.status else "",
    }


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def free_slug(community: HealthCommunity, title: str) -> str:
    """An address made from the title that no other plan of the community has."""
    stem = slug_of(title)
    if len(stem) > 60:
        stem = stem[:61].rpartition("-")[0]  # whole words only
    stem = stem.strip("-") or "plan"
    taken = set(community.plans.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(s for n in range(2, len(taken) + 3) if (s := f"{stem}-{n}") not in taken)


# --- rows → document ---


def document_of(plan: Plan) -> doc.PlanDocument:
    """The draft as a document; `key` is each row's Item id."""
    return _Reader(plan).read()


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
            kind=plan.kind,  # type: ignore[arg-type]
            read_as=plan.read_as,  # type: ignore[arg-type]
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
