"""A primary with a standby: the primary dies under load, and the service goes on with the other, or refuses to."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from api.chronicles import register
from api.recovering import recover
from api.wiring import House, create_house, open_house
from ledger.clock import SimulatedClock
from ledger.errors import Broken, Busy, Conflict, Diverged
from ledger.itself.facts import ClockKind
from ledger.registrar import Receipt
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.trail.merkle import leaf_hash
from tests.auditor import audit
from tests.builders import NOON
from tests.flow.asking import Jambi
from tests.flow.writer import leaves, register_of
from tests.postgres import TEMPLATE, Server, populate
from tests.scribes import Scribe, record_register

SOON = 60
CAUGHT_UP = "SELECT CASE WHEN replay_lsn >= pg_current_wal_lsn() THEN 'yes' END FROM pg_stat_replication"


@dataclass(frozen=True)
class Pair:
    """A primary and a standby that follows it."""

    primary: Server
    standby: Server

    def url(self) -> Database:
        """Both, and whichever of them takes writes: nobody has to be told who that is."""
        hosts = quote(f"{self.primary.folder},{self.standby.folder}", safe="")
        return Database(f"postgresql://writer@/{TEMPLATE}?host={hosts}&target_session_attrs=read-write")

    def prompt(self, server: Server) -> psycopg.Connection[Any]:
        return psycopg.connect(server.url("postgres", "postgres"), autocommit=True)

    def wait_for(self, statement: str, value: str) -> None:
        """Until the primary says so."""
        end = time.monotonic() + SOON
        with self.prompt(self.primary) as prompt:
            while prompt.execute(statement.encode()).fetchone() != (value,):
                assert time.monotonic() < end, statement
                time.sleep(0.02)

    def synchronous(self) -> None:
        """From now on nothing is acknowledged that the standby has not on its disk."""
        with self.prompt(self.primary) as prompt:
            prompt.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            prompt.execute("SELECT pg_reload_conf()")
        self.wait_for("SELECT sync_state FROM pg_stat_replication", "sync")

    def fail_over(self) -> None:
        """The primary's machine is gone; the standby is promoted."""
        self.primary.stop(signal.SIGKILL)
        with self.prompt(self.standby) as prompt:
            assert prompt.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)


@pytest.fixture
def pair() -> Iterator[Pair]:
    with ExitStack() as stack:
        primary = Server.made()
        stack.callback(primary.discard)
        primary.start()
        populate(primary)
        standby = primary.standby()
        stack.callback(standby.discard)
        standby.start()
        made = Pair(primary, standby)
        made.wait_for("SELECT state FROM pg_stat_replication", "streaming")
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


def opened_new(folder: Path, database: Database) -> House:
    house = create_house(
        folder,
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=SimulatedClock(NOON),
        database=database,
    )
    record_register(Scribe(house.registrar, SimulatedClock(NOON), house.stream))
    return house


def again(folder: Path, database: Database) -> House:
    return open_house(folder, clock=SimulatedClock(NOON), database=database)


class Load:
    """Clients that file cases until they are told to stop; each asks again with its key until it has a receipt."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._jambi = Jambi(house.registrar, register_of(house))
        self._numbers = count()
        self._stop = threading.Event()
        self.receipts: list[Receipt] = []

    def stop(self) -> None:
        self._stop.set()

    def file(self) -> None:
        """One client."""
        while not self._stop.is_set():
            key, filing = f"case.{next(self._numbers)}", self._jambi.filing()
            end = time.monotonic() + SOON
            while True:
                try:
                    self.receipts.append(self._jambi.ask(filing, key=key))
                    break
                except (Busy, Broken, Conflict):
                    assert time.monotonic() < end
                    time.sleep(0.05)

    def seal(self) -> None:
        """What the service does beside: it seals what was recorded, and waits while the database is away."""
        while not self._stop.is_set():
            try:
                self._house.sealer.seal()
            except Diverged:
                raise
            except (Busy, Broken):
                pass
            time.sleep(0.05)

    def until(self, many: int) -> None:
        """Wait for so many receipts."""
        end = time.monotonic() + 2 * SOON
        while len(self.receipts) < many:
            assert time.monotonic() < end
            time.sleep(0.02)


@pytest.mark.parametrize("attempt", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in range(1, 10))])
def test_every_acknowledged_fact_survives_the_primary(pair: Pair, folder: Path, attempt: int) -> None:
    """Killed under load, the standby promoted, the same service going on: no fact lost, no fork, one trail."""
    del attempt
    pair.synchronous()
    with closing(opened_new(folder, pair.url())) as house, ThreadPoolExecutor(5) as threads:
        load = Load(house)
        running = [*(threads.submit(load.file) for _ in range(4)), threads.submit(load.seal)]
        try:
            load.until(40)
            pair.fail_over()
            load.until(len(load.receipts) + 30)
        finally:
            load.stop()
        for each in running:
            each.result(2 * SOON)
        house.sealer.seal()
    with closing(again(folder, pair.url())) as house:
        every = [leaf_hash(entry).hex() for entry in house.store.entries(0, house.store.size())]
        for receipt in load.receipts:
            assert every[receipt.first : receipt.last + 1] == leaves(receipt), "an acknowledged fact is lost"
        assert len({receipt.first for receipt in load.receipts}) == len(load.receipts)
        assert house.follower.catch_up() == len(every)
        audit(house)


def test_a_standby_that_lost_the_tail_is_refused_and_the_tail_is_put_back(pair: Pair, folder: Path) -> None:
    """It followed too late: what the lock store has sealed is not there, and going on would make a second history."""
    with closing(opened_new(folder, pair.url())) as house:
        house.sealer.seal()
        pair.wait_for(CAUGHT_UP, "yes")
        pair.standby.stop()
        jambi = Jambi(house.registrar, register_of(house))
        for number in range(5):
            jambi.ask(jambi.filing(), key=f"late.{number}")
        sealed = house.sealer.seal()
    pair.primary.stop(signal.SIGKILL)
    pair.standby.start()
    with pair.prompt(pair.standby) as prompt:
        assert prompt.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)
    with pytest.raises(Diverged, match=str(sealed.size)):
        again(folder, pair.url())
    assert recover(folder, None, SimulatedClock(NOON), pair.url()).last == sealed.size
    with closing(again(folder, pair.url())) as house:
        jambi = Jambi(house.registrar, register_of(house))
        jambi.ask(jambi.filing(), key="after")
        audit(house)


def test_a_standby_is_read_and_never_written(pair: Pair, folder: Path) -> None:
    """Projections and trail are read there by polling; what would record is told to go to the primary."""
    with closing(opened_new(folder, pair.url())) as house:
        size = house.store.size()
        reading = Database(pair.standby.url("reader", TEMPLATE))
        pair.wait_for(CAUGHT_UP, "yes")
        with closing(open_store(reading, house.clock, make=False)) as store, store.changes() as changed:
            assert list(store.entries(0, size)) == list(house.store.entries(0, size))
            seen = changed()
            jambi = Jambi(house.registrar, register_of(house))
            jambi.ask(jambi.filing(), key="one")
            end = time.monotonic() + SOON
            while changed() == seen:
                assert time.monotonic() < end
                time.sleep(0.01)
        writing = Database(pair.standby.url("writer", TEMPLATE))
        with closing(open_store(writing, house.clock)) as store, pytest.raises(Broken, match="standby"):
            store.put_back(house.store.rows_from(0, 1))
