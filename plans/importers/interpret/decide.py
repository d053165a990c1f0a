"""How the document is to be read, decided once for the whole of it."""

import re
from collections.abc import Sequence

from plans.document import Kind, ReadAs
from plans.importers.blocks import Table
from plans.importers.interpret import areas
from plans.importers.interpret.columns import header_of
from plans.importers.interpret.lines import Line

_STRATEGY = re.compile(r"strategi", re.IGNORECASE)
_ACTION_PLAN = re.compile(r"handlings\w*plan|tiltaksplan|\båra?splan", re.IGNORECASE)
_STRATEGY_AREAS = re.compile(r"^strategi(?:ske\s+)?(?:områder|satsing\w*|mål)\s*:?$", re.IGNORECASE)


def decide(lines: Sequence[Line], title: str) -> ReadAs:
    """Table where there is a plan table, else strategy by its title, numbered areas, or bullets."""
    if any(isinstance(line.block, Table) and header_of(line.block) for line in lines):
        return "table"
    if kind_of(title, "bullets") == "strategy":
        return "strategy"
    if areas.looks_like_areas(lines):
        return "numbered_areas"
    if not _ACTION_PLAN.search(title) and any(
        line.is_words and _STRATEGY_AREAS.match(line.text) for line in lines
    ):
        return "strategy"
    return "bullets"


def kind_of(title: str, read_as: ReadAs) -> Kind:
    if read_as == "strategy":
        return "strategy"
    return "strategy" if _STRATEGY.search(title) and not _ACTION_PLAN.search(title) else "action_plan"
