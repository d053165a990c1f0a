"""How the Word file looks: styles (`word_styles.xml`), lists and page. The text gets no other formatting than
what somebody gave it.
"""

from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "se": "se-NO", "en": "en-GB"}
TEXT_WIDTH = 9638  # twentieths of a point: A4 less margins of 2 cm
_TWIP = 635  # of a point's twentieth, in the library's unit
_STYLES = Path(__file__).with_name("word_styles.xml")

FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
BULLETS = 1  # the number of the one list of bullets
_FIRST_FORMAT = 2
_GLYPHS = "•–•–•–•–•"
_NS = nsdecls("w")


def dress(document: Any, language: str) -> None:
    """Gives a new document our styles, lists, page and language, in place of the library's own."""
    code = LANGUAGES.get(language, "nb-NO")
    styles = parse_xml(_STYLES.read_bytes())
    said = next(styles.iter(qn("w:lang")))
    said.set(qn("w:val"), code)
    said.set(qn("w:eastAsia"), code)
    _replace(document.styles.element, list(styles))
    _replace(document.part.numbering_part.element, list(_lists()))
    _replace(document.settings.element, [parse_xml(xml) for xml in _settings(code)])
    section = document.sections[0]
    section.page_width, section.page_height = 11906 * _TWIP, 16838 * _TWIP  # A4
    section.left_margin = section.right_margin = 1134 * _TWIP  # 2 cm
    section.top_margin = section.bottom_margin = 1134 * _TWIP
    section.header_distance = section.footer_distance = 567 * _TWIP


def _replace(element: Any, children: list[Any]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _lists() -> Any:
    """One abstract list of bullets and one for each kind of number, then the list of bullets itself."""
    kinds = [("bullet", _GLYPHS), *((kind, "") for kind in FORMATS.values())]
    for number, (kind, glyphs) in enumerate(kinds, BULLETS):
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{glyphs[n] if glyphs else f"%{n + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{(n + 1) * 357}" w:hanging="357"/></w:pPr></w:lvl>'
            for n in range(9)
        )
        yield parse_xml(
            f'<w:abstractNum {_NS} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
    yield parse_xml(f'<w:num {_NS} w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num>')


def new_list(numbering: Any, kind: str, level: int, start: int) -> int:
    """Begins a numbered list of this kind («1», «a» …) at its start; returns the list's number."""
    number = len(numbering.findall(qn("w:num"))) + 1
    abstract = _FIRST_FORMAT + list(FORMATS).index(kind)
    numbering.append(
        parse_xml(
            f'<w:num {_NS} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
    )
    return number


def _settings(language: str) -> list[str]:
    word = "http://schemas.microsoft.com/office/word"
    return [
        f'<w:zoom {_NS} w:percent="100"/>',
        f'<w:defaultTabStop {_NS} w:val="709"/>',
        f"<w:autoHyphenation {_NS}/>",  # in narrow cells; the styles of running text suppress it
        f'<w:characterSpacingControl {_NS} w:val="doNotCompress"/>',
        f'<w:compat {_NS}><w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/></w:compat>',
        f'<w:themeFontLang {_NS} w:val="{language}"/>',
        f'<w:decimalSymbol {_NS} w:val=","/>',
        f'<w:listSeparator {_NS} w:val=";"/>',
    ]
