"""Connections to one PostgreSQL database: durable, named in their failures, and a close that drains.

A connection is in autocommit, so that one statement is one transaction and one round trip. Nothing that a connection
was told in its session carries weight: what must hold is checked by the server, in the function that records.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from eventsourcing.persistence import (
    ConnectionPoolClosedError,
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    PersistenceError,
    ProgrammingError,
)
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from ledger.errors import Broken, Misconfigured
from ledger.store import answers
from ledger.store.database import Database

CONNECT_TIMEOUT: Final = 10
"""Seconds to reach a server."""
POOL_TIMEOUT: Final = 10
"""Seconds that somebody waits for a connection that others use."""
STATEMENT_TIMEOUT: Final = 60
"""Seconds after which the server gives a statement up, waiting for the writer's lock included."""
CONNECTIONS: Final = 16
"""How many connections one process uses at most."""
ERRORS: Final[dict[type[psycopg.Error], type[PersistenceError]]] = {
    psycopg.IntegrityError: IntegrityError,
    psycopg.DataError: DataError,
    psycopg.OperationalError: OperationalError,
    psycopg.InternalError: InternalError,
    psycopg.ProgrammingError: ProgrammingError,
    psycopg.NotSupportedError: NotSupportedError,
    psycopg.DatabaseError: DatabaseError,
    psycopg.InterfaceError: InterfaceError,
}
"""The driver's tree and the library's: the first that fits."""
NOT_NOW: Final = (
    errors.QueryCanceled,
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.TooManyConnections,
    errors.CannotConnectNow,
    errors.IdleInTransactionSessionTimeout,
)
"""What passes by itself: nothing was recorded."""


def connect(database: Database, *, autocommit: bool = True) -> psycopg.Connection[Any]:
    """One connection of its own; Broken says why there is none, and never the URL."""
    try:
        return psycopg.connect(database.url, autocommit=autocommit, connect_timeout=CONNECT_TIMEOUT)
    except psycopg.ProgrammingError:
        # The driver's own words repeat what it could not read.
        raise Misconfigured("NETRAL_DATABASE cannot be read as the URL of a PostgreSQL database") from None
    except psycopg.Error as error:
        raise Broken(f"the PostgreSQL database cannot be reached: {said(error)}") from error


def said(error: psycopg.Error) -> str:
    """What the server or the driver said, in one line."""
    return (error.diag.message_primary or " ".join(str(error).split())) or type(error).__name__


def named(error: psycopg.Error) -> Exception:
    """An error of the driver by the name that it has in this house."""
    if isinstance(error, NOT_NOW):
        return answers.waited_in_vain()
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return Misconfigured(
            "this PostgreSQL server is a standby, which records nothing: name the primary in NETRAL_DATABASE, or "
            "promote this one"
        )
    kind = next(ours for theirs, ours in ERRORS.items() if isinstance(error, theirs))
    return kind(said(error))


class DrainingPool:
    """Connections that are lent; `close` refuses new users and waits for those at work."""

    def __init__(self, database: Database, prepare: Callable[[psycopg.Connection[Any]], None]) -> None:
        def configure(connection: psycopg.Connection[Any]) -> None:
            connection.execute(
                "SELECT set_config('statement_timeout', %s, false), "
                "set_config('default_transaction_isolation', 'read committed', false)",
                (f"{STATEMENT_TIMEOUT}s",),
            )
            prepare(connection)

        self._pool = ConnectionPool(
            database.url,
            min_size=1,
            max_size=CONNECTIONS,
            timeout=POOL_TIMEOUT,
            kwargs={"autocommit": True, "connect_timeout": CONNECT_TIMEOUT},
            configure=configure,
            reconnect_timeout=CONNECT_TIMEOUT,
            num_workers=2,
            open=True,
        )
        self._condition = threading.Condition()
        self._at_work = 0
        self._draining = False

    @contextmanager
    def lent(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection until the block ends; the driver's errors by our names."""
        with self._condition:
            if self._draining:
                raise ConnectionPoolClosedError("the store is closed")
            self._at_work += 1
        try:
            # Not by the pool's own block, which commits at its end: there is nothing to commit in autocommit.
            connection = self._pool.getconn()
            try:
                yield connection
            finally:
                self._pool.putconn(connection)
        except PoolTimeout as error:
            raise answers.all_in_use() from error
        except PoolClosed as error:
            raise ConnectionPoolClosedError("the store is closed") from error
        except psycopg.Error as error:
            raise named(error) from error
        finally:
            with self._condition:
                self._at_work -= 1
                self._condition.notify_all()

    def look_over(self) -> None:
        """Throw away the connections that a restarted or failed server has left dead."""
        self._pool.check()

    def close(self) -> None:
        """Refuse new users, wait for those at work, and close every connection."""
        with self._condition:
            self._draining = True
            self._condition.wait_for(lambda: self._at_work == 0)
        self._pool.close()
