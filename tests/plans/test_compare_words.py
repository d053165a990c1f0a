"""Two texts, word by word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.compare import Line, compare_text


def replayed(lines: tuple[Line, ...], kind: str, gone: str) -> str:
    return "\n".join(
        "".join(run.text for run in line.runs if run.kind in ("equal", kind))
        for line in lines
        if line.kind != gone
    )


_prose = st.lists(st.sampled_from(["a", "b", "c,", "d.", "1.2", "é", "ŧ", "\n", "–", ""]), max_size=12).map(
    " ".join
)


@given(_prose | st.text(max_size=20), _prose | st.text(max_size=20))
@settings(deadline=None)
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    lines = compare_text(old, new)
    assert (replayed(lines, "removed", "added"), replayed(lines, "added", "removed")) == (old, new)


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        (
            "Møtes innen 01.06.2026.",
            "Møtes innen 01.07.2026.",
            [("equal", "Møtes innen "), ("removed", "01.06.2026"), ("added", "01.07.2026"), ("equal", ".")],
        ),
        (
            "Lage rutine",
            "Lage felles rutine",
            [("equal", "Lage"), ("added", " felles"), ("equal", " rutine")],
        ),
        ("Kort", "Helt annet", [("removed", "Kort"), ("added", "Helt annet")]),
    ],
)
def test_words_are_compared_whole(old: str, new: str, runs: list[tuple[str, str]]) -> None:
    (line,) = compare_text(old, new)
    assert [(run.kind, run.text) for run in line.runs] == runs


def test_paragraphs_that_did_not_change_are_equal_lines() -> None:
    lines = compare_text("Først.\nVi møtes ofte.\nSist.", "Først.\nVi møtes sjelden.\nNytt.\nSist.")
    assert [line.kind for line in lines] == ["equal", "changed", "added", "equal"]
