"""What is checked of an uploaded file before anything parses it: size, kind, and the archive itself.

The archive's own figures are not believed: every part is inflated here, counted and dropped again.
No Django in this module: the importers run it in a bare child process.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from helsefellesskap.sentences import filled, later

MEGABYTE = 1_000_000
MAX_FILE = 20 * MEGABYTE
MAX_PART = 50 * MEGABYTE
MAX_UNPACKED = 100 * MEGABYTE
MAX_PARTS = 2_000
SUFFIXES = (".docx", ".pptx", ".pdf", ".txt", ".md")
TABLES = (".xlsx", ".csv")

DAMAGED = later("Filen er skadet eller ufullstendig og kan ikke leses.")
EMPTY = later("Filen er tom.")
TOO_BIG = later("Filen er større enn 20 MB og kan ikke leses.")
UNKNOWN_KIND = later("Filtypen kan ikke leses; bruk .docx, .pptx, .pdf, .txt eller .md.")
NOT_TABLE = later("Filtypen kan ikke leses; bruk .xlsx eller .csv.")
ENCRYPTED = later(
    "Filen er kryptert eller i et gammelt Office-format; "
    "lagre den på nytt uten passord som .docx, .pptx eller .xlsx."
)
MACROS = later(
    "Filen inneholder makroer og kan ikke leses; lagre den som .docx, .pptx eller .xlsx uten makroer."
)
DOCTYPE = later("Filen inneholder en DOCTYPE-erklæring, som kan vise til andre filer, og leses derfor ikke.")
BOMB = later("Filen blir for stor når den pakkes ut, og kan ikke leses.")
TOO_MANY_PARTS = later("Filen har flere enn 2 000 deler og kan ikke leses.")
BAD_NAMES = later("Filen har deler med ulovlige eller like navn og kan ikke leses.")
NOT_PDF = later("Filen er ikke en PDF, selv om navnet slutter på .pdf.")
NOT_TEXT = later("Filen er ikke en tekstfil, selv om navnet tilsier det.")
_NOT_OFFICE = {
    ".docx": later("Filen er ikke en Word-fil, selv om navnet slutter på .docx."),
    ".pptx": later("Filen er ikke en PowerPoint-fil, selv om navnet slutter på .pptx."),
    ".xlsx": later("Filen er ikke en Excel-fil, selv om navnet slutter på .xlsx."),
}
_LANGUAGE = {".docx": b"wordprocessingml", ".pptx": b"presentationml", ".xlsx": b"spreadsheetml"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an encrypted Office file, or one from before 2007
_BINARY = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF",
    _OLE,
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"{\\rtf",
)
_CHUNK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_DOCTYPE = re.compile(rb"<!(?:doctype|entity)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
# In these, markup is ASCII once the zeros are out. Others (UTF-7 …) could hide it.
_ENCODINGS = {
    b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"iso-8859-1", b"windows-1252",
}  # fmt: skip


class Refused(ValueError):
    """The file cannot be read, in one sentence for the person who sent it: bokmål, with the names of `facts`
    in it. A page says it in its own language by `helsefellesskap.errors.why_refused`.

    Raises KeyError, TypeError or ValueError where sentence and facts do not belong together.
    """

    def __init__(self, sentence: str, **facts: str) -> None:
        super().__init__(filled(sentence, facts))
        self.sentence, self.facts = sentence, facts


def check(data: bytes, name: str, *, tables: bool = False) -> str:
    """The suffix that says how to read the file. Raises Refused where it must not be read.

    `tables`: a table of measures is asked for, and not a plan.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in (TABLES if tables else SUFFIXES):
        raise Refused(NOT_TABLE if tables else UNKNOWN_KIND)
    if not data:
        raise Refused(EMPTY)
    if len(data) > MAX_FILE:
        raise Refused(TOO_BIG)
    if suffix in _NOT_OFFICE:
        _check_office(data, suffix)
    elif suffix == ".pdf":
        if b"%PDF-" not in data[:1024]:  # readers allow as much before it
            raise Refused(NOT_PDF)
    elif data.startswith(_BINARY):
        raise Refused(NOT_TEXT)
    return suffix


