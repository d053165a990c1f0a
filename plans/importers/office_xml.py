"""What Word's and PowerPoint's XML share: alternatives, pictures, embedded things, who wrote it."""

from collections.abc import Iterator

from plans.importers.blocks import Figure, Omitted
from plans.importers.office import DRAWING, RELATION_ID, Element, Package, media_type, sha256

VML = "{urn:schemas-microsoft-com:vml}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = _COMPATIBILITY + "AlternateContent"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_READABLE = (_WORD + "t", _WORD + "txbxContent", DRAWING + "blip", DRAWING + "t", VML + "imagedata")
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def readable_branch(alternate: Element) -> Element | None:
    """The one branch of an mc:AlternateContent that we can read: both say the same thing."""
    branches = [e for e in alternate if e.tag in {_COMPATIBILITY + "Choice", _COMPATIBILITY + "Fallback"}]
    for branch in branches:
        if next(branch.iter(*_READABLE), None) is not None:
            return branch
    return branches[0] if branches else None


def outermost(element: Element, *tags: str) -> Iterator[Element]:
    """Descendants with these tags that do not lie in one another, each alternative once."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag == ALTERNATIVES:
            branch = readable_branch(child)
            yield from [] if branch is None else outermost(branch, *tags)
        else:
            yield from outermost(child, *tags)


def picture(package: Package, part: str, blip: Element, *, at: str, alt: str) -> tuple[Figure, bytes] | None:
    """The picture that a blip points to; None where a web page cannot show it, or it lies elsewhere."""
    key = blip.get(RELATION_ID + "embed") or blip.get(RELATION_ID + "id") or ""
    relation = package.relations(part).get(key)
    data = package.read(relation.target) if relation and not relation.external else None
    kind = media_type(data) if data else None
    if data is None or kind is None:
        return None
    return Figure(at=at, sha256=sha256(data), media_type=kind, alt=alt), data


def embedded_words(package: Package, part: str, element: Element) -> str:
    """The words of a chart or a SmartArt drawing, which itself is not for the page."""
    keys = {str(v) for e in element.iter() for k, v in e.items() if str(k).startswith(RELATION_ID)}
    words = [e.text or "" for e in element.iter(_WORD + "t", DRAWING + "t")]
    for key, relation in sorted(package.relations(part).items()):
        if key in keys and relation.kind in {"chart", "diagramData"} and not relation.external:
            root = package.xml(relation.target)
            words += [] if root is None else [e.text or "" for e in root.iter(DRAWING + "t")]
    return " ".join(" ".join(words).split())


def identifier(package: Package) -> str:
    """The `dc:identifier` among the file's properties; empty where it has none."""
    for part in package.related("", "core-properties"):
        core = package.xml(part)
        if core is not None and (said := core.findtext(_DUBLIN + "identifier")):
            return said.strip()
    return ""


def core_authors(package: Package) -> list[Omitted]:
    """Who wrote the file and who last saved it, as its properties say."""
    names = []
    for part in package.related("", "core-properties"):
        core = package.xml(part)
        for tag in (_DUBLIN + "creator", _CORE + "lastModifiedBy"):
            names.append((core.findtext(tag) or "").strip() if core is not None else "")
    return [Omitted(at="dokumentegenskaper", text=n, why="author") for n in dict.fromkeys(names) if n]
