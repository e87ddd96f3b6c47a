"""A store of one's own, in a file or a database of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.clock import SimulatedClock
from ledger.store.opening import Where, open_store
from ledger.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store's file is, for what is about SQLite alone."""
    return tmp_path / "ledger.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest) -> Where:
    """Where the store is, on each database."""
    found: Where = request.getfixturevalue("path" if request.param == "sqlite" else "database")
    return found


@pytest.fixture
def store(where: Where, clock: SimulatedClock) -> Iterator[Store]:
    """An empty store on each database."""
    made = open_store(where, clock)
    yield made
    made.close()


@pytest.fixture
def filed(path: Path, clock: SimulatedClock) -> Iterator[Store]:
    """An empty store in a SQLite file."""
    made = open_store(path, clock)
    yield made
    made.close()
