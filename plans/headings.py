"""What the columns of a section's table are called: the source's own words where they are known."""

from plans.document import Section
from plans.importers.interpret.columns import role_of


def source_headings(section: Section) -> dict[str, str]:
    """The headings as the source wrote them, by what they mean («goal», «measure», «responsible» …).

    The first of each counts.
    """
    found: dict[str, str] = {}
    for heading in section.columns:
        found.setdefault(role_of(heading), heading)
    return found
