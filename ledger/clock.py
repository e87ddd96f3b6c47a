"""Where instants come from. Only a ledger whose genesis says `simulated` may be told the time."""

from __future__ import annotations

from datetime import UTC, datetime


def real_clock() -> datetime:
    """The machine's clock in UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


class SimulatedClock:
    """A clock that stands where it was put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now
