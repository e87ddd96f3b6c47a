"""The recorder on PostgreSQL: a group of commands is one call, one transaction and one round trip.

What is decided under the writer's lock is decided in the database, by the functions of migrations/0003; what they
answer is put into words in postgres_append.py. Every name in SQL is written with its schema.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    DataError,
    IntegrityError,
    OperationalError,
    StoredEvent,
    Subscription,
)

from ledger.codec import Entry
from ledger.errors import Busy, KeyReused, Misconfigured
from ledger.shape import instant_of
from ledger.store import answers, postgres_append
from ledger.store.database import Database
from ledger.store.migrating import require_current
from ledger.store.postgres_append import confirmed
from ledger.store.postgres_pool import DrainingPool, connect
from ledger.store.recorder import LedgerRecorder
from ledger.store.rows import Append, Appended, Row, Ticket, VaultRow, new_event, outcome_of
from ledger.store.selecting import COLUMNS, Dialect
from ledger.store.soundness import require_sound
from ledger.values import Clock

T = TypeVar("T")
LOCK: Final = 5642820473862741
"""The writer's lock, as the functions that append take it."""
PATIENCE: Final = 10.0
"""Seconds to find out, after a connection was lost, whether what was sent is recorded."""


class PostgresRecorder(LedgerRecorder):
    """The library's recorder contract with SQL of our own, over a pool of our own."""

    dialect = Dialect("netral.events", "%s")

    def __init__(self, database: Database, clock: Clock | None) -> None:
        """Without a clock, the instant of an append is the server's own, read under the writer's lock.

        Errors: Misconfigured for a server that could lose what it acknowledged, or a schema that is not this one's.
        """
        with connect(database) as connection:
            require_sound(connection)
            require_current(connection)
        self._clock = clock
        self._pool = DrainingPool(database, postgres_append.prepare)

    # The library's signature ends in **kwargs, in which a misspelt keyword would be swallowed.
    def insert_events(self, stored_events: Sequence[StoredEvent]) -> Appended:  # type: ignore[override]
        """Record events without guards, as the library asks; its IntegrityError for a version that is taken."""
        return outcome_of(self.insert_group([Append(tuple(map(new_event, stored_events)))])[0])

    def insert_group(self, group: Sequence[Append]) -> list[Appended | Exception]:
        """Record the events, sealed values and tickets of some commands: each all or nothing, together one transaction.

        In the order given; what one refuses or the database refuses of it undoes that one only, and stands in its
        place: KeyReused for a ticket of another command; Conflict for a moved guard, a turned day or a position that
        reaches `below`; ClockBehind; the library's IntegrityError for a version that is taken.
        Errors: the library's others, or Busy, when nothing at all was recorded. Where the connection is lost, what
        became of each command is found out and told.
        """
        asked = [one for one in group if one.events]
        told = iter(self._insert(asked) if asked else [])
        return [next(told) if one.events else Appended([]) for one in group]

    def _insert(self, group: list[Append], *, again: bool = True) -> list[Appended | Exception]:
        try:
            with self._pool.lent() as connection:
                now = None if self._clock is None else self._clock()
                return postgres_append.append(connection, now, group, partial(self._replayed, connection))
        except DataError as error:
            # One value that the server cannot take fails the call for all: each by itself shows whose it is.
            if len(group) == 1:
                return [IntegrityError(str(error))]
            return [self._insert([one])[0] for one in group]
        except postgres_append.Lost:
            found = self._found_out(group)
            if again and all(isinstance(each, Busy) for each in found):
                return self._insert(group, again=False)  # as after the server was started anew
            return found

    def _found_out(self, group: list[Append]) -> list[Appended | Exception]:
        """What became of a group whose answer was lost: read under the lock, when the call is over for certain.

        A body holds fresh random bytes, so one that stands at its stream and version is this append's own. What is
        found is told after a commit that a synchronous standby has confirmed, and with it all that came before.
        OperationalError when nobody can be asked.
        """
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._pool.look_over()
                with self._pool.lent() as connection, confirmed(connection), connection.transaction():
                    connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                    # Something to commit: whoever has written nothing does not wait for a standby.
                    connection.execute("SELECT pg_logical_emit_message(true, 'netral', '')")
                    return [self._standing(connection, one) for one in group]
            except (OperationalError, Busy) as error:
                if time.monotonic() > end:
                    raise OperationalError(
                        "the connection was lost and it is not known whether the command was recorded: send it again "
                        f"with the same Idempotency-Key ({error})"
                    ) from error
                time.sleep(0.1)

    def _standing(self, connection: psycopg.Connection[Any], one: Append) -> Appended | Exception:
        first, last = one.events[0], one.events[-1]
        found = connection.execute(
            "SELECT position, body FROM netral.events WHERE stream = %s AND version = %s", (first.stream, first.version)
        ).fetchone()
        if found is None or found[1] != first.body:
            try:
                before = None if one.ticket is None else self._earlier(connection, one.ticket)
            except KeyReused as error:
                return error
            return before or answers.lost_before()
        position = found[0]
        appended = self._replayed(connection, position, position + len(one.events) - 1)
        if appended.rows[-1].state != last.body:
            raise OperationalError(f"position {position} does not begin the append that it was part of")
        return Appended(appended.rows)

    def _replayed(self, connection: psycopg.Connection[Any], first: int, last: int) -> Appended:
        return Appended(
            _rows(
                connection,
                f"SELECT {COLUMNS} FROM netral.events WHERE position BETWEEN %s AND %s ORDER BY position",  # noqa: S608 (a constant)
                (first, last),
            ),
            replayed=True,
        )

    def put_back(self, entries: Sequence[Entry]) -> None:
        """Insert rows as they once were, all or nothing; the triggers see that each is the next one."""
        with self._pool.lent() as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            cursor.executemany(
                "INSERT INTO netral.events (position, stream, version, topic, at, body) VALUES (%s,%s,%s,%s,%s,%s)",
                [(each.position, each.stream, each.version, each.topic, each.at, each.body) for each in entries],
            )

    def earlier(self, ticket: Ticket) -> Appended | None:
        """What an earlier append with the same ticket recorded; KeyReused when it was another command."""
        with self._pool.lent() as connection:
            return self._earlier(connection, ticket)

    def _earlier(self, connection: psycopg.Connection[Any], ticket: Ticket) -> Appended | None:
        found = connection.execute(
            "SELECT fingerprint, first, last FROM netral.idempotency WHERE scope = %s", (ticket.scope,), prepare=True
        ).fetchone()
        if found is None:
            return None
        fingerprint, first, last = found
        if fingerprint != ticket.fingerprint:
            raise answers.key_reused()
        return self._replayed(connection, first, last)

    def _read(self, statement: str, params: Sequence[Any]) -> Sequence[Row]:
        return self._asked(lambda connection: _rows(connection, statement, params))

    def _one(self, statement: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        return self._asked(lambda connection: connection.execute(statement, params, prepare=True).fetchone())

    def _asked(self, question: Callable[[psycopg.Connection[Any]], T]) -> T:
        """An answer of the database; asked once more where the connection had died since it was used last."""
        try:
            with self._pool.lent() as connection:
                return question(connection)
        except OperationalError:
            self._pool.look_over()
            with self._pool.lent() as connection:
                return question(connection)

    def max_notification_id(self) -> int | None:
        """The number of recorded events, or None when there are none."""
        found = self._one("SELECT max(position) + 1 FROM netral.events")
        return None if found is None else found[0]

    def last_at(self) -> datetime | None:
        """The instant of the last event, or None when there are none."""
        last = self._one("SELECT at FROM netral.events ORDER BY position DESC LIMIT 1")
        return None if last is None else instant_of(last[0])

    def sealed_value(self, commitment: str) -> VaultRow | None:
        """The vault's row of a commitment, if it is still there."""
        found = self._one("SELECT commitment, stream, of, box FROM netral.vault WHERE commitment = %s", (commitment,))
        return None if found is None else VaultRow(*found)

    def forget(self, stream: str, of: str) -> None:
        """Delete the vault's rows about one subject of a stream, by the one function that may."""
        with self._pool.lent() as connection:
            connection.execute("SELECT netral.forget(%s, %s)", (stream, of))

    def sealed_subjects(self) -> list[tuple[str, str]]:
        """Everybody about whom something is sealed: the stream and the subject in it."""
        return self._asked(
            lambda connection: connection.execute("SELECT DISTINCT stream, of FROM netral.vault").fetchall()
        )

    def now(self) -> datetime:
        """The server's clock."""
        found = self._one("SELECT clock_timestamp()")
        if found is None or not isinstance(found[0], datetime):
            raise OperationalError("the server does not say the time")
        return found[0].astimezone(UTC)

    @contextmanager
    def changes(self) -> Iterator[Callable[[], int]]:
        """Asks for the number of events, which only grows: also on a standby, where nobody may LISTEN."""
        yield lambda: self.max_notification_id() or 0

    def copy_to(self, path: Path) -> None:
        """Not offered: a database has its own tools for that."""
        raise Misconfigured(
            f"{path.name} is no copy of a PostgreSQL database: `netral backup` reads its rows, and pg_basebackup and "
            "pg_dump copy it whole (docs/postgresql.md)"
        )

    def close(self) -> None:
        """Wait for those at work and close every connection."""
        self._pool.close()

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Not offered: readers pull, also from a standby."""
        del gt, topics
        _no_subscription()


def _no_subscription() -> NoReturn:
    raise NotImplementedError("readers pull from a position")


def _rows(connection: psycopg.Connection[Any], statement: str, params: Sequence[Any]) -> list[Row]:
    with connection.cursor(binary=True) as cursor:
        cursor.execute(statement, params, prepare=True)
        return [Row(*found) for found in cursor]
