"""Stored rich text made fit for print: what a tagged, archivable PDF cannot hold is set right here.

The input is the safe subset of `helsefellesskap.richtext`; the words are never changed.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from lxml import html as lxml_html
from lxml.html import HtmlElement

from helsefellesskap.letters import visible

_TYPED_LABEL = re.compile(r"\s*(?:\d{1,2}|[a-zæøå]|[ivx]{1,4})[.)]\s")
_ONE_LINE = 150  # letters: a paragraph that is longer is no line of a list
_SCHEMES = {"http", "https", "mailto", "tel"}


def for_print(html: str, *, level: int = 6) -> SafeString:
    """A fragment of stored HTML as it goes into the document.

    `level` is that of the heading above the fragment: its own headings go on from there, since a
    tagged document may not jump over a level. Dead links become plain words, tables get equally many
    cells in every row, and what is struck out also says so in words.
    """
    if "<" not in html:
        return mark_safe(html)  # noqa: S308 - stored through richtext.clean_*
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    _set_links(root)
    _set_heading_levels(root, level)
    _set_typed_labels(root)
    for table in list(root.iter("table")):
        _square(table)
    for struck in list(root.iter("s")):
        _say_struck(struck)
    return mark_safe(_inner(root))  # noqa: S308 - same tags as before


def _inner(root: HtmlElement) -> str:
    parts = [lxml_html.tostring(child, encoding="unicode") for child in root]
    return _escape(root.text or "") + "".join(parts)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _set_links(root: HtmlElement) -> None:
    for link in list(root.iter("a")):
        if not _is_absolute(link.get("href", "")) or not visible(link.text_content()):
            link.drop_tag()
        elif len(link):
            _spread_link(link)


def _spread_link(link: HtmlElement) -> None:
    """`<a>x <em>y</em></a>` → `<a>x </a><em><a>y</a></em>`: WeasyPrint makes an annotation of every
    element inside a link, and only those on links may stand in a tagged document.
    """
    for element in list(link.iterdescendants()):
        if element.tail:
            element.addnext(_link(link, element.tail))
            element.tail = None
        if element.text:
            element.insert(0, _link(link, element.text))
            element.text = None
    if link.text:
        link.insert(0, _link(link, link.text))
        link.text = None
    link.drop_tag()


def _link(like: HtmlElement, text: str) -> HtmlElement:
    link = lxml_html.Element("a", href=like.get("href", ""))
    link.text = text
    return link


def _is_absolute(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc or parts.path)


def _set_heading_levels(root: HtmlElement, level: int) -> None:
    for empty in [h for h in root.iter("h4", "h5") if not visible(h.text_content())]:
        empty.drop_tag()
    headings = list(root.iter("h4", "h5"))
    used = sorted({heading.tag for heading in headings})
    last = level
    for heading in headings:
        last = min(level + 1 + used.index(heading.tag), last + 1, 6)
        heading.tag = f"h{last}"


def _set_typed_labels(root: HtmlElement) -> None:
    """Lines that bring their own «1.» or «a.»: close together, and without a bullet before them."""
    for item in root.iter("li"):
        if item.getparent().tag == "ul" and _TYPED_LABEL.match(item.text_content()):
            item.set("class", "labelled")
    for paragraph in root.iter("p"):
        following = paragraph.getnext()
        if following is not None and following.tag == "p" and _numbered(paragraph) and _numbered(following):
            paragraph.set("class", "numbered")


def _numbered(paragraph: HtmlElement) -> bool:
    text = paragraph.text_content()
    return len(text) < _ONE_LINE and bool(_TYPED_LABEL.match(text))


def _say_struck(struck: HtmlElement) -> None:
    """Say it in words beside the text, for those who do not see the line."""
    if not visible(struck.text_content()):
        return
    note = lxml_html.fragment_fromstring('<span class="struck-note"></span>')
    note.text = f" ({gettext('strøket')})"
    note.tail, struck.tail = struck.tail, None
    struck.addnext(note)


def _square(table: HtmlElement) -> None:
    """Every row as wide as the widest. A cell merged downwards stands once, with blanks below it: a
    merged cell that meets a page break would leave a hole in the table's tags.
    """
    rows = table.xpath("./tr|./thead/tr|./tbody/tr")
    covered: dict[int, int] = {}  # column → rows that a merged cell still reaches down
    for row in rows:
        column = 0
        for cell in _cells(row):
            column = _blanks_below(covered, column, cell.addprevious)
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            cell.attrib.pop("rowspan", None)
            cell.set("colspan", str(wide))
            covered.update(dict.fromkeys(range(column, column + wide), tall - 1))
            column += wide
        _blanks_below(covered, column, row.append)
    width = max((_width(row) for row in rows), default=0)
    for row in rows:
        for _ in range(width - _width(row)):
            row.append(_blank())


def _blanks_below(covered: dict[int, int], column: int, add: Callable[[HtmlElement], None]) -> int:
    """Add a blank for each column from `column` on that a cell above reaches; the column after them."""
    while covered.get(column, 0):
        covered[column] -= 1
        add(_blank())
        column += 1
    return column


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _blank() -> HtmlElement:
    return lxml_html.fragment_fromstring("<td></td>")


def _span(cell: HtmlElement, name: str) -> int:
    """The cell's colspan or rowspan; 1 where it is missing or absurd."""
    value = cell.get(name, "1").strip()
    return min(int(value), 50) or 1 if re.fullmatch(r"\d{1,3}", value) else 1


def _width(row: HtmlElement) -> int:
    return sum(_span(cell, "colspan") for cell in _cells(row))
