"""A clock that tests set: `clock.set(2, 6, 59)`, `clock.forward(hours=1)`. All of Django reads it.

In a module that imports it, it is set before the cast is made.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

MONDAY = datetime(2027, 3, 1, 10, 0)  # in Oslo


class Clock:
    def __init__(self) -> None:
        self.time = timezone.make_aware(MONDAY)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **much: float) -> None:
        self.time += timedelta(**much)

    def set(self, day: int, hour: int, minute: int = 0) -> None:
        """A day of March 2027."""
        self.time = timezone.make_aware(datetime(2027, 3, day, hour, minute))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock
