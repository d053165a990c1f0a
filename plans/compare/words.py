"""Two texts, word by word, so that both can be read back from the runs."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from .changes import Line, Run

# A word may hold signs inside: «01.06.2026», «e-post», «og/eller». Every other sign is one of its own.
_WORD = re.compile(r"\w+(?:[-./:’'@]\w+)*|[^\w\s]")
# Below this share of common words two texts are shown whole, one after the other: no confetti.
_COMMON = 0.3
# Lines are one line rewritten from this share on.
_SAME_LINE = 0.4
# How far ahead a rewritten line is looked for.
_WINDOW = 20
# Above this many words on both sides a comparison costs more than it tells.
_TOO_LONG = 4000


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def compare_text(old: str, new: str) -> tuple[Line, ...]:
    """The lines of both texts in reading order. Lines that nothing but a rewrite parts are one line."""
    before, after = _lines(old), _lines(new)
    lines: list[Line] = []
    for kind, i, i_end, j, j_end in _opcodes(before, after):
        if kind == "equal":
            lines += [Line("equal", (Run("equal", line),)) for line in before[i:i_end]]
        else:
            lines += _rewritten(before[i:i_end], after[j:j_end])
    return tuple(lines)


def whole(old: str, new: str) -> tuple[Line, ...]:
    """Two values that are no running text (a date, a code): one taken out, the other put in."""
    if old == new:
        return (Line("equal", (Run("equal", old),)),) if old else ()
    if not old:
        return (Line("added", (Run("added", new),)),)
    if not new:
        return (Line("removed", (Run("removed", old),)),)
    return (Line("changed", _replaced(old, new)),)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _opcodes(a: list[str], b: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    yield from SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


def _rewritten(before: list[str], after: list[str]) -> Iterator[Line]:
    """Different lines at one place: pairs that are alike, in order, and the others where they stand."""
    j = 0
    for line in before:
        window = range(j, min(j + _WINDOW, len(after)))
        found = next((n for n in window if _alike(line, after[n])), None)
        # A single line that became another single line is one line, however little they share.
        if found is None and len(before) == len(after) == 1:
            found = 0
        if found is None:
            yield Line("removed", (Run("removed", line),))
            continue
        yield from (Line("added", (Run("added", added),)) for added in after[j:found])
        yield Line("changed", _runs(line, after[found]))
        j = found + 1
    yield from (Line("added", (Run("added", added),)) for added in after[j:])


def _alike(a: str, b: str) -> bool:
    matcher = SequenceMatcher(None, words(a), words(b), autojunk=False)
    return matcher.quick_ratio() >= _SAME_LINE and matcher.ratio() >= _SAME_LINE


def _runs(old: str, new: str) -> tuple[Run, ...]:
    a, b = words(old), words(new)
    if len(a) + len(b) > _TOO_LONG:
        return _replaced(old, new)
    opcodes = list(_opcodes(a, b))
    common = sum(i_end - i for kind, i, i_end, _j, _k in opcodes if kind == "equal")
    if 2 * common < _COMMON * (len(a) + len(b)):
        return _replaced(old, new)
    gaps_a, gaps_b = _WORD.split(old), _WORD.split(new)
    runs: list[Run] = []
    for kind, i, i_end, j, j_end in opcodes:
        if kind == "equal":
            for x, y in zip(range(i, i_end), range(j, j_end), strict=True):
                runs += _same(gaps_a[x], gaps_b[y])
                runs.append(Run("equal", a[x]))
        else:
            gone = "".join(gaps_a[x] + a[x] for x in range(i, i_end))
            came = "".join(gaps_b[y] + b[y] for y in range(j, j_end))
            if kind == "replace" and gaps_a[i] == gaps_b[j]:
                runs.append(Run("equal", gaps_a[i]))
                gone, came = gone[len(gaps_a[i]) :], came[len(gaps_b[j]) :]
            runs += _replaced(gone, came)
    runs += _same(gaps_a[-1], gaps_b[-1])
    return tuple(_joined(runs))


def _same(old: str, new: str) -> list[Run]:
    """The space between words: equal, or one for the other."""
    return [Run("equal", old)] if old == new else [Run("removed", old), Run("added", new)]


def _replaced(old: str, new: str) -> tuple[Run, ...]:
    return tuple(run for run in (Run("removed", old), Run("added", new)) if run.text)


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbours made one; a lone sign or space between two changes belongs to both of them."""
    groups = [
        (equal, list(group))
        for equal, group in groupby((run for run in runs if run.text), key=lambda run: run.kind == "equal")
    ]
    for n, (equal, group) in enumerate(groups):
        text = _text(group, "equal")
        if equal and 0 < n < len(groups) - 1 and not any(sign.isalnum() for sign in text):
            groups[n] = (False, [Run("removed", text), Run("added", text)])
    for equal, neighbours in groupby(groups, key=lambda group: group[0]):
        flat = [run for _equal, group in neighbours for run in group]
        if equal:
            yield Run("equal", _text(flat, "equal"))
        else:
            yield from _replaced(_text(flat, "removed"), _text(flat, "added"))


def _text(runs: list[Run], kind: str) -> str:
    return "".join(run.text for run in runs if run.kind == kind)
