"""A store of one's own in a file of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.clock import SimulatedClock
from ledger.store.opening import open_store
from ledger.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's file is."""
    return tmp_path / "ledger.db"


@pytest.fixture
def store(path: Path, clock: SimulatedClock) -> Iterator[Store]:
    """An empty store."""
    made = open_store(path, clock)
    yield made
    made.close()
