"""What a plan can be compared with: its own versions, its draft, and every plan that the person may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from helsefellesskap.databases import by_norwegian
from helsefellesskap.dates import local_day, on_a_page
from partners.models import User
from partners.roles import communities_where
from plans.document import PlanDocument
from plans.models import Plan, Revision

from .overview import shared_plans
from .settled import settled


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a frozen version, or a draft as its reader sees it (`revision` is None)."""

    plan: Plan
    revision: Revision | None
    own: bool  # of the plan whose page it is
    reader: User | None = None

    @property
    def value(self) -> str:
        """Its name in an address: «utkast», «v3», «finnmark/plan-2026/v1»."""
        version = f"v{self.revision.number}" if self.revision else "utkast"
        return version if self.own else f"{self.plan.community.slug}/{self.plan.slug}/{version}"

    @property
    def version(self) -> str:
        """«versjon 3, til SSU 12. mars», «versjon 1, offentlig fra 1. april 2026»."""
        if self.revision is None:
            return _("utkastet nå")
        if not (told := self.revision.name):
            public = getattr(self.revision, "publication", None)
            day = public.published_from if public else local_day(self.revision.created_at)
            since = _("offentlig fra %(day)s") if public else _("låst %(day)s")
            told = since % {"day": date_format(day, on_a_page("j. F Y"))}
        return _("versjon %(number)s, %(told)s") % {"number": self.revision.number, "told": told}

    @property
    def full(self) -> str:
        return f"{self.plan.title}, {self.version}"

    @property
    def label(self) -> str:
        """What a choice says of it; other plans with their title."""
        return capfirst(self.version) if self.own else self.full

    def load(self) -> PlanDocument:
        """The document: one query for a frozen version, a constant number for a draft."""
        if self.revision is None:
            assert self.reader, "drafts are for those who have signed in"
            return settled(self.plan, reader=self.reader).document
        return Revision.objects.get(pk=self.revision.pk).load()


def frozen_versions(plan: Plan) -> QuerySet[Revision]:
    """Every frozen version of the plan, newest first, without its content; for those who may read drafts."""
    return plan.revisions.select_related("publication", "created_by").defer("content").order_by("-number")


def public_sides(plan: Plan) -> list[Side]:
    """What anybody may compare a public plan with: its public versions, and other public plans."""
    return _sides(plan, _public().filter(plan=plan))


def work_sides(plan: Plan, user: User) -> list[Side]:
    """The same for one who may read this draft: also what is not public, and other drafts they may read."""
    draft = [] if plan.locked else [Side(plan, None, own=True, reader=user)]
    unlocked = Plan.objects.filter(state__in=(Plan.State.DRAFT, Plan.State.IN_REVIEW))
    readable = unlocked.filter(community__in=communities_where(user, "read_draft"))
    drafts = {d.pk: d for d in [*readable.select_related("community"), *shared_plans(user)]}
    others = [Side(d, None, own=False, reader=user) for d in drafts.values() if d.pk != plan.pk]
    return draft + _sides(plan, frozen_versions(plan)) + others


def _sides(plan: Plan, own: Iterable[Revision]) -> list[Side]:
    """The plan's own versions, then the newest public version of every other plan. Two queries."""
    newest: dict[int, Revision] = {}
    for revision in _public().exclude(plan=plan):
        newest.setdefault(revision.plan_id, revision)
    return [
        *(Side(plan, revision, own=True) for revision in own),
        *(Side(revision.plan, revision, own=False) for revision in newest.values()),
    ]


def _public() -> QuerySet[Revision]:
    """Published revisions without their content, by community and plan, newest version first."""
    return (
        Revision.objects.filter(publication__published_from__lte=timezone.localdate())
        .select_related("plan__community", "publication")
        .defer("content")
        .order_by(by_norwegian("plan__community__name"), "-plan__period_start", "plan__pk", "-number")
    )


def usual_pair(plan: Plan, sides: list[Side]) -> tuple[Side, Side] | None:
    """(old, new) that is asked for most: the last two versions, else the plan before and this one."""
    own = [side for side in sides if side.own]
    before = [side for side in sides if side.plan.pk == plan.follows_id and side.revision]
    if len(own) > 1:
        return own[1], own[0]
    return (before[0], own[0]) if own and before else None
