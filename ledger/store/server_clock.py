"""The clock of the database's server, for deciding: acts are recorded at its instants, whatever this machine's say."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

KEPT: Final = 10.0
"""Seconds after which the server is asked again."""
MARGIN: Final = timedelta(milliseconds=20)
"""How far two machines' seconds may part in that time."""


class ServerClock:
    """Tells the server's time without asking it each time, and is never ahead of it.

    A decision that was made ahead of the instant at which it is recorded would be made again, and again in vain.
    """

    def __init__(self, ask: Callable[[], datetime]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._told = datetime.min.replace(tzinfo=UTC)
        self._when = -KEPT - 1

    def __call__(self) -> datetime:
        with self._lock:
            if time.monotonic() - self._when > KEPT:
                told = self._ask()
                # From the answer's arrival on: the way back makes this clock late, never early.
                self._told, self._when = told, time.monotonic()
            now = self._told + timedelta(seconds=time.monotonic() - self._when) - MARGIN
        return now.replace(microsecond=0)
