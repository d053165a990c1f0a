"""What a PowerPoint shape inherits: the list styles of its layout and its master."""

from collections.abc import Callable

from plans.importers.office import DRAWING as A
from plans.importers.office import Element, Package

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

_TITLES = {"title", "ctrTitle"}


def placeholder(shape: Element) -> Element | None:
    """The shape's `p:ph`; None where it is a free shape."""
    return None if not isinstance(shape.tag, str) else shape.find(f"*/{P}nvPr/{P}ph")


class Layouts:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._roots: dict[str, Element | None] = {}
        self._printed: set[str] = set()

    def _above(self, slide: str) -> tuple[Element | None, Element | None]:
        """The slide's layout and master."""
        layout = next(iter(self._package.related(slide, "slideLayout")), "")
        master = next(iter(self._package.related(layout, "slideMaster")), "") if layout else ""
        return self._root(layout), self._root(master)

    def _root(self, part: str) -> Element | None:
        if part and part not in self._roots:
            self._roots[part] = self._package.xml(part)
        return self._roots.get(part)

    def styles(self, slide: str, shape: Element) -> list[Element]:
        """The list styles that hold for a shape's text, nearest first; each has `a:lvl1pPr` and so on."""
        mark = placeholder(shape)
        found = [shape.find(f"{P}txBody/{A}lstStyle")]
        if mark is not None:
            layout, master = self._above(slide)
            kind = mark.get("type", "obj")
            found.append(_own_style(layout, lambda ph: ph.get("idx", "0") == mark.get("idx", "0")))
            same = _TITLES if kind in _TITLES else {"body", "obj"}
            found.append(_own_style(master, lambda ph: ph.get("type", "obj") in same))
            name = "titleStyle" if kind in _TITLES else "bodyStyle"
            found.append(None if master is None else master.find(f"{P}txStyles/{P}{name}"))
        return [style for style in found if style is not None]

    def printed_words(self, slide: str) -> list[str]:
        """Words that stand on every slide of a layout or master, each told once."""
        words = []
        for root in self._above(slide):
            for shape in [] if root is None else root.iter(P + "sp"):
                text = " ".join("".join(e.text or "" for e in shape.iter(A + "t")).split())
                if placeholder(shape) is None and text and text not in self._printed:
                    self._printed.add(text)
                    words.append(text)
        return words


def _own_style(root: Element | None, matches: Callable[[Element], bool]) -> Element | None:
    """The list style of the first placeholder that matches."""
    for shape in [] if root is None else root.iter(P + "sp"):
        mark = placeholder(shape)
        if mark is not None and matches(mark):
            return shape.find(f"{P}txBody/{A}lstStyle")
    return None
