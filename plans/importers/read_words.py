"""All words of a Word or PDF file, in no shape: for searching, not for reading. Runs in the worker."""

from collections.abc import Iterator

from lxml import etree

from plans.importers.office import Element, Package
from plans.importers.pdf_pages import texts_of

_WORDS = {"t", "delText", "instrText"}
_GAPS = {"p", "tab", "br", "cr", "tc"}


def read(data: bytes, suffix: str) -> str:
    """Raises Refused where the file is damaged, locked or too long. A scanned page has no words."""
    return "\n".join(texts_of(data) if suffix == ".pdf" else _office(Package(data)))


def _office(package: Package) -> Iterator[str]:
    """Every part: headers, footnotes, comments, text boxes, deleted text and the file's properties too."""
    for name in package.names():
        if not name.endswith(".xml") or name == "[Content_Types].xml":
            continue
        root = package.xml(name)
        if root is not None:
            yield _part(root) if name.startswith("word/") else "\n".join(map(str, root.itertext("*")))


def _part(root: Element) -> str:
    """Runs of one paragraph together, since Word cuts a number in two as it likes."""
    words = []
    for element in root.iter("{*}*"):
        name = etree.QName(element).localname
        if name in _GAPS:
            words.append("\n" if name in ("p", "tc") else " ")
        elif name in _WORDS and element.text:
            words.append(element.text)
    return "".join(words)
