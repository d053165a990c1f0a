"""A document becomes the rows of a new draft."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from helsefellesskap.slugs import slug_of
from partners.models import HealthCommunity, StoredFile, User
from plans import document as doc
from plans.bodies import Bodies
from plans.models import (
    Abbreviation,
    Figure,
    Goal,
    Item,
    Measure,
    Plan,
    Responsible,
    Section,
)
from plans.models.rows import GAP


def to_draft(
    document: doc.PlanDocument,
    *,
    community: HealthCommunity,
    by: User,
    slug: str | None = None,
    files: Mapping[str, StoredFile] | None = None,
    identify: Callable[[Item.Kind], Item] = lambda kind: Item(kind=kind),
) -> Plan:
    """Rows for a new draft. Every section, goal and measure gets a new identity. Call in a transaction.

    `files` holds the figures' stored files by SHA-256; `identify` makes an identity, not saved yet.
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
    _Writer(plan, files or {}, identify).write(document)
    return plan


class _Writer:
    """Collects rows in memory and inserts each table at once."""

    def __init__(
        self, plan: Plan, files: Mapping[str, StoredFile], identify: Callable[[Item.Kind], Item]
    ) -> None:
        self.plan = plan
        self.identify = identify
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
        item = self.identify(kind)
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
