"""Small steps in Word's XML: properties that are on or off, words, and which of two branches to read."""

from collections.abc import Iterator

from plans.importers.office import COMPATIBILITY, DRAWING, Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

VML = "{urn:schemas-microsoft-com:vml}"

_OFF = {"0", "false", "off", "none"}


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child; None where the child is missing, empty text where it has no value."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val", "")


def switch(parent: Element | None, name: str) -> bool | None:
    """A property that is on, off or (None) not said."""
    found = value(parent, name)
    return None if found is None else found.lower() not in _OFF


def readable_branch(alternate: Element) -> Element | None:
    """The one branch of an mc:AlternateContent that we can read: both say the same thing."""
    branches = [e for e in alternate if e.tag in {COMPATIBILITY + "Choice", COMPATIBILITY + "Fallback"}]
    known = (W + "t", W + "txbxContent", DRAWING + "blip", DRAWING + "t", VML + "imagedata")
    for branch in branches:
        if next(branch.iter(*known), None) is not None:
            return branch
    return branches[0] if branches else None


def outermost(element: Element, *tags: str) -> Iterator[Element]:
    """Descendants with these tags that do not lie in one another, each alternative once."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag == COMPATIBILITY + "AlternateContent":
            branch = readable_branch(child)
            yield from [] if branch is None else outermost(branch, *tags)
        else:
            yield from outermost(child, *tags)


def plain_words(element: Element) -> str:
    """All words inside, deleted ones too, as one line: for what is left out."""
    paragraphs = list(outermost(element, W + "p")) or [element]
    lines = (
        "".join(e.text or " " for e in outermost(p, W + "t", W + "delText", W + "tab", W + "br"))
        for p in paragraphs
    )
    return " ".join(" ".join(lines).split())
