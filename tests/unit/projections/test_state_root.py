"""The state root: the same for the same rows wherever they lie, another for any others."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    MetaData,
    String,
    Table,
    and_,
    delete,
    insert,
    select,
    update,
)

from api.wiring import House
from ledger.clock import real_clock
from ledger.codec import Recorded, unframe
from ledger.store.opening import open_store
from ledger.trail.export import export
from ledger.trail.tiles import TileFolder
from projections.follow import Folds, Follower
from projections.projection import Put, States
from projections.views import Reading, Views, open_views
from tests.unit.projections.histories import THOROUGH, prepare, told
from tests.unit.projections.machines import machine, told_by

INSERT = "INSERT INTO events (position, stream, version, topic, at, body) VALUES (?,?,?,?,?,?)"
NAMES = pytest.mark.parametrize("name", ["cases", "timeline", "registers", "handovers", "law", "deadlines"])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Three complaints through every stage and standing."""
    ground = prepare(tmp_path_factory.mktemp("ground"))
    with told(ground, Path(tmp_path_factory.mktemp("told")) / "ledger", THOROUGH) as made:
        made.follower.catch_up()
        yield made


def puts_of(house: House, name: str) -> list[Put]:
    """Every row that a projection ever wrote, in the order of writing."""
    folds = Folds(house.store)
    projection = house.views.projections[name]
    return [
        put for recorded in house.store.read_from(0) for put in projection.apply(recorded.position, recorded, folds)
    ]


def test_the_projections_of_this_module_are_all_that_the_house_has(house: House) -> None:
    """A new one must be added to the parameters."""
    # No case of these histories is sanctioned, so the figures have tables without rows; test_figures is about them.
    assert {*NAMES.args[1], "figures"} == set(house.views.projections)


@settings(max_examples=10, deadline=None)
@given(seed=st.randoms(use_true_random=False), size=st.integers(1, 40))
def test_the_order_in_which_rows_were_inserted_does_not_matter(
    house: House, tmp_path_factory: pytest.TempPathFactory, seed: random.Random, size: int
) -> None:
    """Rows that are overwritten later among them, in batches of any size."""
    path = tmp_path_factory.mktemp("shuffled") / "views.db"
    with machine(house, path) as (views, _):
        for name in views.projections:
            last = {(put.table, *_key(house.views, name, put)): put for put in puts_of(house, name)}
            shuffled = [*last.values()]
            seed.shuffle(shuffled)
            early = [put for put in puts_of(house, name) if seed.random() < 0.2]
            batches = [early, *(shuffled[first : first + size] for first in range(0, len(shuffled), size))]
            for position, batch in enumerate(batches):
                views.apply({name: batch}, position, position + 1)
            assert views.root(name) == house.views.root(name)


def _key(views: Views, name: str, put: Put) -> list[Any]:
    table = next(each for each in views.projections[name].tables if each.name == put.table)
    return [put.row[column.name] for column in table.primary_key]


@pytest.mark.parametrize(
    "storage", ["PRAGMA page_size=512", "PRAGMA auto_vacuum=FULL", "PRAGMA encoding='UTF-16'", "PRAGMA page_size=65536"]
)
def test_how_sqlite_stores_the_rows_does_not_matter(house: House, tmp_path: Path, storage: str) -> None:
    """Another machine has another SQLite with other defaults."""
    path = tmp_path / "views.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(storage)
        connection.execute("CREATE TABLE first (only INTEGER)")
        connection.commit()
    with machine(house, path) as (views, follower):
        follower.catch_up()
        assert told_by(views) == told_by(house.views)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")
    with machine(house, path) as (views, _):
        assert told_by(views) == told_by(house.views)


