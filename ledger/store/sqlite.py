"""The recorder on SQLite: one transaction for all of one command, positions without a gap, rows that stay."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    OperationalError,
    StoredEvent,
    Subscription,
)
from eventsourcing.sqlite import SQLiteRecorder

from ledger.codec import Entry
from ledger.errors import Unreadable
from ledger.store import sqlite_append
from ledger.store.copying import copy_database
from ledger.store.pool import LedgerDatastore
from ledger.store.recorder import LedgerRecorder
from ledger.store.rows import Append, Appended, Row, Ticket, VaultRow, new_event, outcome_of
from ledger.store.selecting import Dialect
from ledger.store.sqlite_append import EVENT, EVENTS, insert
from ledger.values import Clock

SCHEMA_VERSION = 1

TABLES = (
    """CREATE TABLE IF NOT EXISTS events (
        position INTEGER PRIMARY KEY NOT NULL CHECK (position >= 0),
        stream TEXT NOT NULL CHECK (length(stream) BETWEEN 1 AND 50),
        version INTEGER NOT NULL CHECK (version >= 0),
        topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 100),
        at TEXT NOT NULL CHECK (length(at) = 20),
        body BLOB NOT NULL CHECK (length(body) <= 65023),
        UNIQUE (stream, version)
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS vault (
        commitment TEXT PRIMARY KEY NOT NULL CHECK (length(commitment) = 64),
        stream TEXT NOT NULL,
        of TEXT NOT NULL,
        box BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS idempotency (
        scope BLOB PRIMARY KEY NOT NULL CHECK (length(scope) = 32),
        fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
        first INTEGER NOT NULL,
        last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER IF NOT EXISTS events_are_not_updated BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never updated'); END""",
    """CREATE TRIGGER IF NOT EXISTS events_are_not_deleted BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER IF NOT EXISTS events_take_the_next_position BEFORE INSERT ON events
        WHEN NEW.position IS NOT (SELECT coalesce(max(position) + 1, 0) FROM events)
          OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
        BEGIN SELECT RAISE(ABORT, 'an event takes the next position and a version of its own'); END""",
    """CREATE TRIGGER IF NOT EXISTS sealed_values_are_not_updated BEFORE UPDATE ON vault
        BEGIN SELECT RAISE(ABORT, 'sealed values are never updated'); END""",
    """CREATE TRIGGER IF NOT EXISTS sealed_values_are_not_replaced BEFORE INSERT ON vault
        WHEN EXISTS (SELECT 1 FROM vault WHERE commitment = NEW.commitment)
        BEGIN SELECT RAISE(ABORT, 'a commitment stands in the vault once'); END""",
)


class Recorder(SQLiteRecorder, LedgerRecorder):
    """The library's recorder contract with SQL of our own."""

    datastore: LedgerDatastore
    dialect = Dialect("events", "?")

    def __init__(self, datastore: LedgerDatastore, clock: Clock) -> None:
        super().__init__(datastore)
        self._clock = clock

    def construct_create_table_statements(self) -> list[str]:
        return list(TABLES)

    def create_table(self) -> None:
        """Make the tables of a new file, or check that a file's tables are ours."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute("PRAGMA user_version")
            found = cursor.fetchone()[0]
            if found not in (0, SCHEMA_VERSION):
                raise Unreadable(f"the database has schema {found}; this release reads schema {SCHEMA_VERSION}")
            for statement in TABLES:
                cursor.execute(statement)
            cursor.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    # The library's signature ends in **kwargs, in which a misspelt keyword would be swallowed.
    def insert_events(self, stored_events: Sequence[StoredEvent]) -> Appended:  # type: ignore[override]
        """Record events without guards, as the library asks; its IntegrityError for a version that is taken."""
        return outcome_of(self.insert_group([Append(tuple(map(new_event, stored_events)))])[0])

    def insert_group(self, group: Sequence[Append]) -> list[Appended | Exception]:
        """Record the events, sealed values and tickets of some commands: each all or nothing, together one transaction.

        In the order given; what one refuses or the database refuses of it undoes that one only, and stands in its
        place: KeyReused for a ticket of another command; Conflict for a moved guard, a turned day or a position that
        reaches `below`; ClockBehind; the library's IntegrityError for a version that is taken.
        Errors: the library's others, when nothing at all was recorded.
        """
        try:
            with self.datastore.transaction(commit=True) as cursor:
                return sqlite_append.append(cursor, group, self._clock)
        except IntegrityError as error:
            if len(group) == 1:
                return [error]
        # A row was refused that the guards let pass: whose it was, only each by itself can tell.
        with self.datastore.transaction(commit=True) as cursor:
            return [self._alone(cursor, each) for each in group]

    def _alone(self, cursor: sqlite3.Cursor, one: Append) -> Appended | Exception:
        cursor.execute("SAVEPOINT one")
        try:
            answer: Appended | Exception = sqlite_append.append(cursor, [one], self._clock)[0]
        except sqlite3.IntegrityError as error:
            if not cursor.connection.in_transaction:
                raise  # the database undid the whole group by itself
            cursor.execute("ROLLBACK TO one")
            answer = IntegrityError(error)
        cursor.execute("RELEASE one")
        return answer

    def put_back(self, entries: Sequence[Entry]) -> None:
        """Insert rows as they once were, all or nothing; the triggers see that each is the next one."""
        with self.datastore.transaction(commit=True) as cursor:
            insert(
                cursor,
                EVENTS,
                EVENT,
                [(each.position, each.stream, each.version, each.topic, each.at, each.body) for each in entries],
            )

    def earlier(self, ticket: Ticket) -> Appended | None:
        """What an earlier append with the same ticket recorded; KeyReused when it was another command."""
        with self.datastore.transaction(commit=False) as cursor:
            return sqlite_append.earlier(cursor, ticket)

    def _read(self, statement: str, params: Sequence[Any]) -> Sequence[Row]:
        # One statement sees one state by itself: without a transaction around it, reading takes half the time.
        with self.datastore.get_connection(commit=False) as connection:
            try:
                return [Row(*each) for each in connection._sqlite_conn.execute(statement, params).fetchall()]
            except sqlite3.Error as error:
                raise OperationalError(error) from error

    def max_notification_id(self) -> int | None:
        """The number of recorded events, or None when there are none."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT max(position) + 1 FROM events")
            found: int | None = cursor.fetchone()[0]
            return found

    def last_at(self) -> datetime | None:
        """The instant of the last event, or None when there are none."""
        with self.datastore.transaction(commit=False) as cursor:
            return sqlite_append.last_at(cursor)

    def sealed_value(self, commitment: str) -> VaultRow | None:
        """The vault's row of a commitment, if it is still there."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT commitment, stream, of, box FROM vault WHERE commitment = ?", (commitment,))
            found = cursor.fetchone()
        return None if found is None else VaultRow(found["commitment"], found["stream"], found["of"], found["box"])

    def forget(self, stream: str, of: str) -> None:
        """Delete the vault's rows about one subject of a stream."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute("DELETE FROM vault WHERE stream = ? AND of = ?", (stream, of))

    def sealed_subjects(self) -> list[tuple[str, str]]:
        """Everybody about whom something is sealed: the stream and the subject in it."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT DISTINCT stream, of FROM vault")
            return [(found["stream"], found["of"]) for found in cursor.fetchall()]

    @contextmanager
    def changes(self) -> Iterator[Callable[[], int]]:
        """Asks, on a connection of its own, for a number that is another one when somebody else has written."""
        with self.datastore.get_connection(commit=False) as connection:
            raw = connection._sqlite_conn
            yield lambda: int(raw.execute("PRAGMA data_version").fetchone()[0])

    def copy_to(self, path: Path) -> None:
        """A copy of everything, as one transaction sees it, while others record."""
        with self.datastore.get_connection(commit=False) as connection:
            copy_database(connection._sqlite_conn, path)

    def close(self) -> None:
        """Wait for those at work and close every connection."""
        self.datastore.close()

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Not offered: readers pull, woken by `PRAGMA data_version`."""
        del gt, topics
        _no_subscription()


def _no_subscription() -> NoReturn:
    raise NotImplementedError("readers pull from a position")
