"""«Hvorfor står dette her?»: how a measure came into a public plan, who stands behind it, what became of it.

Only what anybody may read: public plans, listed hearings that are answered, stances of approved minutes. Of
hearings that are not listed only which party or committee had its input taken in, never words or persons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from committees.models import DecisionPoint
from plans.compare import Field
from plans.compare.changes import LABELS
from plans.compare.fields import changed_fields
from plans.document import Goal, Measure, PlanDocument, Section
from plans.models import Fate, Hearing, Input, Item, Plan, PointSubject, Revision, RevisionItem, StatusReport
from plans.standing import Standing

from .chain import ON_THE_WAY, public_case_url, public_decisions
from .status import newest


@dataclass(frozen=True, slots=True)
class Place:
    """A measure where it stands in a document."""

    section: Section
    goal: Goal
    measure: Measure


@dataclass(frozen=True, slots=True)
class Relative:
    """What the measure was in the plan before, or became in the one after. `code` is empty where it ended."""

    kind: str  # of Fate
    plan: Plan
    code: str
    text: str = ""  # as it stood
    reason: str = ""

    @property
    def said(self) -> str:
        return str(Fate.Kind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Laid:
    """A version that a committee treated in a case, and whether the measure stood in it."""

    committee: str
    case: str
    url: str
    stood: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything that a measure's own page tells beside its words."""

    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    since_last: tuple[Field, ...] | None  # None: there was nothing before, or several that became one
    since_adopted: tuple[Field, ...]
    hearings: tuple[Hearing, ...]  # whose draft it stood in
    came_after_hearing: bool
    inputs: tuple[Input, ...]  # that were taken in, on the measure or on the goal or chapter above it
    proposers: tuple[str, ...]  # parties and committees heard by themselves, whose input was taken in
    laid: Laid | None  # the last treated version that it was not in yet, else the first that it was in
    reports: tuple[StatusReport, ...]  # that stand
    earlier_reports: tuple[StatusReport, ...]
    revisions: tuple[Revision, ...]  # public ones in which it stands, newest first

    @property
    def origin_known(self) -> bool:
        """Whether anything tells where it came from; that it lay before a committee does not."""
        came_later = self.came_after_hearing or bool(self.laid and not self.laid.stood)
        return came_later or bool(self.before or self.hearings or self.inputs or self.proposers)


def place_of(document: PlanDocument, key: str) -> Place | None:
    for section, goal, measure in document.walk_measures():
        if measure.key == key:
            return Place(section, goal, measure)
    return None


def why(item: Item, standing: Standing, place: Place) -> Why:
    """Of a measure of this plan, in the newest public version that it stands in. At most twelve queries."""
    plan, measure = standing.plan, place.measure
    revisions = _revisions(item, plan)
    before, olds = _before(item, plan)
    hearings, others = _hearings(item, plan)
    reports = StatusReport.objects.filter(item=item, plan=plan)
    stand = newest(reports)
    return Why(
        before=before,
        after=_after(item),
        since_last=_changed(olds[0], measure) if len(olds) == 1 else None,
        since_adopted=_since_first(revisions, item, measure),
        hearings=tuple(hearings),
        came_after_hearing=bool(others) and not hearings,
        inputs=tuple(_inputs(place, plan)),
        proposers=tuple(_proposers(item, plan)),
        laid=_laid(item, plan),
        reports=tuple(stand),
        earlier_reports=tuple(
            reports.exclude(pk__in=[report.pk for report in stand]).order_by("-as_of", "-pk")
        ),
        revisions=tuple(revisions),
    )


def _revisions(item: Item, plan: Plan) -> list[Revision]:
    return list(
        Revision.objects.filter(
            plan=plan, items__item=item, publication__published_from__lte=timezone.localdate()
        )
        .select_related("publication", "plan__community")
        .defer("content")
        .order_by("-number")
    )


def _since_first(revisions: Sequence[Revision], item: Item, measure: Measure) -> tuple[Field, ...]:
    """What differs from the words that were published first."""
    if len(revisions) < 2:
        return ()
    first = place_of(Revision.objects.get(pk=revisions[-1].pk).load(), str(item.pk))
    return _changed(first.measure, measure) if first else ()


def _changed(old: Measure, new: Measure) -> tuple[Field, ...]:
    """What differs for a reader: no letters that ran on, no links behind the same words, no markup alone."""
    quiet = {*LABELS, "bodies"}
    return tuple(f for f in changed_fields(old, new) if f.name not in quiet and not f.markup)


