"""PDF files to test with: made of small pieces of HTML, or broken on purpose."""

import io
from functools import cache

import pdfplumber
import pikepdf
from PIL import Image
from weasyprint import HTML

_STYLE = """
@page { size: A5; margin: 20mm 15mm }
body { font: 11pt/1.4 sans-serif } h1 { font-size: 20pt } h2 { font-size: 15pt }
table { border-collapse: collapse; width: 100% }
td, th { border: 1pt solid; padding: 4pt; vertical-align: top }
"""
MARGINS = """
@page { @top-left { content: 'Helsefellesskapet Prøve' } @bottom-right { content: 'Side ' counter(page) } }
"""


@cache
def pdf(body: str, style: str = "") -> bytes:
    data: bytes = HTML(string=f"<html lang=nb><style>{_STYLE}{style}</style>{body}").write_pdf()
    return data


def words_in(data: bytes) -> str:
    """Every letter and digit that pdfplumber itself finds, as one sorted string."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return letters(word["text"] for page in file.pages for word in page.extract_words())


def letters(texts: object) -> str:
    return "".join(sorted(c for text in texts for c in text if c.isalnum()))


def _saved(file: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    file.save(out, **how)
    return out.getvalue()


def _opened() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf("<h1>Plan</h1><p>Vi samarbeider.</p>")))


def locked(password: str) -> bytes:
    return _saved(_opened(), encryption=pikepdf.Encryption(user=password, owner="eier"))


def of_pages(count: int) -> bytes:
    file = _opened()
    for _ in range(count - 1):
        file.pages.append(file.pages[0])
    return _saved(file)


def deep(levels: int) -> bytes:
    """A page tree in which every branch has one branch."""
    file = _opened()
    node = file.pages[0].obj
    for _ in range(levels):
        branch = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pikepdf.Array([node]), Count=1)
        node = file.make_indirect(branch)
    file.Root.Pages = node
    return _saved(file)


def image() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    return out.getvalue()


def with_more() -> bytes:
    """A page, and beside it an attached file and a script."""
    file = _opened()
    file.attachments["regneark.xlsx"] = b"PK"
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    return _saved(file)


def commented(words: str) -> bytes:
    """A page with a note stuck on it."""
    file = _opened()
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[50, 50, 70, 70], Contents=words
    )
    file.pages[0].Annots = pikepdf.Array([file.make_indirect(note)])
    return _saved(file)
