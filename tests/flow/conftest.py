"""What the flows share: an office at its desk, and another process's way into the same ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.chronicles.register import Register
from api.wiring import House, open_house
from ledger.clock import SimulatedClock
from tests.builders import NOON
from tests.flow.asking import Jambi


@pytest.fixture
def jambi(house: House, offices: Register, clock: SimulatedClock) -> Jambi:
    """Bawaslu Kota Jambi, after the acts that it records."""
    clock.now = NOON
    return Jambi(house.registrar, offices)


@pytest.fixture
def neighbour(house: House, jambi: Jambi) -> Iterator[Jambi]:
    """The same office at a second writer: the same files, but connections, transactions and locks of its own."""
    other = open_house(house.folder, clock=house.clock)
    yield jambi.through(other.registrar)
    other.close()