def _before(item: Item, plan: Plan) -> tuple[tuple[Relative, ...], list[Measure]]:
    """What it came from, and those measures as they stood; nothing of a source that is not public."""
    if plan.made_from_id is None:
        return (), []
    source = (
        Revision.objects.filter(pk=plan.made_from_id, publication__published_from__lte=timezone.localdate())
        .select_related("plan__community")
        .first()
    )
    if source is None:
        return (), []
    document = source.load()
    relatives, measures = [], []
    for fate in Fate.objects.filter(new=item).select_related("old").order_by("pk"):
        if place := place_of(document, str(fate.old_id)):
            measures.append(place.measure)
            relatives.append(Relative(fate.kind, source.plan, fate.old.code, place.measure.text, fate.reason))
    return tuple(relatives), measures


def _after(item: Item) -> tuple[Relative, ...]:
    """What became of it in plans that are public; a borrower elsewhere is no successor."""
    day = timezone.localdate()
    stands = RevisionItem.objects.filter(item=OuterRef("new"), revision__publication__published_from__lte=day)
    fates = (
        Fate.objects.filter(old=item, plan__revisions__publication__published_from__lte=day)
        .exclude(kind=Fate.Kind.BORROWED)
        .annotate(stands=Exists(stands))
        .select_related("new", "plan__community")
        .order_by("pk")
        .distinct()
    )
    return tuple(
        Relative(fate.kind, fate.plan, fate.new.code if fate.new and fate.stands else "", reason=fate.reason)
        for fate in fates
        if fate.new is None or fate.stands
    )


def _hearings(item: Item, plan: Plan) -> tuple[list[Hearing], list[Hearing]]:
    """The plan's listed hearings: those whose draft the measure stood in, and the others."""
    stood = RevisionItem.objects.filter(item=item, revision=OuterRef("revision"))
    listed = (
        Hearing.objects.filter(revision__plan=plan, listed=True)
        .annotate(stood=Exists(stood))
        .order_by("deadline", "pk")
    )
    found = list(listed)
    return [h for h in found if h.stood], [h for h in found if not h.stood]


def _taken_in(plan: Plan) -> QuerySet[Input]:
    """Input that was taken in, of hearings that are closed and answered as a whole."""
    waiting = Input.objects.filter(hearing=OuterRef("hearing"), disposition=Input.Disposition.UNANSWERED)
    return (
        Input.objects.filter(
            ~Exists(waiting),
            hearing__revision__plan=plan,
            hearing__closed_at__isnull=False,
            disposition__in=[Input.Disposition.TAKEN_IN, Input.Disposition.PARTLY],
        )
        .select_related("partner", "committee", "hearing", "item")
        .order_by("given_at", "pk")
    )


def _inputs(place: Place, plan: Plan) -> list[Input]:
    """Of listed hearings. A measure that somebody asked for was said of its goal: there was none yet."""
    of: list[UUID | None] = [UUID(part.key) for part in (place.measure, place.goal, place.section)]
    found = _taken_in(plan).filter(hearing__listed=True, item__in=of)
    return sorted(found, key=lambda one: of.index(one.item_id))


def _proposers(item: Item, plan: Plan) -> list[str]:
    """Parties and committees whose input in a hearing of their own was taken in; their words stay there."""
    given = _taken_in(plan).filter(hearing__listed=False, item=item)
    return list(dict.fromkeys(name for one in given if (name := one.on_behalf_of)))


def _laid(item: Item, plan: Plan) -> Laid | None:
    """Of the public cases that had the plan, the last that had it without this, else the first."""
    stood = RevisionItem.objects.filter(item=item, revision=OuterRef("revision"))
    subjects = (
        PointSubject.objects.filter(
            plan=plan,
            revision__isnull=False,
            item=None,
            point__verb__in=ON_THE_WAY,
            point__decision__in=public_decisions(),
        )
        .annotate(stood=Exists(stood))
        .select_related("point__decision__case__committee__community")
        .order_by("point__decision__meeting__date", "point__decision", "point__number")
    )
    without = None
    for subject in subjects:
        case = subject.point.decision.case
        laid = Laid(
            case.committee.abbreviation, case.printed_number, public_case_url(case), bool(subject.stood)
        )
        if laid.stood:
            return without or (None if subject.point.verb in DecisionPoint.ADOPTING else laid)
        without = laid
    return without
