"""The one safe HTML subset that plans are written in, and its plain reading.

Two sizes: *block* HTML (section bodies) and *inline* HTML (goals, measures). Whatever comes from a
file, a form or a paste passes through here before it is stored; templates may then print it as it is.
No Django in this module: the importers run it in a bare child process.
"""

import html as _html
import re
from html.parser import HTMLParser

import nh3

INLINE_TAGS = {"strong", "em", "s", "u", "sub", "sup", "a", "br"}
BLOCK_TAGS = INLINE_TAGS | {
    "p", "ul", "ol", "li", "blockquote", "h4", "h5",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
URL_SCHEMES = {"http", "https", "mailto", "tel"}
# Word and browsers write these for the same thing; one spelling is stored.
_SAME = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
# Control signs come along when something is pasted from Office; no XML file and no feed can carry them.
_UNWRITABLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]+")
_BREAKS = {"p", "br", "li", "ul", "ol", "blockquote", "h4", "h5", "tr", "table", "caption", "td", "th"}


def clean_block(html: str) -> str:
    """Block HTML reduced to the safe subset; text is kept, unknown tags are dropped."""
    return nh3.clean(
        _one_spelling(html),
        tags=BLOCK_TAGS,
        attributes=ATTRIBUTES,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    ).strip()


def clean_inline(html: str) -> str:
    """Inline HTML reduced to bold, italics, strike, links and line breaks."""
    return nh3.clean(
        _one_spelling(html),
        tags=INLINE_TAGS,
        attributes={"a": {"href"}},
        url_schemes=URL_SCHEMES,
        link_rel=None,
    ).strip()


def from_text(text: str) -> str:
    """Plain text as inline HTML: escaped, line breaks kept."""
    return _html.escape(text, quote=False).replace("\n", "<br>")


def writable(text: str) -> str:
    """The text with a space for control signs: what every kind of file and feed can carry."""
    return _UNWRITABLE.sub(" ", text)


def plain(html: str) -> str:
    """The plain reading of stored HTML: no tags, one line a block, `\\n` for a line break."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _one_spelling(html: str) -> str:
    return re.sub(
        r"<(/?)(b|i|del|strike)(?=[\s>/])",
        lambda m: f"<{m[1]}{_SAME[m[2].lower()]}",
        html,
        flags=re.IGNORECASE,
    )


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))
