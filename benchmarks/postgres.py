"""Appending on PostgreSQL: whole commands against the library's recorder, a bare INSERT, and an audit table by trigger.

The server is one of its own, as the tests bring it: found on the machine, else from a wheel.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from benchmarks import stock
from benchmarks.commands import BODY, TOPIC, append, whole_command
from benchmarks.measuring import Row, in_threads, rates
from ledger.clock import real_clock
from ledger.store.opening import open_store
from ledger.store.postgres_pool import Database
from tests import postgres as own

BARE = """
CREATE TABLE bare (position bigserial PRIMARY KEY, stream text NOT NULL, version bigint NOT NULL, topic text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(), body bytea NOT NULL, UNIQUE (stream, version));
CREATE TABLE complaints (id text PRIMARY KEY, body bytea NOT NULL);
CREATE TABLE audit (id bigserial PRIMARY KEY, at timestamptz NOT NULL, by text NOT NULL, what text NOT NULL, row jsonb);
CREATE FUNCTION audited() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO audit (at, by, what, row) VALUES (now(), current_user, TG_OP, to_jsonb(NEW)); RETURN NEW; END $$;
CREATE TRIGGER audited AFTER INSERT OR UPDATE ON complaints FOR EACH ROW EXECUTE FUNCTION audited();
"""


def appends(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Sixteen threads and one; synchronous_commit=on everywhere."""
    del folder
    with on_disk() as databases:
        server = databases.server
        store = open_store(Database(server.url("writer", databases.new())), real_clock)
        peer = databases.new()
        recorder = _stock(server.url("owner", peer))
        with psycopg.connect(server.url("owner", peer), autocommit=True) as connection:
            connection.execute(BARE)
        raw = _Raw(server.url("owner", peer))
        repeats = 20 if quick else 80
        for threads, each in ((16, 10), (1, 20)):
            ours, theirs, bare, audited = rates(
                repeats,
                in_threads(threads, each, lambda one: append(store, one), whole_command),
                in_threads(threads, each, lambda one: recorder.insert_events([one]), stock.event),
                in_threads(threads, each, raw.insert, lambda: f"complaint-{uuid4().hex}"),
                in_threads(threads, each, raw.audited, lambda: uuid4().hex),
            )
            named = f"PostgreSQL append, whole command, {threads} thread{'s' if threads > 1 else ''}"
            yield Row(f"{named}: stock recorder", ours, theirs, 5.0 if threads > 1 else 1.5)
            yield Row(f"{named}: raw autocommit INSERT", ours, bare, 1.0 if threads > 1 else None)
            yield Row(f"{named}: audit table by trigger", ours, audited, None)
        recorder.datastore.close()
        raw.close()
        store.close()


@contextmanager
def on_disk() -> Iterator[own.Databases]:
    """A server whose files lie on the disk: the tests keep theirs in memory, where a commit costs nothing."""
    own.ROOM = sys.maxsize
    server = own.Server.made()
    try:
        server.start()
        own.populate(server)
        yield own.Databases(server)
    finally:
        server.discard()


def _stock(url: str) -> PostgresApplicationRecorder:
    told = psycopg.conninfo.conninfo_to_dict(url)
    datastore = PostgresDatastore(
        dbname=str(told["dbname"]),
        host=str(told["host"]),
        port=str(told.get("port", 5432)),
        user=str(told["user"]),
        password=str(told.get("password", "")),
        pool_size=16,
        max_overflow=4,
    )
    made = PostgresApplicationRecorder(datastore, events_table_name="stock_events")
    made.create_table()
    return made


class _Raw:
    """The driver alone, a connection for each thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._own = threading.local()
        self._made: list[psycopg.Connection] = []

    def insert(self, stream: str) -> None:
        """One event row, one commit."""
        self._connection().execute(
            "INSERT INTO bare (stream, version, topic, body) VALUES (%s,%s,%s,%s)",
            (stream, 1, TOPIC, BODY),
        )

    def audited(self, key: str) -> None:
        """One row of a table whose trigger writes what happened."""
        self._connection().execute("INSERT INTO complaints (id, body) VALUES (%s,%s)", (key, BODY))

    def _connection(self) -> psycopg.Connection:
        if not hasattr(self._own, "connection"):
            self._own.connection = psycopg.connect(self._url, autocommit=True)
            self._made.append(self._own.connection)
        made: psycopg.Connection = self._own.connection
        return made

    def close(self) -> None:
        """Close what was opened."""
        for each in self._made:
            each.close()
