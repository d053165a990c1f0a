"""Personal links as a list, and what a link to a meeting's papers opens."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.links import Opens
from committees.models import Meeting, PersonalLink
from partners.models import HealthCommunity


def links_of(community: HealthCommunity) -> QuerySet[PersonalLink]:
    """The community's links, the newest first, with whom they are for."""
    return community.links.select_related("seat__committee", "partner", "made_by")


def papers_opened_by(link: PersonalLink) -> Opens | None:
    """The papers of a meeting of the seat's committee, until it is cancelled."""
    if link.seat is None:
        return None
    meetings = Meeting.objects.filter(committee=link.seat.committee_id).exclude(state=Meeting.State.CANCELLED)
    meeting = meetings.select_related("committee__community").filter(pk=link.target).first()
    if meeting is None:
        return None
    committee = meeting.committee
    path = reverse("papers", args=[committee.community.slug, committee.slug, meeting.date])
    return Opens(_("Møtepapirer til %(meeting)s") % {"meeting": meeting}, path, meeting.date)
