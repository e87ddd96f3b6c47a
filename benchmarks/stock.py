"""The peers: the event store library as it comes, and the driver of the database alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteConnection, SQLiteDatastore

from benchmarks.commands import BODY, TOPIC


def full(datastore: SQLiteDatastore) -> SQLiteDatastore:
    """The library's datastore with durable commits, which is not how it comes."""
    make = datastore.pool._create_connection

    def durable() -> SQLiteConnection:
        connection = make()
        connection._sqlite_conn.execute("PRAGMA synchronous=FULL")
        return connection

    datastore.pool._create_connection = durable  # type: ignore[method-assign]
    return datastore


def recorder(path: Path) -> SQLiteApplicationRecorder:
    """The library's recorder on a file of its own."""
    made = SQLiteApplicationRecorder(full(SQLiteDatastore(str(path), lock_timeout=30, pool_timeout=30)))
    made.create_table()
    return made


def event() -> StoredEvent:
    """An event as large as ours, in a stream of its own."""
    return StoredEvent(uuid4(), 1, TOPIC, BODY)


class Raw:
    """The driver alone: a table of events, each INSERT its own commit."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            CREATE,
        ):
            self.connection.execute(statement)

    def row(self) -> tuple[Any, ...]:
        """An event row without its position."""
        return (f"complaint-{uuid4().hex}", 1, TOPIC, "2024-10-02T00:00:00Z", BODY)

    def insert(self, row: tuple[Any, ...]) -> None:
        """One row, one commit."""
        self.connection.execute(INSERT, row)

    def insert_many(self, rows: list[tuple[Any, ...]]) -> None:
        """All of them in one transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(INSERT, rows)
        self.connection.execute("COMMIT")


INSERT = "INSERT INTO events (stream, version, topic, at, body) VALUES (?,?,?,?,?)"
CREATE = """CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL,
    topic TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (stream, version))"""
