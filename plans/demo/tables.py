"""The demo's tables: one CSV file each in `data/`."""

import csv
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"

type Row = dict[str, str]


def rows(name: str, community: str | None = None) -> list[Row]:
    """The rows of a table, those of one community where a slug is given."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [row for row in found if community in (None, row["community"])]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
