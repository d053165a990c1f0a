"""From the words of a «responsible» cell to the bodies of the community that they name."""

import re
from collections.abc import Iterable

from partners.models import HealthCommunity

type Link = dict[str, int]  # {"committee_id": 3}, {"partner_id": 7} or {"role_id": 1}


class Bodies:
    """The committees, roles and partners of one community by every name they go by. Three queries."""

    def __init__(self, community: HealthCommunity) -> None:
        self._by_name: dict[str, Link] = {}
        # What is added first wins: a committee's abbreviation before a partner of the same short name.
        for pk, abbreviation, name in community.committees.values_list("pk", "abbreviation", "name"):
            self._add({"committee_id": pk}, abbreviation, name)
        for pk, abbreviation, name in community.roles.values_list("pk", "abbreviation", "name"):
            self._add({"role_id": pk}, abbreviation, name)
        for pk, short, name in community.partners.values_list("pk", "short", "name"):
            self._add({"partner_id": pk}, short, name, f"{name} kommune")

    def _add(self, link: Link, *names: str) -> None:
        for name in names:
            if key := _folded(name):
                self._by_name.setdefault(key, link)

    def recognise(self, names: Iterable[str]) -> list[Link]:
        """The bodies that these names mean, each once, in order; names that mean none are passed over."""
        found: list[Link] = []
        for name in names:
            link = self._by_name.get(_folded(name))
            if link and link not in found:
                found.append(link)
        return found


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .").casefold()
