"""What programs put on the clipboard when a table is copied: samples in the shape of the real thing."""

from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"


def sample(program: str) -> str:
    """The same small plan as «word», «excel», «libreoffice» or «google» gives it."""
    return (SAMPLES / f"clipboard_{program}.html").read_text()


def word_item(label: str, words: str, *, level: int = 1) -> str:
    """A list item as Word has it: a paragraph, and the label for programs that make no lists."""
    return f"""<p class=MsoListParagraphCxSpFirst style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:
    l0 level{level} lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:
    Symbol'><span style='mso-list:Ignore'>{label}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
    </span></span></span><![endif]><span lang=NO-BOK>{words}<o:p></o:p></span></p>"""


def word_table(*rows: list[str], below: str = "") -> str:
    """Rows of cells; a cell over the whole width stands alone in its row."""
    width = max(len(row) for row in rows)
    lines = (
        "".join(
            f"<td width=151 colspan={width if len(row) == 1 else 1} style='border:solid windowtext 1.0pt'>"
            f"<p class=MsoNormal>{words}<o:p></o:p></p></td>"
            for words in row
        )
        for row in rows
    )
    table = "".join(f"<tr style='mso-yfti-irow:1'>{cells}</tr>" for cells in lines)
    return (
        f"<html><body><!--StartFragment--><table class=MsoTableGrid>{table}</table>{below}<!--EndFragment-->"
    )


def plain_table(measures: int) -> str:
    """A table of this many measures."""
    lines = (
        f"<tr><td>{n + 1}.</td><td>Tiltak nummer {n}</td><td>SSU</td><td>Q{n % 4 + 1}</td></tr>"
        for n in range(measures)
    )
    heading = "<tr><td>Nr</td><td>Tiltak</td><td>Ansvarlig</td><td>Frist</td></tr>"
    return f"<table>{heading}{''.join(lines)}</table>"
