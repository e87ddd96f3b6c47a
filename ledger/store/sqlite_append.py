"""Some appends as few statements: what all of them read is read at once, decided in their order, and written at once.

Under the writer's lock, so that nothing read here can move until it is committed or undone. Few statements, and each
with all its rows: between two steps of a statement every other thread of the process may want to run first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, Final, TypeVar

from ledger.errors import NetralError
from ledger.shape import instant_of, instant_text
from ledger.store import answers
from ledger.store.rows import Append, Appended, Row, Ticket
from ledger.store.selecting import COLUMNS
from ledger.values import Clock

T = TypeVar("T")
EVENTS: Final = "INSERT INTO events (position, stream, version, topic, at, body) VALUES "
EVENT: Final = "(?,?,?,?,?,?)"
VAULT: Final = "INSERT INTO vault (commitment, stream, of, box) VALUES "
TICKETS: Final = "INSERT INTO idempotency (scope, fingerprint, first, last) VALUES "
FOUR: Final = "(?,?,?,?)"
EARLIER: Final = "SELECT scope, fingerprint, first, last FROM idempotency WHERE scope IN ("
LAST: Final = "SELECT position, at FROM events ORDER BY position DESC LIMIT 1"
VERSION: Final = "(SELECT max(version) FROM events WHERE stream = ?)"
WIDEST: Final = 64
"""Rows or values that one statement takes at most."""
STEP: Final = 16
"""Beyond so many, a statement takes a multiple of them, so that there are few texts to prepare."""


def append(cursor: sqlite3.Cursor, group: Sequence[Append], clock: Clock) -> list[Appended | Exception]:
    """Write a group, and say of each what was recorded or why not; the database's error where it refuses a row."""
    batch = _Batch(cursor, group, clock())
    told = [batch.take(each) for each in group]
    batch.write()
    return told


