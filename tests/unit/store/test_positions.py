"""Positions and versions: without a gap from the first one on, whoever writes at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ledger.errors import Conflict
from ledger.store.opening import Where
from ledger.store.rows import Guard
from ledger.store.store import Store
from tests.builders import COMPLAINT, stream
from tests.processes import started
from tests.unit.store.appender import append_next
from tests.unit.store.stores import at, event, events, places, record, tables

OTHER = stream("complaint", "2")


def test_the_first_position_is_0_and_the_first_version_1(store: Store, where: Where) -> None:
    record(store)
    assert places(where) == [(0, COMPLAINT, 1)]


def test_the_events_of_one_command_stand_together_in_its_order(store: Store, where: Where) -> None:
    """Also where a command spans streams."""
    appended = store.append([event(1), event(1, OTHER), event(2)], guards=[])
    assert [row.position for row in appended.rows] == [0, 1, 2]
    assert places(where) == [(0, COMPLAINT, 1), (1, OTHER, 1), (2, COMPLAINT, 2)]


def test_the_library_counts_from_1_where_positions_count_from_0(store: Store) -> None:
    record(store, 2)
    assert list(store.append(events(1, OTHER), guards=[])) == [3]
    assert store.size() == 3


def test_threads_leave_no_gap_and_mix_no_commands(store: Store, where: Where) -> None:
    """Eight threads, ten commands of three events each, every one in a stream of its own."""
    streams = [f"complaint-{number:032x}" for number in range(80)]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda each: store.append(events(3, each), guards=[]), streams))
    recorded = places(where)
    assert [position for position, _, _ in recorded] == list(range(240))
    for appended, each in zip(told, streams, strict=True):
        first = appended.rows[0].position
        assert recorded[first : first + 3] == [(first + index, each, index + 1) for index in range(3)]


def test_threads_that_want_one_stream_take_turns(store: Store, where: Where) -> None:
    """Each append that was acknowledged is there, once, with a version of its own."""
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: append_next(store).rows[0].position, range(40)))
    assert sorted(told) == list(range(0, 80, 2))
    assert places(where) == [(position, COMPLAINT, position + 1) for position in range(80)]


def test_processes_that_want_one_stream_lose_no_command(store: Store, where: Where) -> None:
    """A transaction that takes its lock when it writes, not when it begins, lost most commits here."""
    del store
    with started(4, "tests.unit.store.appender", at(where), "25") as appenders:
        for each in appenders:
            each.go()
        told = [int(line) for each in appenders for line in each.done()]
    assert len(told) == 100
    assert sorted(told) == list(range(0, 200, 2))
    assert places(where) == [(position, COMPLAINT, position + 1) for position in range(200)]


def test_a_version_must_follow_the_last_one_of_its_stream(store: Store, where: Where) -> None:
    record(store)
    for version in (1, 3):
        with pytest.raises(Conflict):
            store.append([event(version)], guards=[])
    assert places(where) == [(0, COMPLAINT, 1)]


@pytest.mark.parametrize("versions", [(1, 3), (2, 1), (1, 1)])
def test_a_command_that_leaves_a_gap_is_recorded_nowhere(store: Store, where: Where, versions: tuple[int, ...]) -> None:
    """The guard looks at a stream's end only; what one command brings must follow on by itself."""
    with pytest.raises(ValueError, match="does not follow"):
        store.append([event(version) for version in versions], guards=[Guard(COMPLAINT, 0)])
    assert places(where) == []


def test_a_command_without_a_fact_is_refused(store: Store) -> None:
    """An empty append would give a receipt of nothing."""
    with pytest.raises(ValueError, match="at least one fact"):
        store.append([], guards=[])


def test_a_row_holds_what_an_entry_is_made_of_and_nothing_else(store: Store, where: Where) -> None:
    store.append([event(body=b'{"a":1}')], guards=[])
    assert tables(where) == {
        "events": [(0, COMPLAINT, 1, "complaint.status_announced.v1", "2024-05-02T01:00:00Z", b'{"a":1}')],
        "vault": [],
        "idempotency": [],
    }


def test_entries_are_read_in_batches_without_loss(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trail hashes what the store gives: whole, in order, from any position to any other."""
    monkeypatch.setattr("ledger.store.store.BATCH", 3)
    record(store, 10)
    every = list(store.entries(0, 10))
    assert [entry.split(b"\n")[1] for entry in every] == [b"position %d" % position for position in range(10)]
    assert all(
        list(store.entries(first, last)) == every[first:last] for first in range(11) for last in range(first, 11)
    )
    assert list(store.entries(8, 99)) == every[8:]
