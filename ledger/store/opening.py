"""Which database a ledger's store is in: a SQLite file, or a PostgreSQL database by its URL.

The driver of PostgreSQL is imported where a ledger is in one: without that, each command on a file would wait for it.
"""

from __future__ import annotations

from pathlib import Path

from eventsourcing.persistence import PersistenceError

from ledger.clock import real_clock
from ledger.errors import Broken
from ledger.store.database import Database
from ledger.store.pool import LedgerDatastore
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
        from ledger.store.postgres import PostgresRecorder

        return Store(PostgresRecorder(where, None if clock is real_clock else clock))
    return Store(_in_file(where, clock, make=make))


def clock_of(store: Store, clock: Clock) -> Clock:
    """The clock to decide by: where a database server's own clock dates what is recorded, that one."""
    if clock is not real_clock or isinstance(store.recorder, Recorder):
        return clock
    from ledger.store.postgres import PostgresRecorder

    return ServerClock(store.recorder.now) if isinstance(store.recorder, PostgresRecorder) else clock


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
