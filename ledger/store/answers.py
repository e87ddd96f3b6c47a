"""What is decided under the writer's lock, the same on every database: refusals, and the instant to record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from ledger.errors import Busy, ClockBehind, Conflict, KeyReused
from ledger.shape import instant_text
from ledger.speech import Said
from ledger.store.rows import Append, Guard
from ledger.values import Zone

CLOCK_TOLERANCE: Final = timedelta(seconds=60)


def key_reused() -> KeyReused:
    """A ticket's scope is known, with the fingerprint of another command."""
    return KeyReused(
        "Idempotency-Key",
        Said(
            "was used for another command; a new command takes a new key",
            "sudah dipakai untuk perintah lain; perintah baru memerlukan kunci baru",
        ),
    )


def moved(guard: Guard, now: int) -> Conflict:
    """A stream that the decision read has another version now."""
    return Conflict(
        Said(
            f"{guard.stream} is at version {now}, not {guard.version}",
            f"{guard.stream} berada pada versi {now}, bukan {guard.version}",
        )
    )


def overtaken(position: int) -> Conflict:
    """Others came first: the next position is too near to what must not be reached."""
    return Conflict(
        Said(
            f"other entries were recorded meanwhile, up to position {position - 1}",
            f"entri lain tercatat sementara itu, sampai posisi {position - 1}",
        )
    )


def behind(now: datetime, previous: datetime) -> ClockBehind:
    """The clock lies more than CLOCK_TOLERANCE before the last recorded instant."""
    return ClockBehind(
        f"the clock says {instant_text(now)}, more than a minute before the last recorded instant "
        f"{instant_text(previous)}: set the clock right, nothing was written"
    )


def turned() -> Conflict:
    """The decision counted days on another date, or the clock stepped back over it: decide again."""
    return Conflict(Said("the day turned between deciding and recording", "hari berganti antara memutus dan mencatat"))


def waited_in_vain() -> Busy:
    """The database gave up waiting: for a lock, for others, for room."""
    return Busy(
        Said("the database is busy; nothing was recorded", "basis data sedang sibuk; tidak ada yang dicatat"),
    )


def all_in_use() -> Busy:
    """No connection became free in time."""
    return Busy(
        Said(
            "every connection to the database is in use; nothing was recorded",
            "semua koneksi ke basis data sedang dipakai; tidak ada yang dicatat",
        )
    )


def lost_before() -> Busy:
    """The connection was lost, and what was sent is found not to be recorded."""
    return Busy(
        Said(
            "the connection to the database was lost before anything was recorded",
            "koneksi ke basis data terputus sebelum ada yang dicatat",
        )
    )


def instant_after(previous: datetime | None, now: datetime, one: Append) -> datetime:
    """The instant of an append after another, never before it; ClockBehind, or Conflict when the day turned."""
    at = now
    if previous is not None and now < previous and not one.steps_back:
        if now < previous - CLOCK_TOLERANCE:
            raise behind(now, previous)
        at = previous
    decided = one.decided_at
    if decided is not None and not decided <= at < turning(decided):
        raise turned()
    return at


@lru_cache(maxsize=64)
def turning(decided: datetime) -> datetime:
    """The first instant on other legal days: the next midnight in any of the three zones."""
    local = (decided.astimezone(zone.offset) for zone in Zone)
    return min(each.replace(hour=0, minute=0, second=0) + timedelta(days=1) for each in local).astimezone(UTC)
