"""From the words of a «responsible» cell to the bodies of the community that they name."""

import re
from collections.abc import Iterable

from django.db.models import Value

from partners.models import HealthCommunity

from .importers.interpret.responsible import split

type Link = dict[str, int]  # {"committee_id": 3}, {"partner_id": 7} or {"role_id": 1}


class Bodies:
    """The committees, roles and partners of one community by every name they go by. One query."""

    def __init__(self, community: HealthCommunity) -> None:
        self._by_name: dict[str, Link] = {}
        # What is added first wins: a committee's abbreviation before a partner of the same short name.
        for rank, pk, short, name in _all_of(community):
            kind = ("committee_id", "role_id", "partner_id")[rank]
            self._add({kind: pk}, short, name, *([f"{name} kommune"] if rank == 2 else []))

    def _add(self, link: Link, *names: str) -> None:
        for name in names:
            if key := _folded(name):
                self._by_name.setdefault(key, link)

    def split(self, words: str) -> tuple[list[str], list[str]]:
        """The names in a responsible cell: those that mean a body, and those that mean none."""
        names = split(words)
        known = [name for name in names if _folded(name) in self._by_name]
        return known, [name for name in names if name not in known]

    def recognise(self, names: Iterable[str]) -> list[Link]:
        """The bodies that these names mean, each once, in order; names that mean none are passed over."""
        found: list[Link] = []
        for name in names:
            link = self._by_name.get(_folded(name))
            if link and link not in found:
                found.append(link)
        return found


def _all_of(community: HealthCommunity) -> list[tuple[int, int, str, str]]:
    """(rank of the kind, pk, short name, name), committees first."""
    committees = community.committees.order_by().values_list(Value(0), "pk", "abbreviation", "name")
    roles = community.roles.order_by().values_list(Value(1), "pk", "abbreviation", "name")
    partners = community.partners.order_by().values_list(Value(2), "pk", "short", "name")
    return sorted(committees.union(roles, partners).order_by())


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .").casefold()
