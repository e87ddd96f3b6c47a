"""Connections to one SQLite file: durable, write transactions taken at once, and a close that drains.

A deferred transaction that writes later can fail to upgrade across processes and lose the commit; an immediate one
waits. The library's own close pulls connections from under their readers; this one waits for them.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from eventsourcing.persistence import ConnectionPoolClosedError, ConnectionUnavailableError, OperationalError
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteDatastore,
    SQLiteTransaction,
)

LOCK_TIMEOUT = 30
"""Seconds that a writer waits for another process's transaction."""

CONNECTIONS = 16
"""Connections at work at most, all of them kept: to open one takes longer than most of what is asked of it."""

CHECKPOINT = 4_000
"""Pages of the write-ahead log, 16 MiB, after which they are taken into the file.

Random keys write the same pages again and again, and each of them is then taken over once.
"""

STATEMENTS = 192
"""Prepared statements that a connection keeps: more than there are texts of them here."""


class ImmediateTransaction(SQLiteTransaction):
    """A transaction on a connection of a pool; one that writes holds SQLite's write lock from its first statement.

    One block where the library has four, one in the other: they took longer than the statements of a small append.
    """

    def __init__(self, pool: DrainingPool, *, commit: bool) -> None:
        self._pool = pool
        self.commit = commit

    def __enter__(self) -> sqlite3.Cursor:  # type: ignore[override]  # the module's own cursor, without a wrapper
        self.connection = self._pool.get_connection(is_writer=self.commit)
        try:
            self._cursor = self.connection._sqlite_conn.cursor()
            self._cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        except BaseException as error:
            self._give_back()
            if isinstance(error, sqlite3.Error):
                # Another process held the lock for LOCK_TIMEOUT seconds: nothing was begun, nothing is lost.
                raise OperationalError(error) from error
            raise
        return self._cursor

    def __exit__(self, *raised: Any) -> None:
        try:
            self._cursor.close()
            super().__exit__(*raised)
        finally:
            self._give_back()

    def _give_back(self) -> None:
        """Close a connection whose transaction did not end: it is undone, and whoever comes next gets another one.

        A commit that failed may leave it open, and with it the lock, for everybody and for ever.
        """
        try:
            if self.connection._sqlite_conn.in_transaction:
                self.connection.close()
        finally:
            self._pool.put_connection(self.connection)


class DrainingPool(SQLiteConnectionPool):
    """Makes every connection durable; `close` refuses new users and waits for those at work."""

    _draining = False
    _writer: SQLiteConnection | None = None

    def _create_connection(self) -> SQLiteConnection:
        try:
            # Not by the library, whose connections remember one statement and prepare all others again each time.
            raw = sqlite3.connect(
                self.db_name,
                timeout=LOCK_TIMEOUT,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=STATEMENTS,
            )
            raw.row_factory = sqlite3.Row
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute("PRAGMA synchronous=FULL")
            raw.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT}")
            raw.execute("PRAGMA trusted_schema=OFF")
            # What undoes a statement of many rows stays in memory; beyond 64 KiB it would be a file, for each of them.
            raw.execute("PRAGMA temp_store=MEMORY")
            # The insert trigger refuses a retaken version; REPLACE would delete the old row first without this.
            raw.execute("PRAGMA recursive_triggers=ON")
        except sqlite3.Error as error:
            raise OperationalError(error) from error
        return SQLiteConnection(raw, self.max_age)

    def get_connection(self, timeout: float | None = None, *, is_writer: bool | None = None) -> SQLiteConnection:
        """A connection; a writer's is the only one, and writers queue apart.

        The library queues all together, so that a writer who waits for another keeps every reader waiting, and it keeps
        the writer's lock for ever when no connection can be made.
        """
        if not is_writer:
            return super().get_connection(timeout)
        timeout = self.pool_timeout if timeout is None else timeout
        if not self._writer_lock.acquire(timeout=timeout):
            raise ConnectionUnavailableError("timed out waiting for the writer at work")
        try:
            with self._put_condition:
                if self._writer is not None:
                    self._pool.appendleft(self._writer)
                    self._writer = None
                connection = self._get_connection(timeout)
        except BaseException:
            self._writer_lock.release()
            raise
        # As the library's put_connection expects it, which releases the lock.
        self._num_writers += 1
        connection.is_writer = True
        return connection

    def put_connection(self, conn: SQLiteConnection) -> None:
        """Take a connection back; the writer's is kept apart for the next writer.

        What others write empties a connection's cache, what it writes itself does not.
        """
        with self._put_condition:
            wrote = conn.is_writer
            super().put_connection(conn)
            if wrote and self._pool and self._pool[-1] is conn:
                self._writer = self._pool.pop()

    def _get_connection(self, timeout: float = 0.0) -> SQLiteConnection:
        with self._put_condition:
            if self._draining:
                raise ConnectionPoolClosedError("the store is closed")
            return super()._get_connection(timeout)

    def close(self) -> None:
        with self._put_condition:
            self._draining = True
            self._put_condition.notify_all()
            while self._in_use and not self._closed:
                # A getter may take the one notification, so wake by oneself too.
                self._put_condition.wait(timeout=0.05)
            if self._writer is not None:
                self._pool.append(self._writer)
            super().close()


class LedgerDatastore(SQLiteDatastore):
    """The library's datastore over our pool; stream ids are strings."""

    def __init__(self, path: str) -> None:
        super().__init__(path, lock_timeout=LOCK_TIMEOUT, originator_id_type="text")
        self.pool.close()
        self.pool: DrainingPool = DrainingPool(
            db_name=path,
            lock_timeout=LOCK_TIMEOUT,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=LOCK_TIMEOUT,
        )

    def transaction(self, *, commit: bool) -> ImmediateTransaction:  # type: ignore[override]
        """A transaction, which ends with the block."""
        return ImmediateTransaction(self.pool, commit=commit)
