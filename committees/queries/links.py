"""Personal links as a list, and what a link to a meeting's papers opens."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.links import Opens, papers_of
from committees.models import Meeting, PersonalLink
from partners.models import HealthCommunity


def links_of(community: HealthCommunity) -> QuerySet[PersonalLink]:
    """The community's links, the newest first, with whom they are for."""
    return community.links.select_related("seat__committee", "partner", "made_by")


def meetings_opened_by(link: PersonalLink) -> QuerySet[Meeting]:
    """The one that a link to papers is for, until it is cancelled."""
    return Meeting.objects.filter(pk=link.target).exclude(state=Meeting.State.CANCELLED)


def papers_opened_by(link: PersonalLink) -> Opens | None:
    """The papers of a meeting of the seat's committee. They are for reading: nothing is due."""
    meeting = papers_of(link).select_related("committee__community").first()
    if meeting is None:
        return None
    committee = meeting.committee
    path = reverse("papers", args=[committee.community.slug, committee.slug, meeting.date])
    return Opens(lambda: _("Møtepapirer til %(meeting)s") % {"meeting": meeting}, path)
