"""Where a committee's pages stand: pairs of (name, address), as `_breadcrumbs.html` takes them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.models import Committee, Meeting
from partners.models import HealthCommunity, User
from partners.roles import may


def trail_to(
    user: User, community: HealthCommunity, committee: Committee | None = None, meeting: Meeting | None = None
) -> list[tuple[str, str]]:
    """Down to the last that is named. A guest has no workbench of the community to go back to."""
    trail = [(_("Mitt arbeid"), reverse("my_work"))]
    if may(user, "see_work", community):
        trail.append((community.name, reverse("community_work", args=[community.slug])))
    if committee:
        trail.append((committee.abbreviation, committee.get_work_url()))
    if meeting:
        day = _("Møtet %(day)s") % {"day": f"{meeting.date:%d.%m.%Y}"}
        trail.append((day, meeting.get_absolute_url()))
    return trail
