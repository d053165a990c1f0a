"""From the words of a «responsible» cell to the bodies of the community that they name."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import CharField, OuterRef, QuerySet, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from committees.models import Committee
from partners.models import HealthCommunity, Membership, RoleParty

from . import document as doc
from .importers.interpret.responsible import split

_KINDS: tuple[doc.BodyKind, ...] = ("committee", "role", "partner")

type Link = dict[str, int]  # {"committee_id": 3}, {"partner_id": 7} or {"role_id": 1}


class Linked(NamedTuple):
    """A row that links a measure to a body; one of the three is set."""

    pk: int
    committee_id: int | None
    partner_id: int | None
    role_id: int | None

    @property
    def link(self) -> Link:
        kinds = {"committee_id": self.committee_id, "partner_id": self.partner_id, "role_id": self.role_id}
        return {kind: pk for kind, pk in kinds.items() if pk}


class Bodies:
    """The committees, roles and partners of one community by every name they go by.

    One query, or none where `told` holds what a row was annotated with (`told_with`).
    """

    def __init__(self, community: HealthCommunity, told: str | None = None) -> None:
        self._by_name: dict[str, Link] = {}
        self._body: dict[int, doc.Body] = {}  # by the identity of its link
        # What is added first wins: a committee's abbreviation before a partner of the same short name.
        for rank, pk, short, name, slug in _all_of(community) if told is None else _read(told):
            kind = _KINDS[rank]
            link = {f"{kind}_id": pk}
            self._body[id(link)] = doc.Body(kind=kind, key=slug or str(pk), name=name, short=short)
            self._add(link, short, name, *([f"{name} kommune"] if rank == 2 else []))

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

    def named(self, names: Iterable[str]) -> tuple[doc.Body, ...]:
        """The same, as a document has them."""
        return tuple(self._body[id(link)] for link in self.recognise(names))


def _all_of(community: HealthCommunity) -> list[tuple[int, int, str, str, str]]:
    """(rank of the kind, pk, short name, name, slug), committees first."""
    committees = community.committees.order_by().values_list(Value(0), "pk", "abbreviation", "name", "slug")
    roles = community.roles.order_by().values_list(Value(1), "pk", "abbreviation", "name", Value(""))
    partners = community.partners.order_by().values_list(Value(2), "pk", "short", "name", "slug")
    return sorted(committees.union(roles, partners).order_by())


_BETWEEN, _AFTER = "\x1f", "\x1e"  # control signs that no name has


def told_with(community: str) -> Concat:
    """An annotation: all of them as one text; `community` is the way from the row to its community's id.

    So a row and whom it can name are read in one query.
    """
    members = Membership.objects.filter(community=OuterRef(community))
    return Concat(
        _told(0, Committee.objects.filter(community=OuterRef(community)), "", "abbreviation"),
        _told(1, RoleParty.objects.filter(community=OuterRef(community)), "", "abbreviation"),
        _told(2, members, "partner__", "short"),
        output_field=TextField(),
    )


def _told(rank: int, rows: QuerySet, way: str, short: str) -> Subquery:
    slug = Value("") if rank == 1 else f"{way}slug"
    pk = Cast(f"{way}pk", CharField())
    facts = (Value(str(rank)), pk, f"{way}{short}", f"{way}name", slug)
    parts = [part for fact in facts for part in (fact, Value(_BETWEEN))]
    line = Concat(*parts, Value(_AFTER), output_field=TextField())
    return Subquery(
        rows.order_by().values("community").annotate(told=StringAgg(line, Value(""))).values("told"),
        output_field=TextField(),
    )


def _read(told: str) -> list[tuple[int, int, str, str, str]]:
    rows = (line.split(_BETWEEN) for line in told.split(_AFTER) if line)
    return sorted((int(rank), int(pk), short, name, slug) for rank, pk, short, name, slug, _end in rows)


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .").casefold()
