"""How many requests are at work at once: one more is told to come again, and nothing of it is begun."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import Request

from ledger.errors import Busy
from ledger.speech import Said

MAX_REQUESTS: Final = 256
"""Several times the threads that answer; who is let in waits for one of them for a second or two at most."""
FULL: Final = Said(
    "too many requests are at work: send this one again shortly",
    "terlalu banyak permintaan sedang dikerjakan: kirim lagi permintaan ini sebentar lagi",
)


class Turnstile:
    """The places of one application: Busy for a request that finds so many others at work."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Count a request while it is answered; only the event loop's one thread counts."""
        if self._inside >= self._most:
            raise Busy(FULL)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


async def through(request: Request) -> AsyncIterator[None]:
    """A dependency of every route under /v1: a place at the application's turnstile while the request is answered."""
    turnstile: Turnstile = request.app.state.turnstile
    with turnstile.held():
        yield
