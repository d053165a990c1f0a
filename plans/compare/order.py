"""Which rows were moved among their neighbours: as few as possible."""

from bisect import bisect_left
from collections.abc import Sequence


def out_of_order(places: Sequence[int]) -> list[bool]:
    """True for each that is not in a longest rising run of these distinct places; n log n.

    One row moved past a hundred others is thus one move, and not a hundred.
    """
    ends: list[int] = []  # smallest place that a rising run of each length ends with
    at: list[int] = []  # and where in `places` it stands
    before: list[int | None] = []
    for n, place in enumerate(places):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [n]
        before.append(at[length - 1] if length else None)
    moved = [True] * len(places)
    step = at[-1] if at else None
    while step is not None:
        moved[step] = False
        step = before[step]
    return moved