def test_a_machine_that_has_only_the_bundle_comes_to_the_same_roots(house: House, tmp_path: Path) -> None:
    """No vault, no keys, another database: whoever has the same entries gets the same view, byte for byte."""
    size = house.sealer.seal().size
    export(house.trail, tmp_path / "bundle")
    elsewhere = open_store(tmp_path / "elsewhere.db", real_clock)
    with closing(sqlite3.connect(tmp_path / "elsewhere.db")) as connection:
        for raw in TileFolder(tmp_path / "bundle").bundle(0, size):
            entry = unframe(raw)
            row = (entry.position, entry.stream, entry.version, entry.topic, entry.at, entry.body)
            connection.execute(
                "INSERT INTO events (position, stream, version, topic, at, body) VALUES (?,?,?,?,?,?)", row
            )
        connection.commit()
    views = open_views(tmp_path / "views.db", list(reversed(house.views.projections.values())))
    try:
        assert Follower(elsewhere, views).catch_up() == size
        assert told_by(views) == told_by(house.views)
    finally:
        views.close()
        elsewhere.close()


# What changes it


@contextmanager
def undone(reading: Reading, change: Executable) -> Iterator[None]:
    """A change to the rows that nobody else sees and that is taken back."""
    with reading.connection.begin_nested() as savepoint:
        assert reading.connection.execute(change).rowcount == 1
        yield
        savepoint.rollback()


def rows_of(reading: Reading, table: Table) -> list[tuple[Mapping[Any, Any], ColumnElement[bool]]]:
    """Each row, and the condition under which it is found."""
    rows = reading.connection.execute(select(table)).mappings().all()
    return [(row, and_(*(column == row[column.name] for column in table.primary_key))) for row in rows]


def others(column: Column[Any], held: Any) -> Iterator[Any]:
    """Other values than the one that a column holds."""
    if held is not None and column.nullable:
        yield None
    if isinstance(column.type, String):
        yield from (f"{held or ''} ", (held or "").swapcase() + "x")
    else:
        yield not held if isinstance(held, bool) else (held or 0) + 1_000


@NAMES
def test_attack_a_value_was_changed(house: House, name: str) -> None:
    """Any column of the first row and of the last one, keys among them, by any other value."""
    with house.views.read(name) as reading:
        true, tried = reading.root(), 0
        for table in reading.tables.values():
            rows = rows_of(reading, table)
            for (row, found), column in product((rows[0], rows[-1]), table.columns):
                for value in others(column, row[column.name]):
                    with undone(reading, update(table).where(found).values({column: value})):
                        assert reading.root() != true, (column, value)
                    tried += 1
        assert reading.root() == true
        assert tried > 20


@NAMES
def test_attack_a_row_was_removed(house: House, name: str) -> None:
    """Any of them."""
    with house.views.read(name) as reading:
        true = reading.root()
        for table in reading.tables.values():
            for _, found in rows_of(reading, table):
                with undone(reading, delete(table).where(found)):
                    assert reading.root() != true
        assert reading.root() == true


@NAMES
def test_attack_a_row_was_added(house: House, name: str) -> None:
    """A copy of another one under a key of its own."""
    with house.views.read(name) as reading:
        true = reading.root()
        for table in reading.tables.values():
            row, _ = rows_of(reading, table)[0]
            (first, *_) = table.primary_key
            added = {**row, first.name: f"complaint-{'f' * 32}"}
            with undone(reading, insert(table).values(added)):
                assert reading.root() != true


class Twins:
    """A projection of two tables that have the same columns."""

    name = "twins"
    version = 1
    tables = tuple(
        Table(name, MetaData(), Column("key", String, primary_key=True), Column("word", String))
        for name in ("left", "right")
    )

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterator[Put]:
        raise NotImplementedError


def test_attack_a_row_was_moved_to_another_table(tmp_path: Path) -> None:
    """A row is what it is in its table."""
    roots: set[str] = set()
    for rows in (("left a", "left b"), ("left a", "right b"), ("right a", "right b")):
        views = open_views(tmp_path / f"{len(roots)}.db", [Twins()])
        twins = [Put(table, {"key": key, "word": "same"}) for table, key in map(str.split, rows)]
        views.apply({"twins": twins}, 0, 1)
        roots.add(views.root("twins"))
        views.close()
    assert len(roots) == 3
