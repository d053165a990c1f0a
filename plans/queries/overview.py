"""What a signed-in person has to do, and where. Constant numbers of SQL queries."""

from collections import defaultdict
from typing import Any

from django.db.models import F
from guardian.shortcuts import get_objects_for_user

from committees.queries.committees import open_committees
from helsefellesskap.databases import by_norwegian
from partners.models import HealthCommunity, User
from partners.queries import news_for, things_to_do
from partners.roles import communities_where, may
from plans.models import Import, Plan
from plans.rules import Person

from .files import missing_files
from .public import public_plans

_UNLOCKED = (Plan.State.DRAFT, Plan.State.IN_REVIEW)


def read_too(import_: Import) -> Import | None:
    """Another time that the same file was read in this community: best what became a plan, else the last."""
    same = Import.objects.filter(community=import_.community, file=import_.file).exclude(pk=import_.pk)
    plans_first = same.order_by(F("plan").desc(nulls_last=True), "-pk")
    return plans_first.select_related("by", "plan__community").first()


def my_work(user: User) -> dict[str, Any]:
    """What the person was asked and told, their communities with drafts and waiting imports, and drafts
    shared with them by name."""
    seen = communities_where(user, "see_work")
    communities = list(HealthCommunity.objects.filter(pk__in=seen).order_by(by_norwegian("name")))
    drafts: dict[int, list[Plan]] = defaultdict(list)
    readable = communities_where(user, "read_draft")
    for plan in _drafts().filter(community__in=readable):
        drafts[plan.community_id].append(plan)
    waiting: dict[int, list[Import]] = defaultdict(list)
    for import_ in _waiting().filter(community__in=communities_where(user, "import_plan")):
        waiting[import_.community_id].append(import_)
    return {
        "to_do": things_to_do(user),
        "news": news_for(user),
        "places": [
            {
                "community": community,
                "drafts": drafts[community.pk],
                "imports": waiting[community.pk],
                "may_import": may(user, "import_plan", community),
            }
            for community in communities
        ],
        "shared": shared_plans(user).exclude(community__in=readable),
        # A system administrator invites the first of a community that nobody works in yet.
        "to_set_up": list(HealthCommunity.objects.order_by(by_norwegian("name")))
        if user.is_superuser
        else [],
    }


def shared_plans(user: User) -> Any:
    """Drafts that the person was given by name, whatever their roles."""
    granted = get_objects_for_user(
        user,
        ["plans.view_plan", "plans.change_plan"],
        klass=_drafts(),
        any_perm=True,
        with_superuser=False,
        accept_global_perms=False,
    )
    return granted.order_by("title", "pk")


def community_work(user: Person, community: HealthCommunity) -> dict[str, Any]:
    """The community's plans by where they are in their life; drafts and imports only for those who may."""
    may_import = may(user, "import_plan", community)
    public = public_plans(community)
    seen = {standing.plan.pk for standing in public}
    locked = community.plans.exclude(state__in=_UNLOCKED).exclude(pk__in=seen)
    return {
        "may_import": may_import,
        "may_manage_people": may(user, "manage_people", community),
        "drafts": _drafts().filter(community=community) if may(user, "read_draft", community) else [],
        "imports": _waiting().filter(community=community) if may_import else [],
        "committees": open_committees(user, community),
        "coming": locked.select_related("community"),
        "public": public,
        "missing": missing_files(community) if may(user, "adopt", community) else (),
    }


def _drafts() -> Any:
    return (
        Plan.objects.filter(state__in=_UNLOCKED)
        .select_related("community", "created_by")
        .order_by("-created_at", "-pk")
    )


def _waiting() -> Any:
    return (
        Import.objects.filter(plan=None)
        .select_related("community", "by")
        .defer("source", "document")
        .order_by("-at", "-pk")
    )
