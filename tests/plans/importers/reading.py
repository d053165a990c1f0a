"""Short ways to say what a Word file was read as."""

from plans.importers import read_docx
from plans.importers.blocks import Heading, Item, Source

from .make_docx import docx


def read(body: str, *, links: str = "", **parts: str | bytes) -> Source:
    return read_docx.read(docx(body, links=links, **parts))


def labels(source: Source) -> list[tuple[str, str]]:
    return [(b.label, b.text) for b in source.blocks if isinstance(b, Heading | Item)]


def texts(source: Source) -> list[str]:
    return [getattr(block, "text", "") for block in source.blocks]


def omitted(source: Source) -> list[tuple[str, str]]:
    return [(o.why, o.text) for o in source.omitted]
