"""Connections to one SQLite file: durable, write transactions taken at once, and a close that drains.

A deferred transaction that writes later can fail to upgrade across processes and lose the commit; an immediate one
waits. The library's own close pulls connections from under their readers; this one waits for them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.persistence import ConnectionPoolClosedError, OperationalError
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

LOCK_TIMEOUT = 30
"""Seconds that a writer waits for another process's transaction."""


class ImmediateTransaction(SQLiteTransaction):
    """A write transaction that holds SQLite's write lock from its first statement."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        except sqlite3.OperationalError as error:
            # Another process held the lock for LOCK_TIMEOUT seconds: nothing was begun, nothing is lost.
            raise OperationalError(error) from error
        return cursor


class LedgerConnection(SQLiteConnection):
    """A connection whose transactions are immediate where they write."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with ImmediateTransaction(self, commit=commit) as cursor, cursor:
            yield cursor


class DrainingPool(SQLiteConnectionPool):
    """Makes every connection durable; `close` refuses new users and waits for those at work."""

    _draining = False

    def _create_connection(self) -> SQLiteConnection:
        made = super()._create_connection()
        raw = made._sqlite_conn
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA trusted_schema=OFF")
        # The insert trigger refuses a retaken version; REPLACE would delete the old row first without this.
        raw.execute("PRAGMA recursive_triggers=ON")
        return LedgerConnection(raw, self.max_age)

    def get_connection(self, timeout: float | None = None, *, is_writer: bool | None = None) -> SQLiteConnection:
        if self._draining:
            raise ConnectionPoolClosedError
        return super().get_connection(timeout, is_writer=is_writer)

    def close(self) -> None:
        self._draining = True
        with self._put_condition:
            while self._in_use and not self._closed:
                # A getter may take the one notification, so wake by oneself too.
                self._put_condition.wait(timeout=0.05)
        super().close()


class LedgerDatastore(SQLiteDatastore):
    """The library's datastore over our pool; stream ids are strings."""

    def __init__(self, path: str) -> None:
        super().__init__(path, lock_timeout=LOCK_TIMEOUT, originator_id_type="text")
        self.pool.close()
        self.pool = DrainingPool(db_name=path, lock_timeout=LOCK_TIMEOUT, pool_timeout=LOCK_TIMEOUT)
