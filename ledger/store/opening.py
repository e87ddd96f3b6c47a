"""Which database a ledger's store is in: a SQLite file, or a PostgreSQL database by its URL."""

from __future__ import annotations

from pathlib import Path

from eventsourcing.persistence import PersistenceError

from ledger.clock import real_clock
from ledger.errors import Broken
from ledger.store.pool import LedgerDatastore
from ledger.store.postgres import PostgresRecorder
from ledger.store.postgres_pool import Database
from ledger.store.recorder import LedgerRecorder
from ledger.store.server_clock import ServerClock
from ledger.store.sqlite import Recorder
from ledger.store.store import Store
from ledger.values import Clock

Where = Path | Database
"""A SQLite file, or a PostgreSQL database."""


def open_store(where: Where, clock: Clock, *, make: bool = True) -> Store:
    """The store in a SQLite file, made if it is new, or in a PostgreSQL database that was migrated.

    Without `make` nothing is written, which is for readers. The real clock is the database server's own there.
    """
    if isinstance(where, Database):
        return Store(PostgresRecorder(where, None if clock is real_clock else clock))
    return Store(_in_file(where, clock, make=make))


def clock_of(store: Store, clock: Clock) -> Clock:
    """The clock to decide by: where a database server's own clock dates what is recorded, that one."""
    if clock is real_clock and isinstance(store.recorder, PostgresRecorder):
        return ServerClock(store.recorder.now)
    return clock


def _in_file(path: Path, clock: Clock, *, make: bool) -> LedgerRecorder:
    datastore = LedgerDatastore(str(path))
    try:
        recorder = Recorder(datastore, clock)
        if make:
            recorder.create_table()
        else:
            recorder.max_notification_id()
    except PersistenceError as error:
        datastore.close()
        raise Broken(f"{path.name} cannot be opened as a ledger: {error}") from error
    return recorder
