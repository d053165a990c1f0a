"""An Office file (.docx, .pptx) as a package of XML parts: opening, parsing, relations, pictures."""

import hashlib
import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from helsefellesskap.file_checks import DAMAGED, Refused
from helsefellesskap.sentences import later

type Element = etree._Element

MAX_TABLE_ROWS = 5_000
TOO_DEEP = later("Filen er for dypt nøstet (tabeller eller rammer i hverandre) til å kunne leses.")
TOO_MANY_ROWS = later("Filen har flere enn 5 000 tabellrader og kan ikke leses.")

RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# «Strict Open XML» is the same language under other names.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_WITH_YEAR = (b"wordprocessingml", b"presentationml", b"drawingml", b"officeDocument")

_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str  # the last word of its type: «image», «footnotes»
    target: str  # a part's name, or an address where external
    external: bool


class Package:
    """Parts by name. Raises Refused where the archive or an XML part cannot be read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Refused(DAMAGED) from error
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self._relations: dict[str, dict[str, Relation]] = {}

    def read(self, name: str) -> bytes | None:
        """A part's bytes; None where there is no such part. Part names ignore case."""
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        try:
            return self._zip.read(stored)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise Refused(DAMAGED) from error

    def names(self) -> list[str]:
        return list(self._names.values())

    def xml(self, name: str) -> Element | None:
        data = self.read(name)
        return None if data is None else parse(data)

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points to, by id; `""` is the package itself."""
        if part not in self._relations:
            folder, file = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
            found = [] if root is None else [e for e in root if isinstance(e.tag, str)]
            self._relations[part] = {e.get("Id", ""): _relation(e, folder) for e in found}
        return self._relations[part]

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that this one points to by a relation of this kind, in order of id."""
        return [
            r.target for _, r in sorted(self.relations(part).items()) if r.kind == kind and not r.external
        ]


def _relation(element: Element, folder: str) -> Relation:
    kind = element.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, True)
    absolute = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
    return Relation(kind, absolute.lstrip("/"), False)


def parse(data: bytes) -> Element:
    """The root of an XML part: no entities, no DTD, no network. Raises Refused where it is not sound."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(_transitional(data), parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error)
        raise Refused(TOO_DEEP if deep else DAMAGED) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise Refused(DAMAGED)
    return root


def _transitional(data: bytes) -> bytes:
    if _STRICT not in data:
        return data
    for family in _WITH_YEAR:
        data = data.replace(_STRICT + family + b"/", _TRANSITIONAL + family + b"/2006/")
    return data


def media_type(data: bytes) -> str | None:
    """The type of a picture that a web page can show, else None (drawings of Windows, TIFF …)."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def whole(value: str | None, default: int = 0) -> int:
    """An attribute as a whole number; what is not one counts as the default."""
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default
