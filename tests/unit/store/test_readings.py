"""What was read of a stream is kept and read on from there, and never answers without asking what is new."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from api.wiring import House, open_house
from ledger.carried import handles_in
from ledger.clock import SimulatedClock
from ledger.concepts import evolved
from ledger.readings import Loaded, Readings
from ledger.values import Person, StreamId
from tests.builders import NOON, stream
from tests.flow.asking import Jambi
from tests.flow.writer import register_of

pytestmark = pytest.mark.usefixtures("offices")


def read_anew(house: House, name: StreamId) -> Loaded:
    """A stream as whoever never read it sees it."""
    history = house.store.history(name)
    return Loaded(evolved(name.partition("-")[0], history), tuple(history), handles_in(history))


@pytest.fixture
def jambi(house: House, clock: SimulatedClock) -> Jambi:
    """Somebody who records."""
    clock.now = NOON
    return Jambi(house.registrar, register_of(house))


def test_what_is_recorded_after_a_reading_is_in_the_next_one(house: House, jambi: Jambi) -> None:
    readings = Readings(house.store)
    complaint = jambi.ask(jambi.filing()).entries[0].stream
    assert readings.load(complaint) == read_anew(house, complaint)
    jambi.ask(jambi.naming(complaint))
    assert readings.load(complaint) == read_anew(house, complaint)
    assert readings.load(complaint).version == 2


def test_what_another_process_recorded_is_in_the_next_one(house: House, jambi: Jambi, clock: SimulatedClock) -> None:
    """Also in the registrar's own: it decides on nothing that others have overtaken."""
    complaint = jambi.ask(jambi.filing()).entries[0].stream
    with closing(open_house(house.folder, clock=clock)) as other:
        Jambi(other.registrar, jambi.offices).ask(jambi.naming(complaint))
    assert house.registrar.load(complaint) == read_anew(house, complaint)
    jambi.ask(jambi.accusation(complaint))


def test_a_stream_that_never_began_is_read_as_such(house: House) -> None:
    assert Readings(house.store).load(stream("complaint", "9")).version == 0


def test_only_so_many_facts_are_kept_and_the_rest_is_read_again(house: House, jambi: Jambi) -> None:
    """Memory stays flat, however many cases there are; what was asked for last stays."""
    readings = Readings(house.store, most=3)
    streams = [jambi.ask(jambi.filing()).entries[0].stream for _ in range(6)]
    for each in (*streams, *reversed(streams)):
        assert readings.load(each) == read_anew(house, each)
        assert sum(len(loaded.history) for loaded in readings._kept.values()) == readings._facts <= 3
    assert list(readings._kept) == [streams[2], streams[1], streams[0]]


def test_threads_that_read_one_stream_at_once_are_never_wrong(house: House, jambi: Jambi) -> None:
    """Nobody is given less than was there before they asked."""
    readings = Readings(house.store)
    complaint = jambi.ask(jambi.filing()).entries[0].stream

    def read(_: int) -> bool:
        before = house.store.history(complaint)[-1].version
        return readings.load(complaint).version >= before

    with ThreadPoolExecutor(4) as threads:
        told = threads.map(read, range(200))
        for _ in range(20):
            jambi.ask(replace(jambi.naming(complaint), respondent=Person("r")))
        assert all(told)
    assert readings.load(complaint) == read_anew(house, complaint)
