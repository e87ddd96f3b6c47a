"""Connections: durable each, readers beside writers, a close that drains, and a name for every way to fail."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from ledger.clock import SimulatedClock
from ledger.errors import Broken
from ledger.store.opening import Where, open_store
from ledger.store.store import Store
from tests.builders import COMPLAINT, NOON, stream
from tests.in_file import in_file
from tests.unit.store.stores import event, places, raw, record, tables

SOON = 600
"""Seconds after which something that must happen at once has not happened; nothing waits that long unless it fails."""


class Held:
    """A clock that keeps a writer waiting inside its transaction, until it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.let_go = threading.Event()

    def __call__(self) -> datetime:
        self.entered.set()
        assert self.let_go.wait(SOON)
        return NOON


@pytest.fixture
def held() -> Iterator[Held]:
    """It lets go at the end of the test, so that no thread stays behind."""
    made = Held()
    yield made
    made.let_go.set()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(12) as pool:
        yield pool


def alone(number: int) -> str:
    """A stream that one writer of a test writes to, and nobody else."""
    return f"complaint-{number:032x}"


def write(store: Store, number: int) -> str:
    """Append to a stream of one's own; its name is the acknowledgement."""
    store.append([event(1, alone(number)), event(2, alone(number))], guards=[])
    return alone(number)


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether something comes true; it is waited for as long as a busy machine may need."""
    end = time.monotonic() + SOON
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    return condition()


# --- what a connection is -------------------------------------------------------------------------------------------


def test_every_connection_is_durable(filed: Store) -> None:
    """An acknowledged append has reached the disk: FULL waits for it at each commit, in WAL mode too."""
    with in_file(filed) as one, in_file(filed) as another:
        for connection in (one, another):
            pragmas = {
                name: connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "trusted_schema", "recursive_triggers")
            }
            assert pragmas == {"journal_mode": "wal", "synchronous": 2, "trusted_schema": 0, "recursive_triggers": 1}


def test_a_reader_is_told_that_somebody_wrote(filed: Store, path: Path, clock: SimulatedClock) -> None:
    """Another connection of this process, or another process: what wakes those who pull."""
    with in_file(filed) as connection:

        def version() -> int:
            found: int = connection.execute("PRAGMA data_version").fetchone()[0]
            return found

        before = version()
        assert version() == before
        record(filed)
        written = version()
        assert written != before
        neighbour = open_store(path, clock)
        neighbour.append([event(2)], guards=[])
        neighbour.close()
        assert version() != written


# --- readers and writers at once ------------------------------------------------------------------------------------


def test_readers_do_not_wait_for_a_writer(where: Where, held: Held, threads: ThreadPoolExecutor, store: Store) -> None:
    """They see what was committed before it, and nothing of what it is about to commit."""
    record(store)
    writing = open_store(where, held)
    writer = threads.submit(lambda: writing.append([event(2)], guards=[]))
    assert held.entered.wait(SOON)
    assert threads.submit(writing.size).result(SOON) == 1
    held.let_go.set()
    assert writer.result(SOON).rows[0].position == 1
    writing.close()


def test_readers_do_not_wait_behind_writers_that_queue(
    where: Where, held: Held, threads: ThreadPoolExecutor, store: Store
) -> None:
    """One writer at work and others waiting for it: a reader passes them all."""
    record(store)
    writing = open_store(where, held)
    writers = [threads.submit(write, writing, number) for number in range(4)]
    assert held.entered.wait(SOON)
    time.sleep(0.05)  # The others come to the queue; without this the test would pass whatever they do there.
    assert threads.submit(writing.size).result(SOON / 4) == 1
    held.let_go.set()
    assert [writer.result(SOON) for writer in writers] == [alone(number) for number in range(4)]
    writing.close()


def test_a_writer_does_not_wait_for_readers(filed: Store, path: Path) -> None:
    """Somebody reads the whole file for hours, an auditor's export perhaps: appends go on beside it."""
    record(filed)
    with raw(path) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (1,)
        filed.append([event(2)], guards=[])
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (1,)
    assert filed.size() == 2


def test_readers_and_writers_at_once_see_a_trail_that_only_grows(store: Store, threads: ThreadPoolExecutor) -> None:
    """No reader sees half a command, a gap, or less than it saw before."""
    done = threading.Event()

    def read() -> int:
        seen = looks = 0
        while not done.is_set():
            rows = store.recorder.select_notifications(1, 10_000)
            assert [row.id for row in rows] == list(range(1, len(rows) + 1))
            assert len(rows) % 2 == 0
            assert len(rows) >= seen
            seen, looks = len(rows), looks + 1
        return looks

    readers = [threads.submit(read) for _ in range(3)]
    writers = [threads.submit(write, store, number) for number in range(60)]
    for writer in writers:
        writer.result(SOON)
    done.set()
    assert all(reader.result(SOON) > 0 for reader in readers)
    assert store.size() == 120


# --- another process that holds the lock ----------------------------------------------------------------------------


@contextmanager
def a_process_that_holds_the_lock(path: Path) -> Iterator[None]:
    """Another program in the middle of a write transaction."""
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield


