"""Personal links as a list."""

from django.db.models import QuerySet

from committees.models import PersonalLink
from partners.models import HealthCommunity


def links_of(community: HealthCommunity) -> QuerySet[PersonalLink]:
    """The community's links, the newest first, with whom they are for."""
    return community.links.select_related("seat__committee", "partner", "made_by")
