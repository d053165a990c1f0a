"""The letters before measures: the printed ones, and those that run by themselves.

They run through all goals of a section, or from the start in each. Labels that follow no order were
printed so, and stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .models import Measure


def labels_of(measures: list[Measure]) -> dict[int, str]:
    """The label of each measure of a table: the printed one, else the letter after the one before.

    Letters are made only where the table has letters; a list of bullets stays one.
    """
    labels = {m.pk: m.label for m in measures}
    if not any(labels.values()):
        return labels
    if measures and not measures[0].label:
        labels[measures[0].pk] = "a"
    for before, measure in pairwise(measures):
        if not measure.label:
            labels[measure.pk] = next_letter(labels[before.pk])
    return labels


def next_letter(label: str) -> str:
    """«a» → «b», «z» → «aa», «7» → «8»; a label that is neither runs out."""
    if label.isdigit():
        return str(int(label) + 1)
    if not (label.isascii() and label.isalpha()):
        return ""
    head, last = label[:-1], label[-1]
    if last.lower() != "z":
        return head + chr(ord(last) + 1)
    first = "a" if last.islower() else "A"
    return (next_letter(head) if head else first) + first


@dataclass(frozen=True, slots=True)
class Running:
    start: str
    anew: bool  # from the start in each goal

    def labels(self, sizes: Iterable[int]) -> list[list[str]]:
        """The labels of goals with so many measures."""
        found, label = [], ""
        for size in sizes:
            goal: list[str] = []
            for n in range(size):
                label = next_letter(label) if label and not (self.anew and n == 0) else self.start
                goal.append(label)
            found.append(goal)
        return found


def running(labels: list[list[str]]) -> Running | None:
    """How these labels (of each goal) run; None where they do not."""
    start = next((goal[0] for goal in labels if goal), "")
    if not start:
        return None
    sizes = [len(goal) for goal in labels]
    ways = (Running(start, anew=False), Running(start, anew=True))
    return next((way for way in ways if way.labels(sizes) == labels), None)
