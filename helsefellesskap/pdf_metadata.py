"""What WeasyPrint leaves undone: PDF/UA-1 claimed beside PDF/A-2a, and a scope on each table heading."""

import re
from typing import Any

import pydyf

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


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object that «12 0 R» points at."""
    match = re.fullmatch(rb"(\d+) 0 R", reference)
    if match is None:
        raise ValueError(f"Not a reference: {reference!r}")
    return pdf.objects[int(match[1])]
