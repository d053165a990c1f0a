"""The authority that is given and held in a community, and what it was used for."""

from collections.abc import Sequence

from django.db.models import Prefetch

from committees.models import Authority, AuthorityUse
from partners.models import HealthCommunity


def authorities_of(community: HealthCommunity) -> Sequence[Authority]:
    """The newest first, each with the decisions that stood on it. Two queries."""
    uses = AuthorityUse.objects.select_related(
        "point__decision__case__committee__community", "point__decision__meeting"
    )
    return list(
        community.authorities.select_related(
            "from_committee", "from_partner", "to_committee", "to_seat__committee"
        )
        .prefetch_related(Prefetch("uses", uses.order_by("point__decision__meeting__date", "pk")))
        .order_by("-start", "-pk")
    )