def _check_office(data: bytes, suffix: str) -> None:
    if data.startswith(_OLE):
        raise Refused(ENCRYPTED)
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(_NOT_OFFICE[suffix])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise Refused(DAMAGED) from error
    _check_directory(parts, len(data))
    unpacked = 0
    for part in parts:
        unpacked += _check_part(data, part, MAX_UNPACKED - unpacked)
    kinds = next((part for part in parts if part.filename == "[Content_Types].xml"), None)
    declared = b"" if kinds is None else b"".join(_inflated(data, kinds)).replace(b"\0", b"")
    if b"macroenabled" in declared.lower():
        raise Refused(MACROS)
    if _LANGUAGE[suffix] not in declared:
        raise Refused(_NOT_OFFICE[suffix])


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MAX_PARTS:
        raise Refused(TOO_MANY_PARTS)
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) < len(names) or any(map(_is_bad_name, names)):
        raise Refused(BAD_NAMES)
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(ENCRYPTED)
    if any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
        raise Refused(MACROS)
    if sum(part.compress_size for part in parts) > size:  # parts that lie over one another
        raise Refused(DAMAGED)


def _is_bad_name(name: str) -> bool:
    steps = name.split("/")
    return name.startswith("/") or ".." in steps or "\\" in name or ":" in steps[0] or "\0" in name


def _check_part(data: bytes, part: zipfile.ZipInfo, left: int) -> int:
    """The part's true size in bytes, at most `left`."""
    size = 0
    scan = _XmlScan(part.filename)
    for chunk in _inflated(data, part):
        size += len(chunk)
        if size > min(MAX_PART, left):
            raise Refused(BOMB)
        scan.feed(chunk)
    if size != part.file_size:
        raise Refused(DAMAGED)
    return size


def _inflated(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes in chunks of at most 1 MB, whatever size its header claims."""
    start = part.header_offset + _LOCAL_HEADER.size
    try:
        magic, name_length, extra_length = _LOCAL_HEADER.unpack(data[part.header_offset : start])
    except struct.error as error:
        raise Refused(DAMAGED) from error
    start += name_length + extra_length
    packed = memoryview(data)[start : start + part.compress_size]
    if magic != b"PK\x03\x04" or len(packed) < part.compress_size:
        raise Refused(DAMAGED)
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        yield from _deflated(packed)
    else:
        raise Refused(DAMAGED)  # Office uses no other packing


def _deflated(packed: memoryview) -> Iterator[bytes]:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    while not machine.eof:
        try:
            chunk = machine.decompress(rest, _CHUNK)
        except zlib.error as error:
            raise Refused(DAMAGED) from error
        rest = machine.unconsumed_tail
        if chunk:
            yield chunk
        elif not rest and not machine.eof:
            raise Refused(DAMAGED)  # it ends in the middle


class _XmlScan:
    """Looks for a DOCTYPE in an XML part as it streams by: parsers drop one without a word.

    Zero bytes are taken out first, which turns UTF-16 and UTF-32 into ASCII as far as markup goes.
    """

    def __init__(self, name: str) -> None:
        self._named_xml = name.lower().endswith((".xml", ".rels", ".vml"))
        self._is_xml: bool | None = None
        self._tail = b""

    def feed(self, chunk: bytes) -> None:
        text = chunk.replace(b"\0", b"")
        if self._is_xml is None:
            start = text.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
            self._is_xml = start.startswith(b"<")
            if self._named_xml and not self._is_xml:  # another alphabet altogether, such as EBCDIC
                raise Refused(DAMAGED)
            declared = _ENCODING.match(start)
            if self._is_xml and declared and declared[1].lower() not in _ENCODINGS:
                raise Refused(DAMAGED)  # Office's own XML is UTF-8 or UTF-16
        if self._is_xml and _DOCTYPE.search(self._tail + text):
            raise Refused(DOCTYPE)
        self._tail = text[-16:]
