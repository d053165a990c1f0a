"""Adoption stands on authority where the committee's rules say so, and never outside one."""

from django.utils.translation import gettext as _

from committees.actions import OutsideAuthority, holds_on
from committees.models import Authority, AuthorityUse, DecisionPoint
from plans.models import Plan


def check_authority(point: DecisionPoint, plan: Plan) -> None:
    """Every authority that the point stands on covers the plan; a committee that needs one has one.

    Where none was named, the one that covers the plan on the meeting's day is used and recorded.
    Raises OutsideAuthority.
    """
    named = [use.authority for use in point.stands_on.select_related("authority")]
    for authority in named:
        if not authority.plan_scopes.filter(plan=plan).exists():
            raise OutsideAuthority(
                _("Myndigheten «%(covers)s» gjelder ikke «%(plan)s».")
                % {"covers": authority.covers, "plan": plan.title}
            )
    meeting = point.decision.meeting
    if any(authority.to_committee_id == meeting.committee_id for authority in named):
        return
    held = Authority.objects.filter(to_committee=meeting.committee, plan_scopes__plan=plan).order_by("-start")
    found = next((authority for authority in held if holds_on(authority, meeting.date)), None)
    if found:
        AuthorityUse.objects.create(authority=found, point=point)
    elif meeting.committee.rulebook.adopts_by_authority:
        raise OutsideAuthority(
            _(
                "%(committee)s kan bare vedta «%(plan)s» med delegert myndighet, og har ingen som gjelder "
                "%(day)s."
            )
            % {
                "committee": meeting.committee.abbreviation,
                "plan": plan.title,
                "day": f"{meeting.date:%d.%m.%Y}",
            }
        )