@pytest.fixture
def impatient(filed: Store, path: Path, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with one event that waits for another process's lock a fifth of a second, not half a minute."""
    record(filed)
    monkeypatch.setattr("ledger.store.pool.LOCK_TIMEOUT", 0.2)
    made = open_store(path, clock)
    yield made
    made.close()


def test_a_lock_that_another_process_keeps_ends_in_a_named_error(impatient: Store, path: Path) -> None:
    """Nothing was begun and nothing is recorded; reading goes on, and so does writing once the lock is free."""
    with a_process_that_holds_the_lock(path):
        for _ in range(3):
            with pytest.raises(Broken, match="database is locked"):
                impatient.append([event(2)], guards=[])
        assert impatient.size() == 1
    impatient.append([event(2)], guards=[])
    assert len(places(path)) == 2


def test_a_lock_that_another_process_frees_in_time_is_waited_for(
    filed: Store, path: Path, threads: ThreadPoolExecutor
) -> None:
    record(filed)
    with a_process_that_holds_the_lock(path):
        writer = threads.submit(lambda: filed.append([event(2)], guards=[]))
        time.sleep(0.05)
        assert not writer.done()
    assert writer.result(SOON).rows[0].position == 1


def test_a_locked_file_is_not_opened_and_says_so(filed: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del filed
    monkeypatch.setattr("ledger.store.pool.LOCK_TIMEOUT", 0.2)
    with a_process_that_holds_the_lock(path), pytest.raises(Broken, match=r"ledger\.db cannot be opened"):
        open_store(path, lambda: NOON)


# --- closing --------------------------------------------------------------------------------------------------------


def everything(store: Store) -> list[Callable[[], object]]:
    """All that the house may ask of a store."""
    return [
        lambda: store.append([event(1, stream("complaint", "8"))], guards=[]),
        lambda: store.history(COMPLAINT),
        lambda: store.read_from(0),
        lambda: store.entry(0),
        lambda: list(store.entries(0, 1)),
        lambda: store.size(),
        lambda: store.last_at(),
        lambda: store.sealed_value("a" * 64),
    ]


def test_a_closed_store_refuses_everything_by_name(store: Store, where: Where) -> None:
    """Whoever comes late hears that it is closed, and nothing is recorded."""
    record(store)
    store.close()
    for asked in everything(store):
        with pytest.raises(Broken, match="closed"):
            asked()
    assert len(places(where)) == 1


def test_closing_twice_is_closing_once(store: Store) -> None:
    store.close()
    store.close()


def test_closing_waits_for_a_reader_and_refuses_new_ones(filed: Store, threads: ThreadPoolExecutor) -> None:
    """The library's own close pulls the connection from under the reader, which can kill the process."""
    record(filed)
    with in_file(filed) as connection:
        closing = threads.submit(filed.close)
        assert eventually(lambda: refuses(filed))
        assert not closing.done()
        assert connection.execute("SELECT count(*) FROM events").fetchone()[0] == 1
    closing.result(SOON)
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        connection.execute("SELECT 1")


def test_closing_waits_for_the_writer_at_work_and_its_commit_is_told(
    where: Where, held: Held, threads: ThreadPoolExecutor
) -> None:
    writing = open_store(where, held)
    writer = threads.submit(lambda: writing.append([event()], guards=[]))
    assert held.entered.wait(SOON)
    closing = threads.submit(writing.close)
    assert eventually(lambda: refuses(writing))
    assert not closing.done()
    held.let_go.set()
    assert writer.result(SOON).rows[0].position == 0
    closing.result(SOON)
    assert len(places(where)) == 1


@pytest.mark.parametrize("attempt", range(5))
def test_whoever_waits_for_the_writer_when_the_store_closes_is_refused(
    path: Path, held: Held, threads: ThreadPoolExecutor, attempt: int
) -> None:
    """It has begun nothing: it neither writes behind a closed door, nor hears an error for what was recorded."""
    writing = open_store(path, held)
    writer = threads.submit(write, writing, 0)
    assert held.entered.wait(SOON)
    waiting = [threads.submit(write, writing, number) for number in range(1, 6)]
    time.sleep(0.01 * attempt)
    closing = threads.submit(writing.close)
    assert eventually(lambda: refuses(writing))
    held.let_go.set()
    closing.result(SOON)
    assert writer.result(SOON) == alone(0)
    assert told(waiting) == set(), "a store that was closing took a new command"
    assert {row[1] for row in places(path)} == {alone(0)}


def test_a_store_that_closes_in_the_middle_of_work_loses_no_acknowledged_append(
    store: Store, where: Where, threads: ThreadPoolExecutor
) -> None:
    """Readers and writers everywhere: what was acknowledged is there, and what is there was acknowledged."""
    writers = [threads.submit(write, store, number) for number in range(200)]
    assert eventually(lambda: sum(writer.done() for writer in writers) > 20)
    store.close()
    assert {row[1] for row in tables(where)["events"]} == told(writers)


def told(asked: list[Future[str]]) -> set[str]:
    """What was acknowledged; everything else must have been refused because the store is closed."""
    done = set()
    for each in asked:
        try:
            done.add(each.result(SOON))
        except Broken as error:
            if "closed" not in str(error):
                raise
    return done


def refuses(store: Store) -> bool:
    """Whether newcomers are turned away; asked by reading, because a writer would wait."""
    try:
        store.size()
    except Broken:
        return True
    return False
