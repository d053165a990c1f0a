"""Small steps in Word's XML: properties that are on or off, and plain words."""

from plans.importers.office import Element
from plans.importers.office_xml import outermost

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_OFF = {"0", "false", "off", "none"}


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child; None where the child is missing, empty text where it has no value."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val", "")


def switch(parent: Element | None, name: str) -> bool | None:
    """A property that is on, off or (None) not said."""
    found = value(parent, name)
    return None if found is None else found.lower() not in _OFF


def plain_words(element: Element) -> str:
    """All words inside, deleted ones too, as one line: for what is left out."""
    paragraphs = list(outermost(element, W + "p")) or [element]
    lines = (
        "".join(e.text or " " for e in outermost(p, W + "t", W + "delText", W + "tab", W + "br"))
        for p in paragraphs
    )
    return " ".join(" ".join(lines).split())
