"""Files that must not be read: each gets one Norwegian sentence, and none takes long or much."""

import io
import struct
import warnings
import zipfile

import pytest

from helsefellesskap import file_checks as checks
from plans.importers import office
from plans.importers.sandbox import Refused, import_file

from .make_docx import CONTENT_TYPES, cell, docx, pack, paragraph, parts_of, row, table, xml

PLAN = parts_of(paragraph("Handlingsplan"))


def with_part(name: str, inside: str | bytes) -> bytes:
    return pack(PLAN | {name: inside})


def encrypted_entry() -> bytes:
    data = bytearray(pack(PLAN))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    return bytes(data)


def lying_about_size(claimed: int) -> bytes:
    """An archive whose last part is 3 MB of spaces and claims to be smaller, in both its headers."""
    data = bytearray(with_part("word/extra.xml", b"<x>" + b" " * 3_000_000 + b"</x>"))
    local = data.rfind(b"PK\x03\x04")
    central = data.rfind(b"PK\x01\x02")
    for start, offset in ((local, 22), (central, 24)):
        data[start + offset : start + offset + 4] = struct.pack("<I", claimed)
    return bytes(data)


def twice_the_same_name() -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        for name, inside in [*PLAN.items(), ("word/document.xml", "<x/>")]:
            archive.writestr(name, inside)
    return file.getvalue()


DOCTYPE = (
    '<?xml version="1.0" encoding="{}"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
)
MACRO_TYPES = CONTENT_TYPES.replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document", "vnd.ms-word.document.macroEnabled"
)
NOT_WORD = "Filen er ikke en Word-fil, selv om navnet slutter på .docx."
NOT_SLIDES = "Filen er ikke en PowerPoint-fil, selv om navnet slutter på .pptx."
CUT_XML = xml("document", "<w:body>")[:-9]
PIPES = b"| a | b |\n|---|---|\n" + b"| c | d |\n" * 5_001
BIG_PART = b"<x>" + b" " * (checks.MAX_PART + 1)
NESTED = paragraph("innerst")
for _ in range(40):
    NESTED = table(row(cell(NESTED + paragraph(""))))

