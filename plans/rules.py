"""Who may do what with a plan: roles first, then the explicit grants of django-guardian."""

from django.contrib.auth.models import AnonymousUser

from partners.models import HealthCommunity, User
from partners.roles import may

from .models import Plan

type Person = User | AnonymousUser


def may_import(user: Person, community: HealthCommunity) -> bool:
    return may(user, "import_plan", community)


def may_read_draft(user: Person, plan: Plan) -> bool:
    return (
        may(user, "read_draft", plan.community_id)
        or user.has_perm("plans.view_plan", plan)
        or user.has_perm("plans.change_plan", plan)
    )


def may_edit(user: Person, plan: Plan) -> bool:
    """Whether the person may change the plan's words while they are a draft."""
    return may(user, "edit_plan", plan.community_id) or user.has_perm("plans.change_plan", plan)


def may_adopt(user: Person, plan: Plan) -> bool:
    return may(user, "adopt", plan.community_id)
