"""What WeasyPrint leaves undone: PDF/UA-1 claimed beside PDF/A-2a, a scope on each table heading, and the
language of the words that are not in the file's own.
"""

import re
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import LineBox, TextBox

# PDF/A-2 wants every schema that it does not know itself to be described in the file (ISO 19005-2,
# 6.6.2.3.3), and validators read the first rdf:RDF only: so both go into the one WeasyPrint writes.
_PDFUA = """
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
"""


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """WeasyPrint's `finisher` hook: called with its document and the PDF's objects before writing."""
    claim_pdfua(pdf)
    scope_headings(pdf)
    name_languages(document, pdf)


def claim_pdfua(pdf: pydyf.PDF) -> None:
    """Write the PDF/UA-1 claim into the file's metadata, uncompressed so that any tool can read it."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    (xmp,) = metadata.stream
    metadata.stream = [xmp.replace(b"</rdf:RDF>", _PDFUA.encode() + b"</rdf:RDF>")]
    metadata.compress = False


def scope_headings(pdf: pydyf.PDF) -> None:
    """Give each TH its Scope: Column in a row of headings only, Row beside ordinary cells."""
    for row in pdf.objects:
        if not isinstance(row, pydyf.Dictionary) or row.get("S") != "/TR":
            continue
        cells = [_object(pdf, reference) for reference in row["K"]]
        headings = [cell for cell in cells if cell.get("S") == "/TH"]
        for heading in headings:
            heading["A"]["Scope"] = "/Column" if len(headings) == len(cells) else "/Row"


def name_languages(document: Any, pdf: pydyf.PDF) -> None:
    """Give each run of words in another language than the file's its Lang (ISO 14289-1, 7.2), which a screen
    reader's voice follows.

    WeasyPrint keeps no tie from a tag to its box, but makes the tags in the order of the boxes. Raises
    RuntimeError where that does not hold, rather than name a language wrongly.
    """
    own = pdf.catalog["Lang"].string
    runs = [run for page in document.pages for run in _runs(page._page_box)]
    if all(run.style["lang"] == own for run in runs):
        return
    tags = [tag for tag in pdf.objects if isinstance(tag, pydyf.Dictionary) and _holds_a_run(tag)]
    if [tag["S"] for tag in tags] != ["/Span" if isinstance(run, TextBox) else "/Link" for run in runs]:
        raise RuntimeError("The tags do not come in the order of the boxes.")
    for tag, run in zip(tags, runs, strict=True):
        if run.style["lang"] != own:
            tag["Lang"] = pydyf.String(run.style["lang"])


def _runs(box: Any) -> Iterator[Any]:
    """The boxes whose tags have words of their own: links, and text that is not just inside one."""
    is_link = box.element_tag is not None and _is_link(box.element_tag)
    if is_link:
        yield box
    for child in _children(box):
        if not isinstance(child, TextBox):
            yield from _runs(child)
        elif not is_link:
            yield child


def _children(box: Any) -> Iterator[Any]:
    """As WeasyPrint tags them: of a line its words and boxes, of what is placed by itself the box."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if isinstance(child, LineBox):
            yield from _children(child)
        else:
            yield child


def _is_link(element_tag: str) -> bool:
    return element_tag.split(":")[0] == "a"  # its ::before and ::after too


def _holds_a_run(tag: pydyf.Dictionary) -> bool:
    if tag.get("S") == "/Link":
        return True
    return tag.get("S") == "/Span" and len(tag["K"]) == 1 and isinstance(tag["K"][0], int)


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object that «12 0 R» points at."""
    match = re.fullmatch(rb"(\d+) 0 R", reference)
    if match is None:
        raise ValueError(f"Not a reference: {reference!r}")
    return pdf.objects[int(match[1])]
