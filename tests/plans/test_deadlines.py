"""Deadlines as people write them, and what is understood of them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.deadlines import Understood, due, understand
from plans.document import Deadline, Measure, Period
from plans.standing import is_late


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
        ("2026–2027", Understood("period", date(2027, 12, 31))),
        ("2026/27", Understood("period", date(2027, 12, 31))),
        ("innen sommeren 2027", Understood("period", date(2027, 8, 31))),
        ("før sommeren 2027", Understood("period", date(2027, 6, 20))),
        ("før Q3 2027", Understood("period", date(2027, 6, 30))),
        ("før jul 2027", Understood("period", date(2027, 12, 23))),
        ("innen juli 2027", Understood("period", date(2027, 7, 31))),
        ("2. tertial 2027", Understood("period", date(2027, 8, 31))),
        ("årsskiftet 2027/2028", Understood("period", date(2028, 12, 31))),
        ("Q1 og Q3 2027", Understood("period", date(2027, 9, 30))),
        ("Q3 2027/Q1 2028", Understood("period", date(2028, 3, 31))),
        ("våren/høsten 2027", Understood("period", date(2027, 11, 30))),
        ("høsten 2026–2027", Understood("period", date(2027, 11, 30))),
        ("sept. 2027", Understood("period", date(2027, 9, 30))),
        ("fra høsten 2026 til våren 2027", Understood("period", date(2027, 6, 20))),
        ("fra og med høsten 2026", Understood("unknown")),
        ("oppstart høsten 2026", Understood("unknown")),
        ("fra 1.1.2026", Understood("unknown")),
        ("etter 2026", Understood("unknown")),
        ("løpende fra 1.1.2026", Understood("continuous")),
        ("hver høst", Understood("continuous")),
        ("når vedtaket fra 2024 er fulgt opp", Understood("unknown")),
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


YEARS = st.integers(2020, 2099)
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
# What is written of a year → the month and day that end it, counted by hand.
ENDS = {
    "Q1 {}": (3, 31), "Q2 {}": (6, 30), "Q3 {}": (9, 30), "Q4 {}": (12, 31), "3. kvartal {}": (9, 30),
    "1. halvår {}": (6, 30), "andre halvår {}": (12, 31), "våren {}": (6, 20), "sommeren {}": (8, 31),
    "høsten {}": (11, 30), "hausten {}": (11, 30), "januar {}": (1, 31), "des. {}": (12, 31), "{}": (12, 31),
}  # fmt: skip


@given(
    year=YEARS,
    words=st.sampled_from(sorted(ENDS)),
    before=st.sampled_from(["", "innen ", "i løpet av ", "Innen "]),
)
def test_a_period_ends_on_its_last_day_whatever_the_plan_s_year(year: int, words: str, before: str) -> None:
    deadline = Deadline(text=before + words.format(year))
    assert due(deadline, Period(end="2031-12-31")) == date(year, *ENDS[words])


@given(year=YEARS, words=st.sampled_from(sorted(ENDS.keys() - {"{}"})))
def test_words_without_a_year_mean_the_plan_s_last(year: int, words: str) -> None:
    deadline = Deadline(text=words.format("").strip())
    assert due(deadline, Period(start="2019-01-01", end=f"{year}-12-31")) == date(year, *ENDS[words])
    assert due(deadline, Period(text="til neste partnerskapsmøte")) is None


@given(words=st.text(max_size=60), day=DAYS)
def test_a_date_that_somebody_set_is_the_deadline_whatever_the_words(words: str, day: date) -> None:
    assert due(Deadline(text=words, date=day.isoformat()), Period()) == day


@given(words=st.text(alphabet="abdefhijlmorstuvå 0123456789.-–/qQ", max_size=40), year=YEARS)
def test_whatever_is_written_is_read_without_an_error(words: str, year: int) -> None:
    understood = understand(words, year=year)
    assert (understood.day is None) == (understood.sort in ("continuous", "unknown"))


@given(year=YEARS, day=DAYS)
def test_a_measure_is_late_the_day_after_its_autumn_ended(year: int, day: date) -> None:
    measure = Measure(key="t", html="<p>x</p>", deadline=Deadline(text=f"høsten {year}"))
    assert is_late(measure, Period(), [], day) == (day > date(year, 11, 30))
    assert not is_late(measure, Period(), ["ongoing", "completed"], day)
    assert not is_late(replace(measure, struck=True), Period(), [], day)