CASES = {
    "empty": ("plan.docx", b"", checks.EMPTY),
    "empty text": ("plan.txt", b"", checks.EMPTY),
    "unknown kind": ("plan.xlsx", b"PK\x03\x04", checks.UNKNOWN_KIND),
    "no suffix": ("plan", b"tekst", checks.UNKNOWN_KIND),
    "over 20 MB": ("plan.txt", b"a" * (20_000_000 + 1), checks.TOO_BIG),
    "a pdf called docx": ("plan.docx", b"%PDF-1.7 ...", NOT_WORD),
    "a text called pptx": ("plan.pptx", b"Handlingsplan", NOT_SLIDES),
    "a docx called pptx": ("plan.pptx", pack(PLAN), NOT_SLIDES),
    "a zip called docx": ("plan.docx", pack({"a.xml": "<a/>"}), NOT_WORD),
    "a docx called txt": ("plan.txt", pack(PLAN), checks.NOT_TEXT),
    "encrypted or old": ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), checks.ENCRYPTED),
    "encrypted entry": ("plan.docx", encrypted_entry(), checks.ENCRYPTED),
    "macro part": ("plan.docx", with_part("word/vbaProject.bin", b"\0"), checks.MACROS),
    "macro type": ("plan.docx", pack(PLAN | {"[Content_Types].xml": MACRO_TYPES}), checks.MACROS),
    "doctype": ("plan.docx", with_part("word/styles.xml", DOCTYPE.format("UTF-8")), checks.DOCTYPE),
    "doctype in utf-16": (
        "plan.docx",
        with_part("word/styles.xml", DOCTYPE.format("UTF-16").encode("utf-16")),
        checks.DOCTYPE,
    ),
    "doctype in utf-16be without mark": (
        "plan.docx",
        with_part("word/styles.xml", DOCTYPE.format("UTF-16BE").encode("utf-16-be")),
        checks.DOCTYPE,
    ),
    "doctype in ebcdic": (
        "plan.docx",
        with_part("word/styles.xml", DOCTYPE.format("IBM037").encode("cp037")),
        checks.DAMAGED,
    ),
    "doctype in utf-7": (
        "plan.docx",
        with_part("word/styles.xml", '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE w>'),
        checks.DAMAGED,
    ),
    "doctype past a chunk": (
        "plan.docx",
        with_part("word/styles.xml", " " * ((1 << 20) - 4) + DOCTYPE.format("UTF-8")[38:]),
        checks.DOCTYPE,
    ),
    "doctype in a part of another name": (
        "plan.docx",
        with_part("word/notes.bin", DOCTYPE.format("UTF-8")),
        checks.DOCTYPE,
    ),
    "one part too big": ("plan.docx", with_part("word/big.xml", BIG_PART), checks.BOMB),
    "all parts too big": (
        "plan.docx",
        pack(PLAN | {f"word/{n}.bin": bytes(40_000_000) for n in range(3)}),
        checks.BOMB,
    ),
    "claims to be smaller": ("plan.docx", lying_about_size(10), checks.DAMAGED),
    "claims to be bigger": ("plan.docx", lying_about_size(9_000_000), checks.DAMAGED),
    "too many parts": (
        "plan.docx",
        pack(PLAN | {f"word/{n}.xml": "<x/>" for n in range(2_000)}),
        checks.TOO_MANY_PARTS,
    ),
    "same name twice": ("plan.docx", twice_the_same_name(), checks.BAD_NAMES),
    "name that climbs": ("plan.docx", with_part("word/../../x.xml", "<x/>"), checks.BAD_NAMES),
    "absolute name": ("plan.docx", with_part("/x.xml", "<x/>"), checks.BAD_NAMES),
    "cut in the middle": ("plan.docx", pack(PLAN)[:-300], checks.DAMAGED),
    "cut at the start": ("plan.docx", pack(PLAN)[:40], checks.DAMAGED),
    "not xml": (
        "plan.docx",
        with_part("word/document.xml", xml("document", "<w:body>")[:-9]),
        checks.DAMAGED,
    ),
    "no body": ("plan.docx", with_part("word/document.xml", xml("document", "")), checks.DAMAGED),
    "too many rows": (
        "plan.docx",
        docx(table(*[row("a")] * 3_000) + table(*[row("b")] * 2_001)),
        office.TOO_MANY_ROWS,
    ),
    "too many rows of text": (
        "plan.md",
        b"| a | b |\n|---|---|\n" + b"| c | d |\n" * 5_001,
        office.TOO_MANY_ROWS,
    ),
    "tables in tables": ("plan.docx", docx(NESTED), office.TOO_DEEP),
    "deep xml": ("plan.docx", docx("<w:sdt>" * 400 + "</w:sdt>" * 400), office.TOO_DEEP),
}


@pytest.mark.parametrize(("name", "data", "sentence"), CASES.values(), ids=CASES)
def test_a_bad_file_is_refused_with_one_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        import_file(data, name)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("sentence", sorted({sentence for _, _, sentence in CASES.values()}))
def test_the_sentence_is_one(sentence: str) -> None:
    assert sentence.startswith("Fil")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("cut", range(1, 20))
def test_a_file_cut_anywhere_is_refused(cut: int) -> None:
    data = pack(PLAN)
    with pytest.raises(Refused) as refused:
        import_file(data[: len(data) * cut // 20], "plan.docx")
    assert str(refused.value) == checks.DAMAGED


def test_ordinary_files_pass_the_checks_whatever_the_case_of_their_name() -> None:
    assert checks.check(pack(PLAN), "Plan 2023.DOCX") == ".docx"
    assert checks.check(b"Tittel\n<!DOCTYPE er et ord her", "plan.md") == ".md"
