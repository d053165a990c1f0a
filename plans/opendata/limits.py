"""A limit that stops a runaway loop and that no researcher meets.

Counted in the memory of each process, since a GET takes no write lock: with four processes the real
limit is up to four times this, and that is all right.
"""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest

_counts = LocMemCache("open data", {"MAX_ENTRIES": 10_000})
_MINUTE = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """0 as long as the address has asked less than it may this minute, else the seconds that are left."""
    now = time.time()
    window = int(now // _MINUTE)
    key = f"{window}:{get_adapter().get_client_ip(request)}"
    _counts.add(key, 0, timeout=_MINUTE)
    if _counts.incr(key) <= settings.OPEN_DATA_A_MINUTE:
        return 0
    return max(1, int((window + 1) * _MINUTE - now))
