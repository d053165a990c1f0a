"""Days in addresses: «2026-03-12»."""

from datetime import date


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)  # its ValueError is a page that is not there

    def to_url(self, value: date) -> str:
        return value.isoformat()
