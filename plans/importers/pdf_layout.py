"""Words of a PDF into lines, and what is usual in the whole document: sizes, distances, right margins."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from plans.importers.inline import every
from plans.importers.pdf_pages import Word


@dataclass(slots=True)
class Line:
    words: list[Word]
    page: int
    frame: float = 0.0  # the top of the box that it stands in, if any

    left: float = field(init=False)
    top: float = field(init=False)
    right: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(w.box[0] for w in self.words)
        self.top = min(w.box[1] for w in self.words)
        self.right = max(w.box[2] for w in self.words)
        self.bottom = max(w.box[3] for w in self.words)
        self.size = median(size for w in self.words for size in [w.size] * len(w.text))

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def ends(self) -> float:
        """Where its text ends, page numbers of a contents list and the like apart."""
        gaps = (a.box[2] for a, b in pairwise(self.words) if b.box[0] - a.box[2] > 3 * self.size)
        return next(gaps, self.right)

    @property
    def at(self) -> str:
        return f"side {self.page}"

    @property
    def bold(self) -> bool:
        return every([p for w in self.words for p in w.pieces], lambda piece: piece.bold)


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """Words side by side make a line, small raised ones too; lines from above."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.box[0])):
        if rows and _beside(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(sorted(row, key=lambda w: w.box[0]), page) for row in rows]


def _beside(row: list[Word], word: Word) -> bool:
    tallest = max(row, key=lambda w: w.box[3] - w.box[1])
    shared = min(tallest.box[3], word.box[3]) - max(tallest.box[1], word.box[1])
    return shared > 0.5 * min(tallest.box[3] - tallest.box[1], word.box[3] - word.box[1])


@dataclass(frozen=True, slots=True)
class Layout:
    """What is usual in a document: the size of its running text, distances and right margins by size."""

    size: float
    leading: dict[float, float]
    right: dict[float, float]
    heading_sizes: tuple[float, ...]  # larger than running text, the largest first

    def level(self, line: Line) -> int:
        """The heading level that a line's size speaks for; 0 for running text."""
        if not line.bold and (line.size < 1.25 * self.size or line.text.endswith(".")):
            return 0
        rank = next((n for n, size in enumerate(self.heading_sizes, 1) if line.size >= size - 0.5), 0)
        return min(rank, 9)


def layout_of(lines: Sequence[Line], every_line: Sequence[Line]) -> Layout:
    """From the lines outside tables; where there are none, from all."""
    shown = lines or every_line
    sizes: Counter[float] = Counter()
    steps: dict[float, Counter[float]] = {}
    right: dict[float, float] = {}
    for line in shown:
        sizes[line.size] += len(line.text)
        right[line.size] = max(line.ends, right.get(line.size, 0.0))
    for above, line in pairwise(every_line):
        step = line.bottom - above.bottom
        if above.page == line.page and above.size == line.size and 0 < step < 2.2 * line.size:
            steps.setdefault(line.size, Counter())[round(step * 2) / 2] += 1
    usual = sizes.most_common(1)[0][0] if sizes else 11.0
    larger: list[float] = []
    for size in sorted({line.size for line in every_line if line.size >= usual * 1.15}, reverse=True):
        if not larger or larger[-1] - size > 0.5:
            larger.append(size)
    # The smallest distance that is common: in a file of short paragraphs, the most common is theirs.
    leading = {
        size: min(step for step, n in counted.items() if n * 4 >= max(counted.values()))
        for size, counted in steps.items()
    }
    return Layout(usual, leading, right, tuple(larger))
