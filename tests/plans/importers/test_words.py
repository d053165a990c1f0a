"""Nothing is lost and nothing invented: every word of a file is in a block or said to be left out."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plans.importers import read_docx, read_pptx
from plans.importers.blocks import Block, Divider, Figure, Paragraph, Source, Table

from . import make_docx as make

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


def texts_of(blocks: Iterable[Block]) -> Iterable[str]:
    """The words as they stood in the file: labels that the program made are not among them."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from texts_of(cell.blocks)
        elif not isinstance(block, Divider | Figure):
            yield block.text
            yield from block.footnotes if isinstance(block, Paragraph) else ()


def in_source(source: Source) -> Counter[str]:
    said = (omitted.text for omitted in source.omitted if omitted.why != "author")
    return words(texts_of(source.blocks)) + words(said)


def in_file(data: bytes, folder: str, ns: str) -> Counter[str]:
    """The words of every paragraph in these parts, read in the simplest way there is."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(folder, name):
                for p in etree.fromstring(archive.read(name)).iter(ns + "p"):
                    lines.append("".join(e.text or " " for e in p.iter(ns + "t", ns + "tab", ns + "br")))
    return words(lines)


OFFICE_FILES = [
    "finnmark-2022-2023.docx",
    "lofoten-vesteralen-salten-sak-07-2021.docx",
    "st-olavs-strategi-2022-2024.docx",
    "troms-og-ofoten-2023.docx",
    "vestfold-2024-2025.pptx",
]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("name", OFFICE_FILES)
def test_every_word_of_the_corpus_comes_out_once(name: str) -> None:
    data = (CORPUS / name).read_bytes()
    if name.endswith(".docx"):
        assert in_source(read_docx.read(data)) == in_file(data, "word/document.xml", W)
    else:
        assert in_source(read_pptx.read(data)) == in_file(data, r"ppt/slides/slide\d+\.xml", A)


# --- generated files ---


@dataclass
class Made:
    """A piece of a Word file, and the words that must be kept and left out of it, by reason."""

    xml: str
    kept: Counter[str] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)


def join(pieces: Iterable[Made], shape: str = "{}") -> Made:
    whole = Made("")
    for piece in pieces:
        whole.xml += piece.xml
        whole.kept += piece.kept
        whole.left_out += piece.left_out
    whole.xml = shape.format(whole.xml)
    return whole


def gone(made: Made, why: str, xml: str) -> Made:
    """The same words, now all left out for one reason; what was left out in it is left out with it."""
    lost = Counter({(why, word): n for word, n in made.kept.items()})
    for (_, word), n in made.left_out.items():
        lost[why, word] += n
    return Made(xml, left_out=lost)


phrases = st.lists(
    st.sampled_from(["mål", "tiltak", "UNN", "og", "2.1", "a)", "«ø-hjelp»", "✓"]), min_size=1, max_size=3
)
SHAPES = {
    "plain": ("", "{}"),
    "bold": ("<w:b/>", "{}"),
    "struck": ("<w:dstrike/>", "{}"),
    "inserted": ("", '<w:ins w:author="N">{}</w:ins>'),
    "moved here": ("", '<w:moveTo w:author="N">{}</w:moveTo>'),
    "control": ("", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"),
    "tagged": ("", "<w:smartTag>{}</w:smartTag>"),
    "linked": ("", make.field('HYPERLINK "https://example.org"', "{}")),
    "box": (
        "",
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p>{0}</w:p>"
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{0}</w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    ),
}
LOST = {
    "deleted": ("", '<w:del w:author="N">{}</w:del>'),
    "moved away": ("", '<w:moveFrom w:author="N">{}</w:moveFrom>'),
    "hidden": ("<w:vanish/>", "{}"),
    "contents": ("", make.field("TOC", "{}")),
}
WHY = {"moved away": "deleted"}


@st.composite
def runs(draw: st.DrawFn) -> Made:
    kind = draw(st.sampled_from([*SHAPES, *LOST]))
    text = " ".join(draw(phrases)) + " "
    properties, shape = (SHAPES | LOST)[kind]
    xml = shape.format(make.run(text, properties))
    if kind in LOST:
        why = WHY.get(kind, kind)
        return Made(xml, left_out=Counter({(why, w): n for w, n in words([text]).items()}))
    return Made(xml, kept=words([text]))


@st.composite
def paragraphs(draw: st.DrawFn) -> Made:
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    properties = draw(
        st.sampled_from(
            ["", '<w:pStyle w:val="H2"/>', '<w:pStyle w:val="OurList"/>']
            + [number.format(level, num) for level in (0, 1) for num in (1, 2, 3)]
            + ['<w:rPr><w:del w:author="N"/></w:rPr>']
        )
    )
    return join(draw(st.lists(runs(), max_size=4)), f"<w:p><w:pPr>{properties}</w:pPr>{{}}</w:p>")


@st.composite
def tables(draw: st.DrawFn, inside: st.SearchStrategy[Made]) -> Made:
    rows = []
    kinds = st.sampled_from(["", "restart", "continue", "deleted"])
    for merged in draw(st.lists(kinds, min_size=1, max_size=4)):
        first = join([draw(paragraphs())] if merged != "continue" else [Made("<w:p/>")])
        merge = f'<w:vMerge w:val="{merged}"/>' if merged in {"restart", "continue"} else ""
        cells = join([first], f"<w:tc><w:tcPr>{merge}</w:tcPr>{{}}</w:tc>")
        second = join([draw(inside), Made("<w:p/>")], "<w:tc>{}</w:tc>")
        whole = join([cells, second])
        if merged == "deleted":
            tr = f'<w:tr><w:trPr><w:del w:author="N"/></w:trPr>{whole.xml}</w:tr>'
            rows.append(gone(whole, "deleted", tr))
        else:
            rows.append(join([whole], "<w:tr>{}</w:tr>"))
    return join(rows, "<w:tbl>{}</w:tbl>")


bodies = st.lists(st.recursive(paragraphs(), tables, max_leaves=4), max_size=5).map(join)


@settings(max_examples=60, deadline=None)
@given(bodies)
def test_every_word_of_a_made_file_comes_out_once_where_it_belongs(made: Made) -> None:
    source = read_docx.read(make.docx(made.xml))
    left_out = Counter(
        (omitted.why, word)
        for omitted in source.omitted
        if omitted.why != "author"
        for word in words([omitted.text]).elements()
    )
    assert words(texts_of(source.blocks)) == made.kept
    assert left_out == made.left_out
