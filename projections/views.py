"""The engine of the read side: each projection's rows and position in one transaction, rebuilt aside and swapped.

A projection's tables carry its version and a generation in their names; readers use the generation that the catalogue
names, so a rebuild never shows half a table. SQLAlchemy Core only; the same definitions run on SQLite and PostgreSQL.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import sqlite

from ledger.store.database import Database
from ledger.store.opening import Where
from projections.projection import Projection, Put

WRITES: Final = "netral_writes"
"""Marks the transactions that write."""

CATALOGUE = Table(
    "projections",
    MetaData(),
    Column("name", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("next_position", Integer, nullable=False),
)


class Views:
    """The database of the read side; throwing it away costs nothing but time."""

    def __init__(self, engine: Engine, projections: Sequence[Projection]) -> None:
        self._engine = engine
        self._shared = engine.dialect.name == "postgresql"
        levels = {"isolation_level": "READ COMMITTED"} if self._shared else {}
        self._writing = engine.execution_options(**{WRITES: True}, **levels)
        self.projections = {projection.name: projection for projection in projections}
        with self._writing.begin() as connection:
            CATALOGUE.metadata.create_all(connection)
            for projection in projections:
                self._enter(connection, projection)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _enter(self, connection: Connection, projection: Projection) -> None:
        """See that a projection of this version has tables; those of another version are rebuilt from nothing."""
        known = connection.execute(select(CATALOGUE).where(CATALOGUE.c.name == projection.name)).one_or_none()
        if known is not None and known.version == projection.version:
            return
        generation = 1 if known is None else known.generation + 1
        row = {"version": projection.version, "generation": generation, "next_position": 0}
        if known is None:
            connection.execute(insert(CATALOGUE).values(name=projection.name, **row))
        else:
            connection.execute(update(CATALOGUE).where(CATALOGUE.c.name == projection.name).values(**row))
            for table in _physical(projection.tables, known.version, known.generation).values():
                table.drop(connection, checkfirst=True)
        for table in _tables(projection, generation).values():
            table.create(connection, checkfirst=True)

    def _lock(self, connection: Connection, mode: str) -> None:
        """Keep readers and the swap of a rebuild apart where a dropped table is gone for those at work, too.

        Locking a table takes no snapshot: whoever waited for a swap then sees what it brought.
        """
        if self._shared:
            connection.execute(text(f"LOCK TABLE {CATALOGUE.name} IN {mode} MODE"))

    def known(self) -> int:
        """The last position that every projection has applied; -1 before the first."""
        with self._engine.connect() as connection:
            query = select(func.min(CATALOGUE.c.next_position)).where(CATALOGUE.c.name.in_(self.projections))
            return int(connection.execute(query).scalar_one()) - 1

    def stands(self) -> dict[str, int]:
        """The position of the next entry that each projection has not applied yet."""
        query = select(CATALOGUE.c.name, CATALOGUE.c.next_position).where(CATALOGUE.c.name.in_(self.projections))
        with self._engine.connect() as connection:
            found = {str(name): int(position) for name, position in connection.execute(query)}
        return {name: found[name] for name in self.projections}

    def apply(self, puts: Mapping[str, Iterable[Put]], position: int, next_position: int) -> dict[str, int]:
        """Write projections' rows of the batch that begins at a position, and the position after it, all at once.

        Returns where each projection stands then. Nothing of it is written when it stood elsewhere, because another
        follower overtook this one or a rebuild was swapped in: the batch is no longer what comes next.
        """
        own = CATALOGUE.c.name.in_(puts)
        with self._writing.begin() as connection:
            # In one order, so that no two followers hold a row each and wait for the other's.
            rows = connection.execute(select(CATALOGUE).where(own).order_by(CATALOGUE.c.name).with_for_update()).all()
            for row in rows:
                if row.next_position == position:
                    _write(connection, _tables(self.projections[row.name], row.generation), puts[row.name])
            stood = update(CATALOGUE).where(own, CATALOGUE.c.next_position == position)
            connection.execute(stood.values(next_position=next_position))
        return {row.name: next_position if row.next_position == position else int(row.next_position) for row in rows}

    @contextmanager
    def read(self, name: str) -> Iterator[Reading]:
        """One consistent reading of a projection: its tables as they are now, and their position."""
        with self._engine.connect() as connection:
            self._lock(connection, "ACCESS SHARE")
            row = connection.execute(select(CATALOGUE).where(CATALOGUE.c.name == name)).one()
            yield Reading(connection, _tables(self.projections[name], row.generation), row.next_position)

    def root(self, name: str) -> str:
        """The state root: SHA-256 over a projection's canonical rows in the order of their keys' bytes."""
        with self.read(name) as reading:
            return reading.root()

    @contextmanager
    def rebuild(self, name: str) -> Iterator[Rebuild]:
        """Fill new tables aside; leaving without an error swaps them in and drops the old ones."""
        projection = self.projections[name]
        with self._engine.connect() as connection:
            old = _generation(connection, name)
        fresh = _tables(projection, old + 1)
        with self._writing.begin() as connection:
            for table in fresh.values():
                table.drop(connection, checkfirst=True)
                table.create(connection)
        building = Rebuild(self._writing, fresh)
        yield building
        with self._writing.begin() as connection:
            self._lock(connection, "ACCESS EXCLUSIVE")
            connection.execute(
                update(CATALOGUE)
                .where(CATALOGUE.c.name == name)
                .values(version=projection.version, generation=old + 1, next_position=building.next_position)
            )
            for table in _tables(projection, old).values():
                table.drop(connection)


class Reading:
    """A projection's tables during one transaction."""

    def __init__(self, connection: Connection, tables: dict[str, Table], next_position: int) -> None:
        self.connection = connection
        self.tables = tables
        self.next_position = next_position

    def root(self) -> str:
        """The state root of the rows as this transaction sees them."""
        digest = hashlib.sha256()
        for name in sorted(self.tables):
            rows = self.connection.execute(select(self.tables[name])).mappings()
            keys = [column.name for column in self.tables[name].primary_key]
            lines = [
                (_line([row[key] for key in keys]), _line([name, {str(column): held for column, held in row.items()}]))
                for row in rows
            ]
            for _, line in sorted(lines):
                digest.update(line + b"\n")
        return digest.hexdigest()


