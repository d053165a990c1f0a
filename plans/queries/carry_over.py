"""From year to year: what is decided of last year's measures, and what a measure has been before."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import by_norwegian
from partners.models import HealthCommunity
from plans.carrying import GOES_ON, OldMeasure, State
from plans.models import Fate, Item, Measure, Plan, Revision, RevisionItem


def sources_for(community: HealthCommunity) -> list[Revision]:
    """What a new plan can be made from: the newest public version of every adopted plan, one's own first."""
    newest: dict[int, Revision] = {}
    for revision in (
        Revision.objects.filter(
            publication__published_from__lte=timezone.localdate(), plan__state=Plan.State.ADOPTED
        )
        .select_related("plan__community")
        .defer("content")
        .order_by(by_norwegian("plan__community__name"), "-plan__period_start", "plan__pk", "-number")
    ):
        newest.setdefault(revision.plan_id, revision)
    return sorted(newest.values(), key=lambda revision: revision.plan.community_id != community.pk)


def _standing(plan: Plan) -> QuerySet[Fate]:
    """The decisions that hold: what goes on has a row in the plan, so one that was deleted is undecided."""
    rows = Measure.objects.filter(goal__section__plan=plan).values("item")
    return Fate.objects.filter(Q(new=None) | Q(new__in=rows), plan=plan, old__kind=Item.Kind.MEASURE)


def _carried(plan: Plan) -> Q:
    """Of RevisionItems: the measures of the community's own plan that this one was made from."""
    return Q(
        revision=plan.made_from_id,
        revision__plan__community=plan.community_id,
        item__kind=Item.Kind.MEASURE,
    )


def carry_count(plan: Plan) -> tuple[int, int]:
    """(undecided, all) old measures; (0, 0) for a plan that carries none. No query for such a plan."""
    if plan.made_from_id is None:
        return 0, 0
    carried = RevisionItem.objects.filter(_carried(plan))
    decided = _standing(plan).values("old")
    return carried.exclude(item__in=decided).count(), carried.count()


def undecided(plan: Plan) -> int:
    """How many old measures nobody has decided on."""
    return carry_count(plan)[0]


def old_measures(plan: Plan) -> list[OldMeasure]:
    """Every measure of the community's own plan that this one was made from, in its order. Three queries."""
    source = Revision.objects.filter(plans_made=plan, plan__community=plan.community_id).first()
    if source is None:
        return []
    fates: dict[str, list[Fate]] = defaultdict(list)
    goes_on: dict[UUID, str] = {}  # new → old
    for fate in _standing(plan).select_related("new"):
        fates[str(fate.old_id)].append(fate)
        if fate.new_id and fate.kind in GOES_ON:
            goes_on[fate.new_id] = str(fate.old_id)
    olds = []
    for number, (section, goal, measure) in enumerate(source.load().walk_measures(), 1):
        decided = fates[measure.key]
        merged = any(f.kind == Fate.Kind.MERGED for f in decided)
        olds.append(
            OldMeasure(
                number=number,
                section=section,
                goal=goal,
                measure=measure,
                place=goal.measures.index(measure),
                state=_state(decided, goes_on),
                new=() if merged else tuple(f.new_id for f in decided if f.new_id),
                codes=tuple(f.new.code for f in decided if f.new),
            )
        )
    return olds


def _state(fates: list[Fate], goes_on: dict[UUID, str]) -> State:
    if not fates:
        return State()
    first = fates[0]
    parts = len(fates) if first.kind == Fate.Kind.SPLIT else 0
    into = goes_on.get(first.new_id, "") if first.kind == Fate.Kind.MERGED and first.new_id else ""
    return State(first.kind, parts, into, first.reason)


@dataclass(frozen=True, slots=True)
class Past:
    """Where a measure comes from: the year (or plan) that it began in, and how often it was carried over."""

    since: str
    times: int
    borrowed_from: str = ""  # «Helsefellesskapet X, Handlingsplan 2026 v1»

    def __str__(self) -> str:
        """«videreført fra 2024, 2. gang»; empty for one that was only borrowed."""
        if not self.times:
            return ""
        if self.times == 1:
            return _("videreført fra %(since)s") % {"since": self.since}
        return _("videreført fra %(since)s, %(times)s. gang") % {"since": self.since, "times": self.times}


def pasts(plan: Plan) -> dict[str, Past]:
    """Item key → past, for every measure that has one. One query, none for a plan made from nothing."""
    if plan.made_from_id is None:
        return {}
    back: dict[UUID, list[Mapping[str, Any]]] = defaultdict(list)
    for fate in Fate.objects.filter(
        plan__community=plan.community_id, old__kind=Item.Kind.MEASURE, new__isnull=False
    ).values(
        "new",
        "old",
        "kind",
        "plan",
        "plan__made_from__number",
        "plan__made_from__plan__title",
        "plan__made_from__plan__period_start",
        "plan__made_from__plan__community__name",
    ):
        back[fate["new"]].append(fate)
    here = [new for new, fates in back.items() if any(f["plan"] == plan.pk for f in fates)]
    return {str(new): past for new in here if (past := _past(new, back))}


def _past(item: UUID, back: Mapping[UUID, list[Mapping[str, Any]]]) -> Past | None:
    """Of several that were merged, the one that has come the longest way. New items are new: no circles."""
    found = []
    for fate in back.get(item, ()):
        title, day = fate["plan__made_from__plan__title"], fate["plan__made_from__plan__period_start"]
        if fate["kind"] == Fate.Kind.BORROWED:
            source = f"{fate['plan__made_from__plan__community__name']}, {title}"
            found.append(Past("", 0, f"{source} v{fate['plan__made_from__number']}"))
            continue
        before = _past(fate["old"], back)
        since = before.since if before and before.times else str(day.year) if day else f"«{title}»"
        times, borrowed = (before.times, before.borrowed_from) if before else (0, "")
        found.append(Past(since, times + 1, borrowed))
    return max(found, key=lambda past: past.times, default=None)
