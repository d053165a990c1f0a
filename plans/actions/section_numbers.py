"""Numbers of sections that run by themselves: where they tell a section's place, they do so after every step.

«2» and under it «2.1», «2.2»; with or without a dot at the end, as each level has it. Sections without a
number are passed over, with what lies under them. Numbers that tell something else were written so, and stay.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from partners.models import User
from plans.models import Edit, Plan, Section

_NUMBER = re.compile(r"(?:\d+\.)*(\d+)(\.?)")

type Tree = dict[int | None, list[Section]]  # by parent, in order


@contextmanager
def numbers_running(plan: Plan, *, by: User) -> Iterator[dict[str, str]]:
    """Around a step: numbers that ran go on running, logged. Then gives what changed: key → number."""
    before = _tree(plan)
    ways = running(before)
    changed: dict[str, str] = {}
    yield changed
    if ways is None:
        return
    after = _tree(plan)
    if _shape(after) == _shape(before):
        return
    for section, number in wanted(after, ways):
        if number != section.number:
            Edit.objects.create(
                plan=plan, item_id=section.item_id, field="number", before=section.number, after=number, by=by
            )
            changed[str(section.item_id)] = section.number = number
            section.version += 1
            section.save(update_fields=["number", "version"])


def _tree(plan: Plan) -> Tree:
    tree: Tree = {}
    for section in Section.objects.filter(plan=plan).order_by("position", "pk"):
        tree.setdefault(section.parent_id, []).append(section)
    return tree


def _shape(tree: Tree) -> dict[int | None, list[int]]:
    return {parent: [section.pk for section in sections] for parent, sections in tree.items()}


type Ways = tuple[int, dict[int, str]]  # the first number, and what stands behind the number on each level


def running(tree: Tree) -> Ways | None:
    """How these numbers run; None where they do not."""
    numbered = _numbered(tree, None)
    if not numbered:
        return None
    found = [(section, _NUMBER.fullmatch(section.number)) for section in numbered]
    if not all(match for _section, match in found):
        return None
    start = next(int(match[1]) for _section, match in found if match)
    ends = {_level(section.number): match[2] for section, match in found if match}
    ways = start, ends
    return ways if all(section.number == number for section, number in wanted(tree, ways)) else None


def _numbered(tree: Tree, parent: int | None) -> list[Section]:
    """The sections whose numbers count, in reading order."""
    return [
        one
        for section in tree.get(parent, [])
        if section.number.strip()
        for one in [section, *_numbered(tree, section.pk)]
    ]


def wanted(tree: Tree, ways: Ways) -> Iterator[tuple[Section, str]]:
    """Each section whose number counts, with the number that it has when they run so."""
    start, ends = ways

    def under(parent: int | None, stem: Sequence[int]) -> Iterator[tuple[Section, str]]:
        numbered = [section for section in tree.get(parent, []) if section.number.strip()]
        for n, section in enumerate(numbered, 1 if stem else start):
            path = [*stem, n]
            yield section, ".".join(map(str, path)) + ends.get(len(path), "")
            yield from under(section.pk, path)

    return under(None, [])


def _level(number: str) -> int:
    return len(number.rstrip(".").split("."))
