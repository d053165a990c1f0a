"""Deadlines as people write them, and what is understood of them."""

from datetime import date

import pytest

from plans.deadlines import Understood, understand


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("innen 01.06.2026", Understood("day", date(2026, 6, 1))),
        ("1. juni 2026", Understood("day", date(2026, 6, 1))),
        ("mellom 1.3.2026 og 1.5.2026", Understood("day", date(2026, 5, 1))),
        ("Q2", Understood("period", date(2026, 6, 30))),
        ("Q4 2027", Understood("period", date(2027, 12, 31))),
        ("3. kvartal", Understood("period", date(2026, 9, 30))),
        ("høsten", Understood("period", date(2026, 11, 30))),
        ("Hausten 2027", Understood("period", date(2027, 11, 30))),
        ("våren 2027", Understood("period", date(2027, 6, 20))),
        ("første halvår", Understood("period", date(2026, 6, 30))),
        ("2. halvår 2027", Understood("period", date(2027, 12, 31))),
        ("mars", Understood("period", date(2026, 3, 31))),
        ("februar 2028", Understood("period", date(2028, 2, 29))),
        ("innen utgangen av 2027", Understood("period", date(2027, 12, 31))),
        ("i løpet av 2026", Understood("period", date(2026, 12, 31))),
        ("2027", Understood("period", date(2027, 12, 31))),
        ("løpende", Understood("continuous")),
        ("Kontinuerlig", Understood("continuous")),
        ("fortløpende", Understood("continuous")),
        ("etter neste møte", Understood("unknown")),
        ("31.02.2026", Understood("unknown")),
        ("snarest", Understood("unknown")),
        ("", Understood("unknown")),
    ],
)
def test_understand(words: str, understood: Understood) -> None:
    assert understand(words, year=2026) == understood


def test_a_season_without_any_year_is_not_guessed() -> None:
    assert understand("høsten") == Understood("unknown")
