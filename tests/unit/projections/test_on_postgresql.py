"""Projections with PostgreSQL behind them, in front of them, and both: the same rows and roots as with SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import Event

import pytest

from api.chronicles.register import Register
from api.wiring import PROJECTIONS, House
from ledger.clock import SimulatedClock
from ledger.store.database import Database
from ledger.store.opening import Where, open_store
from ledger.store.store import Store
from projections.follow import Follower
from projections.views import Views, open_views
from tests.postgres import Databases
from tests.scribes import Scribe, record_k4


@pytest.fixture
def told(house: House, scribe: Scribe, offices: Register) -> House:
    """A ledger with a chronicle, projected in its own folder."""
    record_k4(scribe, offices)
    house.follower.catch_up()
    return house


@pytest.fixture
def views_database(databases: Databases) -> Iterator[Database]:
    """A database for views alone, which their owner makes tables in."""
    name = databases.new("template1")
    yield Database(databases.server.url("owner", name))
    databases.drop(name)


@pytest.fixture(params=["store", "views", "both"])
def apart(
    request: pytest.FixtureRequest, told: House, database: Database, views_database: Database, clock: SimulatedClock
) -> Iterator[tuple[Store, Views]]:
    """The same entries in a store, and empty views, one of the two or both on PostgreSQL."""
    entries: Where = told.folder / "again.db" if request.param == "views" else database
    shown: Where = told.folder / "again-views.db" if request.param == "store" else views_database
    with ExitStack() as opened:
        store = opened.enter_context(closing(open_store(entries, clock)))
        store.put_back(told.store.rows_from(0, 10_000))
        yield store, opened.enter_context(closing(open_views(shown, PROJECTIONS)))


def roots(views: Views) -> dict[str, str]:
    return {name: views.root(name) for name in views.projections}


def test_every_projection_has_the_root_that_it_has_on_sqlite(told: House, apart: tuple[Store, Views]) -> None:
    """Live, built again, and after a start: the same position gives the same root on either database."""
    store, views = apart
    follower = Follower(store, views)
    for stop in range(5, store.size(), 7):
        follower.catch_up(stop)
    assert follower.catch_up() == told.store.size()
    assert roots(views) == roots(told.views)
    assert {name: follower.rebuild(name) for name in views.projections} == roots(told.views)
    assert roots(views) == roots(told.views)
    assert Follower(store, views).catch_up() == told.store.size()


def test_readers_meet_no_half_table_while_a_projection_is_built_again(told: House, views_database: Database) -> None:
    """Every reading finds its tables, and what it reads is one state, whatever is swapped meanwhile."""
    views = open_views(views_database, PROJECTIONS)
    follower = Follower(told.store, views)
    follower.catch_up()
    expected, done = roots(told.views)["cases"], Event()

    def read() -> int:
        readings = 0
        while not done.is_set():
            assert views.root("cases") == expected
            readings += 1
        return readings

    with ThreadPoolExecutor(3) as threads:
        readers = [threads.submit(read) for _ in range(3)]
        try:
            for _ in range(8):
                follower.rebuild("cases")
        finally:
            done.set()
        assert all(reader.result(20) > 0 for reader in readers)
    views.close()


def test_two_followers_of_one_read_side_apply_each_batch_once(told: House, views_database: Database) -> None:
    """Two processes may project into one database: who comes second finds the batch applied."""
    views = [open_views(views_database, PROJECTIONS) for _ in range(2)]
    followers = [Follower(told.store, each) for each in views]
    with ThreadPoolExecutor(2) as threads:
        for _ in range(5):
            list(threads.map(lambda each: each.catch_up(), followers))
    assert roots(views[0]) == roots(views[1]) == roots(told.views)
    for each in views:
        each.close()
