"""Small Word files from XML strings: what a test says is all that is in the file."""

import io
import zipfile
from collections.abc import Mapping
from html import escape

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)

# Lists: 1 numbers «1. a) i.», 2 restarts the same, 3 bullets, 4 is «1» «1.1» tied to heading styles.
_LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/>{3}<w:lvlText w:val="{2}"/></w:lvl>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + _LEVEL.format(0, "decimal", "%1.", "")
    + _LEVEL.format(1, "lowerLetter", "%2)", "")
    + _LEVEL.format(2, "lowerRoman", "%3.", "")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + _LEVEL.format(0, "bullet", "\uf0b7", "")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + _LEVEL.format(0, "decimal", "%1", '<w:pStyle w:val="H1"/>')
    + _LEVEL.format(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>')
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)


def style(key: str, name: str, *, based_on: str = "", inside: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{based}{inside}</w:style>'


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + style("H1", "heading 1", inside='<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>')
    + style("H2", "heading 2", inside='<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>')
    + style("H3", "heading 3", inside="<w:rPr><w:b/></w:rPr>")
    + style("ListNumber", "List Number", inside='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    + style("OurList", "Vår liste", based_on="ListNumber")
    + style("ListBullet2", "List Bullet 2", inside='<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>')
    + style("Strong", "Strong", inside="<w:rPr><w:b/></w:rPr>", kind="character")
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inside: str, properties: str = "") -> str:
    """A paragraph of plain text, or of runs where `inside` is XML already."""
    content = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def listed(text: str, num: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def styled(text: str, key: str, properties: str = "") -> str:
    return paragraph(text, f'<w:pStyle w:val="{key}"/>{properties}')


def cell(inside: str, properties: str = "") -> str:
    content = inside if inside.startswith("<") else paragraph(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def deleted(text: str, author: str = "Kari") -> str:
    return f'<w:del w:author="{author}"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def field(code: str, result: str) -> str:
    """A field as Word writes it, over several runs; `result` is XML."""
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    instruction = f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
    return marks["begin"] + instruction + marks["separate"] + result + marks["end"]


def xml(root: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inside}</w:{root}>'


def relation(key: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def relations(*inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(inside)}</Relationships>'


def parts_of(body: str, *, links: str = "", **parts: str | bytes) -> dict[str, str | bytes]:
    """The parts of a Word file with this body.

    `parts` are the insides of further parts by their root (`footnotes=…`, `comments=…`), or whole
    bytes; `links` are more relations of the main part.
    """
    inside = {"styles": STYLES, "numbering": NUMBERING} | parts
    kinds = {"hdr": "header", "ftr": "footer"}
    related = [relation(f"part{n}", kinds.get(kind, kind), f"{kind}.xml") for n, kind in enumerate(inside)]
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(
            relation("rId1", "officeDocument", "word/document.xml"),
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/>',
        ),
        "word/document.xml": xml("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations(*related, links),
        **{
            f"word/{kind}.xml": text if isinstance(text, bytes) else xml(kind, text)
            for kind, text in inside.items()
        },
    }


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts.items():
            archive.writestr(name, inside)
    return file.getvalue()


def docx(body: str, *, links: str = "", **parts: str | bytes) -> bytes:
    """A Word file with this body; the rest as in `parts_of`."""
    return pack(parts_of(body, links=links, **parts))
