"""Where a section may lie: never under itself, and not deeper than documents go. Pure.

`parents` holds the id of each section's parent (None: it lies right in the plan).
"""

from collections.abc import Mapping

from .document import DEEPEST

type Parents = Mapping[int, int | None]


def within(section: int, parents: Parents) -> set[int]:
    """The section and all that lie under it."""
    inside = {section}
    while more := {pk for pk, parent in parents.items() if parent in inside} - inside:
        inside |= more
    return inside


def too_deep(section: int, under: int | None, parents: Parents) -> bool:
    """Whether the lowest below it would come deeper than a document goes, and deeper than it lies now."""
    height = max(_level(pk, parents) for pk in within(section, parents)) - _level(parents[section], parents)
    lowest = _level(under, parents) + height
    return lowest > DEEPEST and _level(under, parents) > _level(parents[section], parents)


def _level(section: int | None, parents: Parents) -> int:
    level = 0
    while section is not None:
        level, section = level + 1, parents[section]
    return level
