"""National identity numbers (fødselsnummer and D-nummer) in text: no plan may hold one.

Eleven digits: day, month and two digits of the year; three individual digits; two check digits.
A D-nummer has 4 added to its first digit. Synthetic numbers have 40 (NAV, hospitals' own help
numbers) or 80 (Skatteetaten's Tenor) added to the month, and are found too: whoever types one means
a person. Source: Skatteetaten, «Fødselsnummer» and «Syntetiske testdata»; forskrift til
folkeregisterloven kap. 2.
"""

import re
from datetime import date

# Written in one, or with one space or hyphen between the date and the rest.
_CANDIDATE = re.compile(r"(?<!\d)(\d{6})[ \u00a0\u2009\u202f-]?(\d{5})(?!\d)")
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def find(text: str) -> list[str]:
    """The valid numbers in a plain text (no HTML), as eleven digits each, in order, each once."""
    numbers = (first + rest for first, rest in _CANDIDATE.findall(text))
    return list(dict.fromkeys(number for number in numbers if is_valid(number)))


def is_valid(number: str) -> bool:
    """Whether eleven digits are a valid number: a date that exists and both check digits right."""
    digits = [int(digit) for digit in number]
    return (
        len(digits) == 11
        and digits[9] == _check_digit(digits[:9], _FIRST_WEIGHTS)
        and digits[10] == _check_digit(digits[:10], _SECOND_WEIGHTS)
        and _has_date(number)
    )


def _check_digit(digits: list[int], weights: tuple[int, ...]) -> int:
    """Modulus 11; 10 where no digit will do, so that it equals none."""
    return -sum(d * w for d, w in zip(digits, weights, strict=True)) % 11


def _has_date(number: str) -> bool:
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    day -= 40 if day > 40 else 0
    month -= 80 if month > 80 else 40 if month > 40 else 0
    # Which century the individual digits mean has been widened over the years: any will do.
    return any(_exists(century + year, month, day) for century in (1800, 1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
