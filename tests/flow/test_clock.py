"""The machine's clock and the trail's last instant: commands are decided at the instant at which they are recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from api.chronicles.play import instant
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.complaint.commands import FileComplaint
from ledger.errors import ClockBehind, Refused
from ledger.shape import instant_text
from tests.builders import NOON, at
from tests.flow.asking import Jambi
from tests.unit.store.stores import tables


@pytest.mark.parametrize("midnight", ["2024-07-08T15:00:00", "2024-07-08T16:00:00", "2024-07-08T17:00:00"])
def test_a_clock_that_was_put_back_over_midnight_by_some_seconds_goes_on(
    jambi: Jambi, clock: SimulatedClock, midnight: str
) -> None:
    """The trail is on the new day, and what is decided now is recorded on it: no command waits for the clock."""
    turn = instant(midnight)
    clock.now = turn + timedelta(seconds=10)
    complaint = jambi.filed()
    clock.now = turn - timedelta(seconds=10)
    assert jambi.ask(jambi.naming(complaint)).entries[0].at == instant_text(turn + timedelta(seconds=10))


def test_an_act_is_compared_with_the_instant_of_its_recording(jambi: Jambi, clock: SimulatedClock) -> None:
    """What happened before its recording is not in the future, though the clock has not come to it again."""
    jambi.filed()
    clock.now = NOON - timedelta(seconds=30)

    def received(instant: str) -> FileComplaint:
        return replace(jambi.filing(), act=at(instant, jambi.offices.bawaslu_jambi))

    assert jambi.ask(received("2024-07-08T04:59:45")).entries[0].at == instant_text(NOON)
    with pytest.raises(Refused, match="lies after its recording"):
        jambi.ask(received("2024-07-08T05:00:01"))


def test_a_clock_far_behind_refuses_and_writes_nothing(house: House, jambi: Jambi, clock: SimulatedClock) -> None:
    """Not even the key: set right, the same submission is recorded."""
    jambi.filed()
    before = tables(house.folder / "ledger.db")
    clock.now = NOON - timedelta(seconds=61)
    with pytest.raises(ClockBehind, match="set the clock right"):
        jambi.ask(jambi.filing(), key="k")
    assert tables(house.folder / "ledger.db") == before
    clock.now = NOON
    assert not jambi.ask(jambi.filing(), key="k").replayed
