"""What a party has taken on, read from a document alone: is it named, covered, or there by a committee?

No Django and no database: `queries/duties.py` says whom a holder stands for, and brings the status.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .document import BodyKind, Measure

type Group = Literal["named", "covered", "through"]

# «Felles» is nobody's named duty: no list says of a party that it has taken on what all have together.
_NOBODYS = re.compile(r"^(felles\w*|helsefellesskapet|fellesskapet)$", re.IGNORECASE)
_ALL_MUNICIPALITIES = re.compile(
    r"^((alle|samtlige|hver|kvar|den enkelte|dei|de)\s+)*kommun(e|ene|ane|er|ar)(\s+i\s.*)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose list it is, as documents name bodies: a kind, and the key of its address."""

    kind: BodyKind
    key: str
    roles: frozenset[str] = frozenset()  # keys of the roles that it is one of
    committees: frozenset[str] = frozenset()  # slugs of those it sits in, with a seat that decides
    municipality: bool = False


def group_of(measure: Measure, holder: Holder) -> Group | None:
    """The most honest group that the measure is in for this holder; None where it is not theirs."""
    responsible = measure.responsible
    if responsible is None or measure.struck:
        return None
    if any((body.kind, body.key) == (holder.kind, holder.key) for body in responsible.bodies):
        return "named"
    if holder.roles & roles_in(measure) or (holder.municipality and says_all_municipalities(measure)):
        return "covered"
    return "through" if committees_in(measure) & holder.committees else None


def roles_in(measure: Measure) -> frozenset[str]:
    """Keys of the roles that the words name, without those that are nobody in particular."""
    bodies = measure.responsible.bodies if measure.responsible else ()
    return frozenset(b.key for b in bodies if b.kind == "role" and not is_nobodys(b.short, b.name))


def committees_in(measure: Measure) -> frozenset[str]:
    """Slugs of the committees that the words name."""
    bodies = measure.responsible.bodies if measure.responsible else ()
    return frozenset(body.key for body in bodies if body.kind == "committee")


def says_all_municipalities(measure: Measure) -> bool:
    """«kommunene», «alle kommuner», «kommunane i Helsefellesskapet Førde»."""
    names = measure.responsible.parties if measure.responsible else ()
    return any(is_all_municipalities(name) for name in names)


def is_jointly(measure: Measure) -> bool:
    """Whether it is «Felles», with or without others."""
    return measure.responsible is not None and is_nobodys(*measure.responsible.parties)


def is_nobodys(*names: str) -> bool:
    return any(_NOBODYS.match(name.strip()) for name in names)


def is_all_municipalities(name: str) -> bool:
    return bool(_ALL_MUNICIPALITIES.match(name.strip()))