class Rebuild:
    """Tables that nobody reads yet."""

    def __init__(self, engine: Engine, tables: dict[str, Table]) -> None:
        self._engine = engine
        self._tables = tables
        self.next_position = 0

    def apply(self, puts: Iterable[Put], next_position: int) -> None:
        """Write a batch's rows."""
        with self._engine.begin() as connection:
            _write(connection, self._tables, puts)
        self.next_position = next_position

    def root(self) -> str:
        """The state root of what is built so far."""
        with self._engine.connect() as connection:
            return Reading(connection, self._tables, self.next_position).root()


def _line(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _generation(connection: Connection, name: str) -> int:
    return int(connection.execute(select(CATALOGUE.c.generation).where(CATALOGUE.c.name == name)).scalar_one())


def _tables(projection: Projection, generation: int) -> dict[str, Table]:
    return _physical(projection.tables, projection.version, generation)


@lru_cache(maxsize=64)
def _physical(tables: tuple[Table, ...], version: int, generation: int) -> dict[str, Table]:
    """The tables of a generation; kept, because SQLAlchemy keeps what it compiled by the table."""
    metadata = MetaData()
    return {table.name: table.to_metadata(metadata, name=f"{table.name}_v{version}_g{generation}") for table in tables}


def _write(connection: Connection, tables: dict[str, Table], puts: Iterable[Put]) -> None:
    """Upsert rows; of several for one key in a batch, the last one stands."""
    keys = {name: [column.name for column in table.primary_key] for name, table in tables.items()}
    latest: dict[str, dict[tuple[Any, ...], Put]] = {}
    for put in puts:
        latest.setdefault(put.table, {})[tuple([put.row[key] for key in keys[put.table]])] = put
    for name, rows in latest.items():
        statement = _upsert(tables[name], connection.dialect.name)
        connection.execute(statement, [dict(put.row) for put in rows.values()])


@lru_cache(maxsize=256)
def _upsert(table: Table, dialect: str) -> Insert:
    """The statement that inserts a row or replaces the one with its key; kept, because building it takes longer than
    running it."""
    statement = _insert_of(dialect)(table)
    keys = [column.name for column in table.primary_key]
    others = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    made: Insert = statement.on_conflict_do_update(index_elements=keys, set_=others)
    return made


def _insert_of(dialect: str) -> Any:
    """The database's own insertion, which knows what to do where a row with the key is there."""
    if dialect != "postgresql":
        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert


def open_views(where: Where, projections: Sequence[Projection]) -> Views:
    """The read side in a SQLite file of its own, made if it is new, or in a PostgreSQL database."""
    if isinstance(where, Database):
        from ledger.store.postgres_pool import connect

        # A reading sees one state; what writes reads the newest, under a lock.
        return Views(
            create_engine(
                "postgresql+psycopg://",
                creator=lambda: connect(where, autocommit=False),
                isolation_level="REPEATABLE READ",
            ),
            projections,
        )
    return _in_file(where, projections)


def _in_file(path: Path, projections: Sequence[Projection]) -> Views:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin at the first write, so that two reads of one could see two states.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        # The read side can be rebuilt at any time: a power cut may cost it its last rows, never the ledger's.
        connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail when another wrote in between; this one waits.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Views(engine, projections)
