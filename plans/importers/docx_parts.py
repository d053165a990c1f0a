"""The parts of a Word file beside its body: notes, comments, headers, and who wrote it."""

from helsefellesskap import richtext
from plans.importers.blocks import Omitted
from plans.importers.docx_inline import InlineReader
from plans.importers.docx_styles import Styles
from plans.importers.docx_xml import W, plain_words, value
from plans.importers.inline import split_omitted, to_html
from plans.importers.office import Element, Package
from plans.importers.office_xml import core_authors, outermost


def main_part(package: Package) -> str:
    """The name of the part that holds the body."""
    return next(iter(package.related("", "officeDocument")), "word/document.xml")


def notes(package: Package, main: str, styles: Styles, omitted: list[Omitted]) -> dict[tuple[str, str], str]:
    """Texts of footnotes and endnotes by (kind, id); what is deleted or hidden in them is left out."""
    texts = {}
    for kind, called in (("footnote", "fotnote"), ("endnote", "sluttnote")):
        for part in package.related(main, f"{kind}s"):
            root = package.xml(part)
            reader = InlineReader(package, part, styles, {})
            for note in [] if root is None else root.iterfind(W + kind):
                if note.get(W + "type") in {"separator", "continuationSeparator", "continuationNotice"}:
                    continue
                key = note.get(W + "id", "")
                texts[kind, key] = _note(reader, note, f"{called} {key}", omitted)
    return texts


def _note(reader: InlineReader, note: Element, at: str, omitted: list[Omitted]) -> str:
    lines = []
    for paragraph in outermost(note, W + "p"):
        style = value(paragraph.find(W + "pPr"), "pStyle") or ""
        content = reader.read(paragraph, at=at, style=style, heading=False)
        kept, left_out = split_omitted(content.pieces, at)
        omitted += left_out + content.omitted
        lines.append(richtext.plain(to_html(kept)))
        lines += [plain_words(box) for box in content.boxes]
    return "\n".join(filter(None, lines))


def comments(package: Package, main: str) -> dict[str, str]:
    texts = {}
    for part in package.related(main, "comments"):
        root = package.xml(part)
        for comment in [] if root is None else root.iterfind(W + "comment"):
            texts[comment.get(W + "id", "")] = plain_words(comment)
    return texts


def headers_and_footers(package: Package, main: str) -> list[Omitted]:
    found = []
    for kind, called in (("header", "topptekst"), ("footer", "bunntekst")):
        for part in package.related(main, kind):
            root = package.xml(part)
            if root is not None and (text := plain_words(root)):
                found.append(Omitted(at=called, text=text, why="header_footer"))
    return found


def authors(package: Package, body: Element, main: str) -> list[Omitted]:
    """Names that the file holds: its author, who last saved it, who changed and who commented."""
    found = core_authors(package)
    changed = [e.get(W + "author", "") for e in body.iter() if W + "author" in e.attrib]
    commented = []
    for part in package.related(main, "comments"):
        root = package.xml(part)
        commented += [] if root is None else [e.get(W + "author", "") for e in root.iterfind(W + "comment")]
    for at, names in (("sporede endringer", changed), ("merknader", commented)):
        known = {omitted.text for omitted in found}
        new = dict.fromkeys(name.strip() for name in names if name.strip() not in known)
        found += [Omitted(at=at, text=name, why="author") for name in new if name]
    return found
