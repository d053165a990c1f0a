"""Days in addresses: «2026-03-12»; numbers of versions, in one way of writing."""

from datetime import date


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)  # its ValueError is a page that is not there

    def to_url(self, value: date) -> str:
        return value.isoformat()


class NumberConverter:
    """A number from 1, never as «007»: a page has one address, and is kept once."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
