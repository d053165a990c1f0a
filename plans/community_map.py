"""The communities on a schematic map of Norway: our own drawing, in no projection. No Django.

A circle for each, larger the more kommuner it gathers; the list beside it says the same in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

WIDTH, HEIGHT = 420, 686

# slug → (x, y) of its circle, and the side that its name stands on.
PLACES: dict[str, tuple[int, int, Literal["left", "right"]]] = {
    "finnmark": (352, 48, "left"),
    "troms-og-ofoten": (286, 98, "left"),
    "lofoten-vesteralen-salten": (232, 162, "left"),
    "helgeland": (206, 228, "left"),
    "nord-trondelag": (206, 292, "right"),
    "st-olavs": (178, 354, "right"),
    "more-og-romsdal": (136, 394, "left"),
    "innlandet": (226, 432, "right"),
    "forde": (92, 448, "left"),
    "bergen": (86, 506, "left"),
    "ahus": (322, 484, "right"),
    "vestre-viken": (180, 516, "right"),
    "oslo": (308, 532, "right"),
    "fonna": (90, 564, "left"),
    "telemark": (164, 580, "right"),
    "ostfold": (332, 584, "right"),
    "vestfold": (262, 618, "right"),
    "stavanger": (106, 620, "left"),
    "agder": (174, 644, "right"),
}


@dataclass(frozen=True, slots=True)
class Circle:
    """One community: its circle, and where its name begins (or ends, on the left)."""

    slug: str
    name: str
    x: int
    y: int
    radius: int
    text_x: int
    anchor: Literal["start", "end"]
    has_plan: bool


def circles(communities: Iterable[tuple[str, str, int, bool]]) -> list[Circle]:
    """Of (slug, name, how many kommuner, whether a plan is in force); those without a place are left out."""
    return [
        _circle(slug, name, kommuner, has_plan)
        for slug, name, kommuner, has_plan in communities
        if slug in PLACES
    ]


def _circle(slug: str, name: str, kommuner: int, has_plan: bool) -> Circle:
    x, y, side = PLACES[slug]
    radius = round(6 + 2.9 * sqrt(kommuner))
    right = side == "right"
    text_x = x + radius + 6 if right else x - radius - 6
    return Circle(slug, short_name(name), x, y, radius, text_x, "start" if right else "end", has_plan)


def short_name(name: str) -> str:
    """«Helsefellesskapet i Vestfold» → «Vestfold»."""
    return name.removeprefix("Helsefellesskapet ").removeprefix("i ")
