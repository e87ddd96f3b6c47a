"""A town for each test that records something, and one where K4 was told for those that look or are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from api.chronicles import register
from api.chronicles.play import instant
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from tests.api import k4
from tests.api.window import Desk, Town
from tests.auditor import audit


@pytest.fixture
def town(house: House, clock: SimulatedClock) -> Town:
    """A ledger of the test's own, with the offices in its register."""
    return k4.opened(house, clock)


@dataclass(frozen=True)
class Told:
    """A town in which the whole chronicle was told, and its one complaint."""

    town: Town
    complaint: str

    def __getitem__(self, who: str) -> Desk:
        return self.town[who]

    @property
    def house(self) -> House:
        return self.town.window.house


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """K4, told over HTTP once for all tests that record nothing; that they did not is checked at the end."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        tmp_path_factory.mktemp("told") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        town = k4.opened(house, clock)
        complaint = k4.play(town)
        size = house.store.size()
        yield Told(town, complaint)
        assert house.store.size() == size, "a test recorded something in the ledger that all tests share"
        audit(house)
    finally:
        house.close()
