"""What was read of a stream is kept and read on from there, and never answers without asking what is new."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from api.wiring import House, open_house
from ledger.carried import handles_in
from ledger.clock import SimulatedClock
from ledger.codec import Recorded
from ledger.concepts import evolved
from ledger.readings import Loaded, Readings
from ledger.store.store import Store
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


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[StreamId]:
    """The streams whose history was asked for, by anybody."""
    streams: list[StreamId] = []
    history = Store.history

    def counted(store: Store, stream: StreamId, *, after: int = 0, upto: int | None = None) -> list[Recorded]:
        streams.append(stream)
        return history(store, stream, after=after, upto=upto)

    monkeypatch.setattr(Store, "history", counted)
    return streams


def test_after_a_look_only_streams_in_which_something_happened_are_asked_for(
    house: House, jambi: Jambi, asked: list[StreamId]
) -> None:
    """And the look tells the instant of the last entry, which every command needs."""
    readings = Readings(house.store)
    quiet, busy = (jambi.ask(jambi.filing()).entries[0].stream for _ in range(2))
    readings.look()
    for each in (quiet, busy):
        readings.load(each, looked=True)
    jambi.ask(jambi.naming(busy))
    asked.clear()
    assert readings.look() == house.store.last_at()
    loaded = {each: readings.load(each, looked=True) for each in (quiet, busy, quiet, busy)}
    assert asked == [busy]
    assert loaded == {each: read_anew(house, each) for each in (quiet, busy)}


def test_a_look_finds_what_another_process_recorded(house: House, jambi: Jambi, clock: SimulatedClock) -> None:
    """A decision never rests on what stood before the command came."""
    readings = Readings(house.store)
    complaint = jambi.ask(jambi.filing()).entries[0].stream
    readings.look()
    readings.load(complaint, looked=True)
    with closing(open_house(house.folder, clock=clock)) as other:
        Jambi(other.registrar, jambi.offices).ask(jambi.naming(complaint))
    readings.look()
    assert readings.load(complaint, looked=True) == read_anew(house, complaint)


def test_what_is_too_much_for_one_look_is_asked_for_stream_by_stream(
    house: House, jambi: Jambi, monkeypatch: pytest.MonkeyPatch, asked: list[StreamId]
) -> None:
    """As after an import by another process: every stream once, and then no more."""
    monkeypatch.setattr("ledger.readings.NEWS", 3)
    readings = Readings(house.store)
    one, other = (jambi.ask(jambi.filing()).entries[0].stream for _ in range(2))
    for each in (one, other):
        readings.load(each)
    for _ in range(4):
        jambi.ask(replace(jambi.naming(one), respondent=Person("r")))
    assert readings.look() == house.store.last_at()
    assert readings.load(one, looked=True) == read_anew(house, one)
    readings.look()
    asked.clear()
    assert readings.load(other, looked=True) == read_anew(house, other)
    assert asked == [other, other]  # the second is this test's own
    asked.clear()
    readings.load(other, looked=True)
    readings.load(one, looked=True)
    assert asked == []


def test_a_stream_that_was_read_while_another_looked_is_asked_for_again(house: House, jambi: Jambi) -> None:
    """What the look found, it noted for the streams that were kept; this one was not yet."""
    readings = Readings(house.store)
    complaint = jambi.ask(jambi.filing()).entries[0].stream
    history = house.store.history

    def overtaken(stream: StreamId, *, after: int = 0, upto: int | None = None) -> list[Recorded]:
        found = history(stream, after=after, upto=upto)
        house.store.history = history  # type: ignore[method-assign]
        jambi.ask(jambi.naming(complaint))
        readings.look()
        return found

    house.store.history = overtaken  # type: ignore[method-assign]
    assert readings.load(complaint, looked=True).version == 1
    assert readings.load(complaint, looked=True) == read_anew(house, complaint)
    assert readings.load(complaint, looked=True).version == 2


def test_threads_that_look_and_read_at_once_are_never_wrong(house: House, jambi: Jambi) -> None:
    """Nobody is given less than was there before they looked, also where little is kept."""
    readings = Readings(house.store, most=4)
    streams = [jambi.ask(jambi.filing()).entries[0].stream for _ in range(3)]

    def read(number: int) -> bool:
        complaint = streams[number % len(streams)]
        before = house.store.history(complaint)[-1].version
        readings.look()
        return readings.load(complaint, looked=True).version >= before

    with ThreadPoolExecutor(4) as threads:
        told = threads.map(read, range(400))
        for number in range(30):
            jambi.ask(replace(jambi.naming(streams[number % 3]), respondent=Person("r")))
        assert all(told)
    readings.look()
    assert [readings.load(each, looked=True) for each in streams] == [read_anew(house, each) for each in streams]
