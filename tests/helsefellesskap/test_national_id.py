from hypothesis import assume, given
from hypothesis import strategies as st

from helsefellesskap import national_id

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def numbered(stem: str) -> str | None:
    """The nine digits with check digits counted the long way; None where no number has that stem."""
    for weights in (FIRST, SECOND):
        rest = sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11
        if rest == 1:
            return None
        stem += str((11 - rest) % 11)
    return stem


days = st.dates().map(lambda day: day.strftime("%d%m%y"))


@given(days, st.integers(0, 999), st.sampled_from([(0, 0), (40, 0), (0, 40), (0, 80), (40, 80)]), st.data())
def test_every_kind_is_found_and_one_wrong_digit_is_not(day, individual, added, data):
    more_days, more_months = added
    stem = f"{int(day[:2]) + more_days:02}{int(day[2:4]) + more_months:02}{day[4:]}{individual:03}"
    number = numbered(stem)
    assume(number)
    assert national_id.find(f"Pasienten ({number}) ringte.") == [number]
    place = data.draw(st.integers(0, 10))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert national_id.find(number[:place] + other + number[place + 1 :]) == []


def test_is_found_with_a_space_or_a_hyphen_between():
    number = numbered("170521200")
    assert number
    for separator in ("", " ", "-", "\u00a0"):
        assert national_id.find(f"født {number[:6]}{separator}{number[6:]}.") == [number]


def test_account_numbers_longer_rows_of_digits_and_dates_that_do_not_exist_are_not():
    number = numbered("320521200") or numbered("320521202")
    assert number
    assert national_id.find(number) == []
    valid = numbered("170521200")
    assert national_id.find(f"1{valid} {valid}1") == []
    assert national_id.find("Konto 1234.56.78903, org.nr. 983 974 899, 22.11.2026 kl. 10.30") == []
