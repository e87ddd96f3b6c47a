"""What many tests need: a ledger of their own in a folder of their own, audited when the test ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.chronicles import register
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from ledger.store.database import Database
from tests.auditor import audit
from tests.postgres import Databases, kept
from tests.scribes import Scribe, record_register


def pytest_collection_finish() -> None:
    """What was imported lives until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def clock() -> SimulatedClock:
    """A clock that stands where a test puts it."""
    return SimulatedClock(instant("2024-05-02T01:00:00"))


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The tests' own PostgreSQL server, started for the first test that needs one."""
    with kept() as made:
        yield made


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A PostgreSQL database of one's own, migrated and empty, as its writer reaches it."""
    name = databases.new()
    yield Database(databases.server.url("writer", name))
    databases.drop(name)


@pytest.fixture
def house(tmp_path: Path, clock: SimulatedClock) -> Iterator[House]:
    """A new ledger; whatever the test recorded must satisfy the auditor."""
    made = create_house(
        tmp_path / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        yield made
        audit(made)
    finally:
        made.close()


@pytest.fixture
def scribe(house: House, clock: SimulatedClock) -> Scribe:
    """Records what the chronicles tell, and keeps silent."""
    return Scribe(house.registrar, clock, house.stream)


@pytest.fixture
def offices(scribe: Scribe) -> Register:
    """The offices and the election of the chronicles, in the register."""
    return record_register(scribe)
