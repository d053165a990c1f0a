"""The words in the cells of a measure as people see them in a file. Pure: no Django here."""

import re

from plans.document import Goal, Measure, Section

# The fields beside a measure's text, in the order in which they stand in a file.
CELLS = ("responsible_text", "deadline_text", "status_text", "indicator")


def words_in(row: Goal | Measure | Section, field: str, heading: str = "") -> str:
    """The words of a cell; for the field «extra», those under the source's own heading."""
    match field:
        case "status_text":
            return row.status.text if row.status else ""
        case "responsible_text" if isinstance(row, Measure) and row.responsible:
            return row.responsible.text or ", ".join(row.responsible.parties)
        case "deadline_text" if isinstance(row, Measure) and row.deadline:
            return row.deadline.text or row.deadline.date or ""
        case "indicator" if isinstance(row, Measure):
            return row.indicator
        case "extra" if isinstance(row, Measure):
            return row.extra.get(heading, "")
    return ""


def extras_of(section: Section) -> list[str]:
    """The headings of the source's other columns, in the order in which measures bring them."""
    return list(dict.fromkeys(h for goal in section.goals for m in goal.measures for h in m.extra))


def label_as_printed(label: str) -> str:
    """«a» → «a)»; what is no plain letter or number stays as it was written."""
    return f"{label})" if re.fullmatch(r"\w{1,3}", label) else label


def label_as_stored(printed: str) -> str:
    """«a)» and «a.» → «a», as documents keep labels."""
    printed = printed.strip()
    return printed[:-1] if re.fullmatch(r"\(?\w{1,3}[).]", printed) else printed
