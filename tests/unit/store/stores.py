"""Small stores for the tests: events whose bodies nobody decodes, and the database as its owner may look at it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from ledger.store.database import Database
from ledger.store.opening import Where
from ledger.store.rows import NewEvent, Ticket, VaultRow
from ledger.store.store import Store
from tests.builders import COMPLAINT

TOPIC = "complaint.status_announced.v1"


def event(version: int = 1, stream: str = COMPLAINT, body: bytes = b"{}") -> NewEvent:
    """One event to append."""
    return NewEvent(stream, version, TOPIC, body)


def events(count: int, stream: str = COMPLAINT, after: int = 0) -> list[NewEvent]:
    """The events of one command."""
    return [event(after + 1 + index, stream) for index in range(count)]


def sealed_value(digit: str = "a") -> VaultRow:
    """One row of the vault; the store does not open the box."""
    return VaultRow(digit * 64, COMPLAINT, "case", b"box " + digit.encode())


def ticket(key: str = "k", command: str = "c") -> Ticket:
    """The ticket of a key and a command, by one letter each."""
    return Ticket(key.encode() * 32, command.encode() * 32)


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as whoever may open it sees it: SQLite's own defaults, none of our settings."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as connection:
        yield connection


def administrator(database: Database) -> psycopg.Connection[Any]:
    """A connection of whoever may do everything on the server."""
    return psycopg.connect(database.url.replace("//writer@", "//postgres@"), autocommit=True)


def at(where: Where) -> str:
    """Where a store is, as another process is told."""
    return where.url if isinstance(where, Database) else str(where)


def tables(where: Where) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the database itself gives them."""
    names = ("events", "vault", "idempotency")
    if isinstance(where, Database):
        with administrator(where) as connection:
            return {name: connection.execute(f"SELECT * FROM netral.{name} ORDER BY 1").fetchall() for name in names}
    with raw(where) as file:
        return {name: file.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}


def places(where: Where) -> list[tuple[int, str, int]]:
    """Position, stream and version of every event, in the trail's order."""
    return [row[:3] for row in tables(where)["events"]]


def record(store: Store, count: int = 1, stream: str = COMPLAINT) -> None:
    """Append one command's events to a stream that was not written before."""
    store.append(events(count, stream), guards=[])
