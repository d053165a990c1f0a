"""What one line of a text file is, seen by itself: a heading, a bullet, a label, a rule, a row."""

import re

BULLETS = "-*+•●‣▪▫■□◦○·–—✓✔☑➢➤►▶\uf0b7\uf0a7\uf0fc\uf0d8"
_LOWER = {"o": 1, "◦": 1, "○": 1, "▪": 2, "■": 2, "▫": 2, "□": 2, "\uf0a7": 2}

HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(\S.*?)\s*#*\s*$")
RULE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")
UNDERLINE = re.compile(r"^\s*(={3,}|-{3,})\s*$")
FENCE = re.compile(r"^\s*(```|~~~)\w*\s*$")
QUOTE = re.compile(r"^\s{0,3}>\s?(.*)$")
_BULLET = re.compile(rf"^(\s*)([{re.escape(BULLETS)}]|o(?=\s))(\s+)(?=\S)")
_TIGHT = re.compile(r"^(\s*)([•●‣▪■◦○✓✔☑➢➤►\uf0b7\uf0a7\uf0fc\uf0d8]|-(?=[A-ZÆØÅ][a-zæøå]))(?=\S)")
_GLYPH = re.compile(r"^(?:\*\*|__|<b>)?\s*([✓✔☑•▪◦➢])\s+")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")

# «1.», «2)», «2.1», «a)», «iv.»: a number that begins something new, not «12. mai» inside a sentence.
_LABEL = re.compile(r"^\s*(?:\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?|[a-zæøå][.)]|[ivx]{1,5}[.)])\s+(?=\S)")
_LABEL_BEFORE_LOWER = re.compile(r"^\s*(?:\d{1,2}\.|[a-zæøå]\.)\s+[a-zæøå]")
# «Saksbehandler: …», «SSU = …»: lines that stand for themselves.
_FIELD = re.compile(r"^\s*(?:[A-ZÆØÅ][\w.() /-]{1,30}:(?:\s|$)|\S[^.,;:]{0,24}\s[=–]\s\S)")
_WHOLLY_BOLD = re.compile(r"^\s*(\*\*[^*]+\*\*|__[^_]+__|<b>[^<]+</b>)\s*$", re.IGNORECASE)

_WRAPPED_FROM = 45  # characters; a shorter line than this was ended by its writer
_LEADS_LONGEST = 90
_ENDS = (".", ":", ";", "!", "?")


def bullet(line: str) -> tuple[int, str, str] | None:
    """(depth, glyph, text) of a bulleted line; depth is a measure of indentation, not yet a level."""
    found = _BULLET.match(line) or _TIGHT.match(line)
    if not found:
        return None
    rest, glyph = line[found.end() :], found[2]
    if inner := _GLYPH.match(rest):
        glyph = inner[1]
        rest = rest[: inner.start(1)] + rest[inner.end() :]
    return indent(line) * 3 + _LOWER.get(found[2], 0), glyph, rest.strip()


def indent(line: str) -> int:
    lead = line[: len(line) - len(line.lstrip())]
    return sum(4 if ch == "\t" else 1 for ch in lead)


def labelled(line: str) -> bool:
    return bool(_LABEL.match(line))


def starts_anew(before: str, line: str) -> bool:
    """Whether a line right under another one is a paragraph of its own rather than its continuation."""
    if _FIELD.match(line) or _WHOLLY_BOLD.match(line) or _WHOLLY_BOLD.match(before):
        return True
    if labelled(line):
        return not _LABEL_BEFORE_LOWER.match(line) or len(before) < _WRAPPED_FROM
    return len(before.rstrip()) < _WRAPPED_FROM or before.rstrip().endswith(":")


def breaks_item(before: str, line: str) -> bool:
    """Whether a line that continues a list item was broken on purpose («\\n») rather than wrapped."""
    return before.rstrip().endswith(_ENDS) or not (line.lstrip()[:1].islower() or line[:1].isspace())


def leads_list(line: str, below: str) -> bool:
    """Whether a line right under a list item leads up to the next list rather than going on from the item."""
    words = line.strip()
    short = len(words) <= _LEADS_LONGEST and words[:1].isupper() and not words.endswith(".")
    return short and not line[:1].isspace() and bullet(below) is not None


def pipe_rule(line: str) -> bool:
    return "-" in line and bool(_PIPE_RULE.match(line))


def cells_of_pipes(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]
