"""A whole ledger's rows from one database into another, an empty one: every byte, in one transaction on each side."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import psycopg

from ledger.clock import real_clock
from ledger.codec import Entry, frame
from ledger.errors import Broken, Invalid
from ledger.store.database import Database
from ledger.store.migrating import require_current
from ledger.store.opening import Where, open_store
from ledger.store.postgres import LOCK
from ledger.store.postgres_pool import connect, said

COLUMNS: Final = {
    "events": ("position", "stream", "version", "topic", "at", "body"),
    "vault": ("commitment", "stream", "of", "box"),
    "idempotency": ("scope", "fingerprint", "first", "last"),
}
"""The tables in the order in which they are copied; each is read in the order of its first column."""
BATCH: Final = 5_000
Rows = Iterable[tuple[Any, ...]]
Read = Callable[[str], Rows]
Write = Callable[[str, Rows], None]


def transfer(source: Where, target: Where, passing: Callable[[bytes], None] = lambda _: None) -> dict[str, int]:
    """Copy every row, and read the copy again; returns how many there are in each table.

    `passing` is told of each row that is read from the source: a framed entry, or no bytes for another row.
    Errors: Invalid for a target that is not empty, Broken when the copy is not what was read, or when a database fails;
    the target is then as it was.
    """
    taken = {table: Tally() for table in COLUMNS}
    with reading(source) as read, writing(target) as write:
        for table in COLUMNS:
            write(table, _told(table, read(table), taken[table], passing))
    with reading(target) as read:
        for table in COLUMNS:
            given = Tally()
            for row in read(table):
                given.add(row)
            if given.digest() != taken[table].digest():
                raise Broken(f"the copy of {table} is not what was read: use it for nothing, and look at both disks")
    return {table: each.count for table, each in taken.items()}


class Tally:
    """How many rows, and a digest over them: equal on two databases when every value is."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, row: tuple[Any, ...]) -> None:
        """One more row."""
        self.count += 1
        for value in row:
            held = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            self._hash.update(b"%d:%d:" % (isinstance(value, bytes), len(held)) + held)

    def digest(self) -> str:
        """Over all rows so far."""
        return self._hash.hexdigest()


def _told(table: str, rows: Rows, tally: Tally, passing: Callable[[bytes], None]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        tally.add(row)
        passing(frame(Entry(*row)) if table == "events" else b"")
        yield row


def rows_in(where: Where) -> int:
    """How many rows there are to copy."""
    with reading(where) as read:
        return sum(1 for table in COLUMNS for _ in read(table))


@contextmanager
def reading(where: Where) -> Iterator[Read]:
    """Reads tables in one transaction, each in the order of its first column."""
    if isinstance(where, Database):
        with connect(where) as connection, _by_name():
            require_current(connection)
            connection.autocommit = False
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield lambda table: _on_server(connection, table)
        return
    if not where.is_file():
        raise Invalid("FROM", f"there is no {where.name} in {where.parent}")
    uri = f"{where.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as file, _by_name():
        file.execute("BEGIN")
        yield lambda table: file.execute(_select(table, ""))


def _on_server(connection: psycopg.Connection[Any], table: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor(f"netral_{table}", binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute(_select(table, "netral.").encode())
        yield from cursor


def _select(table: str, schema: str) -> str:
    columns = COLUMNS[table]
    return f"SELECT {', '.join(columns)} FROM {schema}{table} ORDER BY {columns[0]}"  # noqa: S608 (constants)


@contextmanager
def writing(where: Where) -> Iterator[Write]:
    """Writes tables of an empty ledger in one transaction; an error leaves nothing behind."""
    if isinstance(where, Database):
        with connect(where) as connection, _by_name():
            require_current(connection)
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                for table in COLUMNS:
                    if connection.execute(f"SELECT FROM netral.{table} LIMIT 1").fetchone() is not None:
                        raise Invalid("TO", "the database is not empty: a ledger is copied into an empty one")
                yield lambda table, rows: _copied_in(connection, table, rows)
        return
    if where.exists():
        raise Invalid("TO", f"{where} exists: a ledger is copied into a file that is new")
    where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = where.with_name(f"{where.name}.copying")
    aside.unlink(missing_ok=True)
    try:
        open_store(aside, real_clock).close()
        with closing(sqlite3.connect(aside, isolation_level=None)) as file, _by_name():
            file.execute("PRAGMA synchronous=FULL")
            file.execute("BEGIN IMMEDIATE")
            yield lambda table, rows: _inserted(file, table, rows)
            file.execute("COMMIT")
        aside.chmod(0o600)
        aside.replace(where)
    finally:
        for each in where.parent.glob(f"{aside.name}*"):
            each.unlink()


def _copied_in(connection: psycopg.Connection[Any], table: str, rows: Rows) -> None:
    every = iter(rows)
    statement = f"COPY netral.{table} ({', '.join(COLUMNS[table])}) FROM STDIN (FORMAT BINARY)"
    kinds = ["bytea" if each in ("body", "box", "scope", "fingerprint") else "text" for each in COLUMNS[table]]
    numbers = ("position", "version", "first", "last")
    kinds = ["int8" if each in numbers else kind for each, kind in zip(COLUMNS[table], kinds, strict=True)]
    while batch := list(islice(every, BATCH)):
        with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            copy.set_types(kinds)
            for row in batch:
                copy.write_row(row)


def _inserted(file: sqlite3.Connection, table: str, rows: Rows) -> None:
    columns = COLUMNS[table]
    file.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)  # noqa: S608


@contextmanager
def _by_name() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, psycopg.Error) as error:
        words = said(error) if isinstance(error, psycopg.Error) else str(error)
        raise Broken(f"the ledger could not be copied: {words}") from error


def file_of(path: Path, name: str) -> Path:
    """A ledger's file, named itself or by its folder."""
    return path if path.suffix == ".db" else path / name
