"""The bookmarks that carry identity through Word: which field of which item a paragraph holds.

Bookmarks survive Word and LibreOffice; content controls do not. A name is at most 40 signs, holds
letters, digits and underscores, and stands once in a file; a pasted one comes back as `…_Copy_1`.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

PREFIX = "hf_"
Kind = Literal["plan", "section", "goal", "measure", "column"]
_KINDS: dict[str, Kind] = {"p": "plan", "s": "section", "g": "goal", "m": "measure", "h": "column"}
# Letter of the kind + letter of the field.
FIELDS = {
    "pt": "title", "ps": "subtitle", "pv": "vision", "pp": "period_text", "pa": "abbreviation",
    "sn": "heading", "sb": "body", "sa": "after", "so": "adoption_note", "sx": "status_text",
    "gl": "label", "gt": "html", "gb": "body", "gx": "status_text",
    "ml": "label", "mt": "html", "mr": "responsible_text", "md": "deadline_text", "mx": "status_text",
    "mi": "indicator", "me": "extra",
    "hg": "goal", "hm": "html", "hr": "responsible_text", "hd": "deadline_text", "hx": "status_text",
    "hi": "indicator", "he": "extra",
}  # fmt: skip
_CODES = {(_KINDS[code[0]], field): code for code, field in FIELDS.items()}
_NAME = re.compile(r"hf_([a-z]{2})(\d*)_([0-9a-f]{16})((?:_Copy_?\d*)*)(?:_?\d*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    kind: Kind
    field: str  # «html», «extra» …
    ident: str  # of the item: `ident_of(key)`
    number: int = 0  # the paragraph's or column's place, from 1; 0 where there is one only
    copied: bool = False


def ident_of(key: str) -> str:
    """A short form of a document's key, the same every time: 64 bits, so that no two in a plan meet."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def name_of(kind: Kind, field: str, key: str, number: int = 0) -> str:
    """The bookmark's name. For a column `key` is the section's."""
    return f"{PREFIX}{_CODES[kind, field]}{number or ''}_{ident_of(key)}"


def mark_of(name: str) -> Mark | None:
    """What a bookmark's name says; None where it is not one of ours."""
    match = _NAME.fullmatch(name)
    if match is None or match[1].lower() not in FIELDS:
        return None
    code = match[1].lower()
    number = int(match[2][:4]) if match[2] else 0
    return Mark(_KINDS[code[0]], FIELDS[code], match[3].lower(), number, bool(match[4]))