def insert(cursor: sqlite3.Cursor, into: str, shape: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of one shape."""
    for part in _parts(rows):
        cursor.execute(_repeated(into, shape, len(part)), tuple(chain.from_iterable(part)))


def earlier(cursor: sqlite3.Cursor, ticket: Ticket) -> Appended | None:
    """What an earlier append with the same ticket recorded; KeyReused when it was another command."""
    found = _tickets(cursor, [ticket.scope]).get(ticket.scope)
    return None if found is None else _recorded(cursor, ticket, found)


def last_at(cursor: sqlite3.Cursor) -> datetime | None:
    """The last event's instant."""
    found = cursor.execute(LAST).fetchone()
    return None if found is None else instant_of(found[1])


class _Batch:
    """What a group will write, as far as it was decided: later appends see what earlier ones of it did."""

    def __init__(self, cursor: sqlite3.Cursor, group: Sequence[Append], now: datetime) -> None:
        self._cursor = cursor
        self._now = now
        cursor.execute(LAST)
        found: tuple[int, str] = cursor.fetchone() or (-1, "")
        self._next, self._text = found[0] + 1, found[1]
        self._previous = instant_of(self._text) if self._text else None
        self._known = _tickets(cursor, {each.ticket.scope for each in group if each.ticket is not None})
        self._versions = _versions(cursor, _streams(group))
        self._made: dict[bytes, tuple[bytes, Appended]] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._vault: list[tuple[Any, ...]] = []

    def take(self, one: Append) -> Appended | Exception:
        """Decide one append on what the database and the batch hold; what is refused leaves nothing in the batch."""
        try:
            return self._replayed(one.ticket) or self._taken(one)
        except NetralError as refusal:
            return refusal

    def write(self) -> None:
        """Everything that was taken; the triggers see that each event is the next one."""
        tickets = [
            (scope, fingerprint, made.rows[0].position, made.rows[-1].position)
            for scope, (fingerprint, made) in self._made.items()
        ]
        insert(self._cursor, EVENTS, EVENT, self._rows)
        # In the order of their random keys, so that each page of their trees is gone to once.
        insert(self._cursor, VAULT, FOUR, sorted(self._vault))
        insert(self._cursor, TICKETS, FOUR, sorted(tickets))

    def _replayed(self, ticket: Ticket | None) -> Appended | None:
        if ticket is None:
            return None
        if ticket.scope in self._known:
            return _recorded(self._cursor, ticket, self._known[ticket.scope])
        if ticket.scope not in self._made:
            return None
        fingerprint, made = self._made[ticket.scope]
        if fingerprint != ticket.fingerprint:
            raise answers.key_reused()
        return Appended(made.rows, replayed=True)

    def _taken(self, one: Append) -> Appended:
        versions = self._versions
        for guard in one.guards:
            if (now := versions[guard.stream]) != guard.version:
                raise answers.moved(guard, now)
        at = answers.instant_after(self._previous, self._now, one)
        if one.below is not None and self._next + len(one.events) > one.below:
            raise answers.overtaken(self._next)
        if at is not self._previous:
            self._previous, self._text = at, instant_text(at)
        text = self._text
        rows = []
        for position, each in enumerate(one.events, self._next):
            self._rows.append((position, each.stream, each.version, each.topic, text, each.body))
            rows.append(Row(each.stream, each.version, each.topic, each.body, position + 1, text))
            if each.version > versions[each.stream]:
                versions[each.stream] = each.version
        made = Appended(rows)
        for sealed in one.vault:
            self._vault.append((sealed.commitment, sealed.stream, sealed.of, sealed.box))
        if one.ticket is not None:
            self._made[one.ticket.scope] = (one.ticket.fingerprint, made)
        self._next += len(rows)
        return made


def _recorded(cursor: sqlite3.Cursor, ticket: Ticket, found: tuple[bytes, int, int]) -> Appended:
    """The rows of an earlier append, if it was the same command."""
    fingerprint, *places = found
    if fingerprint != ticket.fingerprint:
        raise answers.key_reused()
    cursor.execute(
        f"SELECT {COLUMNS} FROM events WHERE position BETWEEN ? AND ? ORDER BY position",  # noqa: S608 (a constant)
        places,
    )
    return Appended([Row(*each) for each in cursor.fetchall()], replayed=True)


def _tickets(cursor: sqlite3.Cursor, scopes: Iterable[bytes]) -> dict[bytes, tuple[bytes, int, int]]:
    """The rows of those tickets that were used."""
    found: dict[bytes, tuple[bytes, int, int]] = {}
    for part in _parts(sorted(scopes)):
        cursor.execute(_repeated(EARLIER, "?", len(part), ")"), part)
        found.update((scope, (fingerprint, first, end)) for scope, fingerprint, first, end in cursor.fetchall())
    return found


def _versions(cursor: sqlite3.Cursor, streams: Iterable[str]) -> dict[str, int]:
    """The last version of each stream, 0 where there is none; one row of many columns, each found by one look-up."""
    found: dict[str, int] = {}
    for part in _parts(sorted(streams)):
        cursor.execute(_repeated("SELECT ", VERSION, len(part)), part)
        found.update(zip(part, (version or 0 for version in cursor.fetchone()), strict=True))
    return found


def _streams(group: Sequence[Append]) -> set[str]:
    """Every stream that a group guards or writes."""
    found = {each.stream for one in group for each in one.guards}
    found.update([each.stream for one in group for each in one.events])
    return found


@lru_cache(maxsize=256)
def _repeated(before: str, shape: str, times: int, after: str = "") -> str:
    """The text of a statement with as many shapes as it has values: made once, and found prepared by its connection."""
    return before + ",".join([shape] * times) + after


def _parts(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Values in parts of WIDEST, then of a multiple of STEP, then what is left."""
    if len(values) <= STEP:
        return (values,) if values else ()
    return _several(values)


def _several(values: Sequence[T]) -> Iterator[Sequence[T]]:
    start, left = 0, len(values)
    while left:
        width = left if left < STEP else min(WIDEST, left - left % STEP)
        yield values[start : start + width]
        start, left = start + width, left - width
