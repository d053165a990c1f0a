"""The places of a document that input can be given on, in reading order; and an input as pages show it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from helsefellesskap.richtext import plain

from .compare import Field, Line, compare_text
from .document import PlanDocument
from .models import Input

# Lines come with their words made readable already.
WORDS = Field("html", ())


@dataclass(frozen=True, slots=True)
class Place:
    """The whole (empty key), a section, a goal or a measure."""

    key: str = ""
    kind: str = ""  # «section», «goal», «measure»
    name: str = ""  # «1 Samhandling», «Tiltak a»
    html: str = ""  # its present words; of goals and measures

    @property
    def takes_wording(self) -> bool:
        return self.kind in ("goal", "measure")

    @property
    def words(self) -> str:
        return plain(self.html)


@dataclass(frozen=True, slots=True)
class Said:
    """One input, where it belongs, and what its proposed wording changes in the words of the hearing."""

    given: Input
    place: Place
    lines: tuple[Line, ...] = ()


def places_of(document: PlanDocument) -> dict[str, Place]:
    """Key → place, the whole first."""
    return {place.key: place for place in _places(document)}


def _places(document: PlanDocument) -> Iterator[Place]:
    yield Place(name=_("Hele planen"))
    for _depth, section in document.walk_sections():
        heading = f"{section.number} {section.heading}".strip() or _("Kapittel uten overskrift")
        yield Place(section.key, "section", heading)
        for goal in section.goals:
            if goal.text:
                yield Place(goal.key, "goal", f"{_('Mål')} {goal.label}".strip(), goal.html)
            for measure in goal.measures:
                yield Place(measure.key, "measure", f"{_('Tiltak')} {measure.label}".strip(), measure.html)


def by_place(inputs: Iterable[Input], document: PlanDocument) -> list[tuple[Place, list[Said]]]:
    """The places of which something was said, in the document's order, each with its inputs as given."""
    places = places_of(document)
    found: dict[str, list[Said]] = {}
    for one in said(inputs, places):
        found.setdefault(one.place.key, []).append(one)
    return [(place, found[key]) for key, place in places.items() if key in found]


def said(inputs: Iterable[Input], places: Mapping[str, Place]) -> list[Said]:
    """In the order given."""
    found = []
    for given in inputs:
        place = places[str(given.item_id or "")]
        lines = compare_text(place.words, plain(given.wording)) if given.wording else ()
        found.append(Said(given, place, lines))
    return found
