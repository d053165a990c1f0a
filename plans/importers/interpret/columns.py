"""What a plan table's columns mean, by their headings in bokmål and nynorsk."""

import re
from dataclasses import dataclass
from typing import Literal

from plans.importers.blocks import Cell, Row, Table

Role = Literal[
    "area", "goal", "measure", "responsible", "deadline", "status", "indicator", "label", "extra",
    "left_out",  # only where a person says that the column is not for the plan
]  # fmt: skip

# In order: the first that fits. The heading is read in small letters without what stands in brackets.
_MEANINGS: dict[Role, tuple[str, ...]] = {
    "label": (r"nr|nummer|#|id|pkt|punkt", r"(?:tiltak|mål)s?\s*-?\s*(?:nr|nummer|id)"),
    "area": (
        r"(?:prioritert\w*\s+)?(?:innsats|satsings|satsnings|fokus|strategi|hoved)?"
        r"(?:område|tema|satsing)(?:r|n|t|er)?",
    ),
    "status": (
        r"(?:status|framdrift|fremdrift|gjennomføringsgrad)\b.*",
        r"(?:hvordan|korleis)\s+går\s+det.*",
    ),
    "indicator": (
        r".*indikator(?:er|ar)?\b.*",
        r"måltall|måltal|kjennetegn|kjenneteikn|suksess\w*|måling|målepunkt|måleparameter|evaluering",
        r"(?:hvordan|korleis)\s+måle.*",
        r"(?:hvordan\s+vet|korleis\s+veit)\s+vi.*",
    ),
    "deadline": (
        r".*\bfrist(?:er|ar)?|tidsfrist|når\b.*",
        r"tid|tidspunkt|tids(?:plan|ramme|rom|perspektiv)|(?:ferdig)?dato|start\s*(?:/|og|–|-)\s*slutt",
        r"(?:ferdig|gjennomføres?|gjennomførast)\s+innen",
    ),
    "responsible": (r".*ansvar.*", r"hvem\b.*|kven\b.*", r"(?:tiltaks)?eier|eigar|utføres\s+av"),
    "measure": (
        r"hvordan\b.*|korleis\b.*",
        r"(?:felles\s+|konkrete\s+|foreslåtte\s+|aktuelle\s+)?(?:del)?tiltak\w*\b.*",
        r"aktivitet\w*\b.*|handling(?:er|ar)?|oppgaver?|oppgåver?|arbeidsoppgaver|leveranser?",
        r"mål\s*(?:/|og)\s*tiltak",
        r"(?:hva|kva)\s+(?:gjør\s+vi|gjer\s+vi|skal\s+(?:vi\s+)?gj\w+).*",
    ),
    "goal": (
        r"hva|kva",
        r"(?:hva|kva)\s+(?:vil\s+vi.*|skal\s+vi\s+oppnå|ønsker\s+vi.*|ønskjer\s+vi.*)",
        r"(?:hoved|del|effekt|resultat|felles\s+|overordna\s+|overordnet\s+|konkrete?\s+)?"
        r"mål(?:sett?ing(?:er|ar)?|et|a|ene)?",
        r"ønsket\s+(?:effekt|resultat)|hensikt",
    ),
}
_COMPILED = tuple((role, re.compile(rf"^(?:{'|'.join(phrases)})$")) for role, phrases in _MEANINGS.items())
_HEADER_WITHIN = 3  # rows: a title band may stand above the headings
_LONGEST = 60
_MOST_COLUMNS = 63


@dataclass(frozen=True)
class Header:
    """A plan table's headings: the row they stand in, and for each grid column its role and words."""

    row: int
    names: tuple[str, ...]
    roles: tuple[Role, ...]


def role_of(heading: str) -> Role:
    words = re.sub(r"\([^)]*\)", " ", heading.lower())
    words = " ".join(words.replace("*", " ").split()).strip(" ?:.,;!")
    if not words or len(words) > _LONGEST:
        return "extra"
    return next((role for role, pattern in _COMPILED if pattern.match(words)), "extra")


def header_of(table: Table) -> Header | None:
    """The headings of a plan table; None where the table is of another kind."""
    width = width_of(table)
    for at, row in enumerate(table.rows[:_HEADER_WITHIN]):
        header = _header(at, row, width)
        if header:
            return header
    return None


def _header(at: int, row: Row, width: int) -> Header | None:
    names: list[str] = []
    for cell in row.cells:
        names += [" ".join(cell.text.split())] + [""] * (cell.colspan - 1)
    names = names[:width] + [""] * (width - len(names))
    roles = [role_of(name) for name in names]
    known = [role for role in roles if role not in {"extra", "label"}]
    if not {"goal", "measure"} & set(known) and not ("area" in known and "responsible" in known):
        return None
    if len(known) < 2 and not (row.header and "measure" in known):
        return None
    if any(len(name) > _LONGEST * 2 for name in names):
        return None
    return Header(at, tuple(names), settled(roles))


def settled(roles: list[Role]) -> tuple[Role, ...]:
    """One column a role: «Hovedmål | Delmål» is area and goal, an area without goals is the goal."""
    roles = list(roles)
    goals = [i for i, role in enumerate(roles) if role == "goal"]
    if len(goals) > 1 and "area" not in roles:
        roles[goals[0]] = "area"
    if "goal" not in roles and "area" in roles:
        roles[roles.index("area")] = "goal"
    if "measure" not in roles and "goal" in roles:
        # Only goals: they are what is to be done, and hang on one goal without words.
        area = "area" in roles
        roles[roles.index("goal")] = "measure"
        if area:
            roles[roles.index("area")] = "goal"
    seen: set[Role] = set()
    for i, role in enumerate(roles):
        if role in seen and role != "extra":
            roles[i] = "extra"
        seen.add(role)
    return tuple(roles)


@dataclass(frozen=True)
class Place:
    """A cell of the grid; `continued` where it was merged downwards from a row above."""

    cell: Cell
    continued: bool


def grid_of(table: Table) -> list[list[Place | None]]:
    """The table with cells merged downwards standing in every row they cover, by column."""
    rows, width = _laid_out(table)
    return [[places.get(column) for column in range(width)] for places in rows]


def width_of(table: Table) -> int:
    """How many columns the grid has."""
    return _laid_out(table)[1]


def _laid_out(table: Table) -> tuple[list[dict[int, Place]], int]:
    """Each row's cells by their first column, and the width of the widest row."""
    rows: list[dict[int, Place]] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # column → a cell from above, and how many rows it still covers
    width = 0
    for row in table.rows:
        places = {column: Place(cell, continued=True) for column, (cell, _) in hanging.items()}
        taken = {c for at, (cell, _) in hanging.items() for c in range(at, at + _across(cell))}
        width = max(width, 1 + max(taken, default=-1))
        hanging = {column: (cell, left - 1) for column, (cell, left) in hanging.items() if left > 1}
        column = 0
        for cell in row.cells:
            while column in taken:
                column += 1
            if column >= _MOST_COLUMNS:
                break
            places[column] = Place(cell, continued=False)
            if cell.rowspan > 1:
                hanging[column] = (cell, cell.rowspan - 1)
            column += _across(cell)
            width = max(width, column)
        rows.append(places)
    return rows, min(width, _MOST_COLUMNS)


def _across(cell: Cell) -> int:
    """Columns the cell covers. Word allows 63 in all, so more is a claim to be ignored."""
    return min(cell.colspan, _MOST_COLUMNS)
