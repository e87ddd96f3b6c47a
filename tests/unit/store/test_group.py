"""Group commit: who shares a transaction with whom, what each hears of it, and what is left when it fails."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from eventsourcing.persistence import OperationalError

from ledger.clock import SimulatedClock
from ledger.errors import Broken, Busy, Conflict, KeyReused
from ledger.store.group import GroupCommit
from ledger.store.opening import Where, open_store
from ledger.store.rows import Append, Appended, Guard, NewEvent, Ticket, VaultRow
from ledger.store.store import Store
from tests.builders import COMPLAINT, NOON, stream
from tests.unit.store.stores import event, events, places, record, sealed_value, tables, ticket

SOON = 20
"""Seconds after which something that must happen at once has not happened."""


class Writer:
    """A store whose next group is kept waiting until it is let go, so that a test decides who comes together."""

    def __init__(self, store: Store, **limits: float) -> None:
        self.groups: list[int] = []
        self.interrupted = 0
        self._insert = store.recorder.insert_group
        self._begun = threading.Event()
        self._let_go = threading.Event()
        self.commit = GroupCommit(self._held, **limits)  # type: ignore[arg-type]
        self.threads = ThreadPoolExecutor(16)

    def _held(self, group: Sequence[Append]) -> list[Appended | Exception]:
        self.groups.append(len(group))
        self._begun.set()
        assert self._let_go.wait(SOON)
        if len(self.groups) == self.interrupted:
            raise KeyboardInterrupt
        return self._insert(group)

    def lead(self, one: Append) -> Future[Appended]:
        """Someone who is at work, and stays at work."""
        leading = self.threads.submit(self.commit.append, one)
        assert self._begun.wait(SOON)
        return leading

    def follow(self, *those: Append) -> list[Future[Appended]]:
        """Those who come meanwhile, in this order."""
        return [self._queued(one) for one in those]

    def _queued(self, one: Append) -> Future[Appended]:
        before = len(self.commit._queue)
        asked = self.threads.submit(self.commit.append, one)
        assert eventually(lambda: len(self.commit._queue) > before or asked.done())
        return asked

    def let_go(self) -> None:
        """Now the leader records, and all after it."""
        self._let_go.set()


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold."""
    end = time.monotonic() + SOON
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.001)
    return True


def alone(number: int) -> str:
    """A stream that one command writes."""
    return f"complaint-{number:032x}"


def first(number: int, *guards: Guard, key: Ticket | None = None, sealed: tuple[VaultRow, ...] = ()) -> Append:
    """The first command of a stream of its own, of two events."""
    return Append(tuple(events(2, alone(number))), guards=(Guard(alone(number), 0), *guards), ticket=key, vault=sealed)


@pytest.fixture
def writer(store: Store) -> Iterator[Writer]:
    """A writer that is held, with room for all."""
    made = Writer(store)
    yield made
    made.let_go()
    made.threads.shutdown()


def outcomes(asked: list[Future[Appended]]) -> list[object]:
    """For each its first position, or the class of what it was refused with."""
    told: list[object] = []
    for each in asked:
        error = each.exception(SOON)
        told.append(each.result().rows[0].position if error is None else type(error))
    return told


# --- together -------------------------------------------------------------------------------------------------------


def test_whoever_comes_while_another_records_shares_the_next_transaction(writer: Writer, where: Where) -> None:
    """Six commands, two transactions, positions in the order in which they came."""
    leading = writer.lead(first(0))
    others = writer.follow(*(first(number) for number in range(1, 6)))
    writer.let_go()
    assert outcomes([leading, *others]) == [0, 2, 4, 6, 8, 10]
    assert writer.groups == [1, 5]
    assert [row[1] for row in places(where)] == [alone(number) for number in range(6) for _ in range(2)]


def test_a_group_takes_so_many_and_leaves_the_others_to_the_next(store: Store) -> None:
    """Other processes get their turn in between."""
    writer = Writer(store, group=3)
    asked = [writer.lead(first(0)), *writer.follow(*(first(number) for number in range(1, 8)))]
    writer.let_go()
    assert outcomes(asked) == list(range(0, 16, 2))
    assert writer.groups == [1, 3, 3, 1]
    writer.threads.shutdown()


def test_a_conflict_undoes_only_its_own_part(writer: Writer, where: Where) -> None:
    """Its events, its sealed values and its ticket are nowhere; its neighbours stand close together."""
    asked = [
        writer.lead(first(0)),
        *writer.follow(
            first(1, sealed=(sealed_value("a"),)),
            first(2, Guard(COMPLAINT, 7), key=ticket("m"), sealed=(sealed_value("b"),)),
            first(3, key=ticket("k")),
        ),
    ]
    writer.let_go()
    assert outcomes(asked) == [0, 2, Conflict, 4]
    assert [row[1] for row in places(where)] == [alone(number) for number in (0, 1, 3) for _ in range(2)]
    assert [row[0] for row in tables(where)["vault"]] == ["a" * 64]
    assert [row[2:] for row in tables(where)["idempotency"]] == [(4, 5)]


def test_what_the_database_refuses_of_one_undoes_only_that_one(writer: Writer, where: Where) -> None:
    """A commitment that stands already is nobody's conflict, and no reason to fail for others."""
    sealed = (sealed_value("a"),)
    asked = [writer.lead(first(0, sealed=sealed)), *writer.follow(first(1, sealed=sealed), first(2))]
    writer.let_go()
    assert [each for each in outcomes(asked) if isinstance(each, int)] == [0, 2]
    assert "IntegrityError" in repr(asked[1].exception())
    assert [row[1] for row in places(where)] == [alone(number) for number in (0, 2) for _ in range(2)]


def test_of_two_that_write_one_version_the_first_is_recorded(writer: Writer) -> None:
    """The second sees the first, although neither is committed yet."""
    asked = [writer.lead(first(0)), *writer.follow(first(1), first(1))]
    writer.let_go()
    assert outcomes(asked) == [0, 2, Conflict]


def test_a_retry_in_the_same_group_is_answered_with_the_first(writer: Writer, where: Where) -> None:
    """A client that asked twice is told the same twice; another command under its key is refused."""
    asked = [
        writer.lead(first(0)),
        *writer.follow(first(1, key=ticket("k")), first(1, key=ticket("k")), first(2, key=ticket("k", "other"))),
    ]
    writer.let_go()
    assert outcomes(asked) == [0, 2, 2, KeyReused]
    assert [each.result().replayed for each in asked[:3]] == [False, False, True]
    assert len(places(where)) == 4


def test_many_threads_over_one_store_leave_no_gap(store: Store, where: Where) -> None:
    """Each is told its own place, and only after it is there for everybody."""

    def append(number: int) -> int:
        appended = store.append(events(2, alone(number)), guards=[], ticket=Ticket(bytes([number]) * 32, b"f" * 32))
        assert store.entry(appended.rows[1].position) == appended.rows[1].entry
        return appended.rows[0].position

    with ThreadPoolExecutor(16) as threads:
        told = list(threads.map(append, range(200)))
    assert sorted(told) == list(range(0, 400, 2))
    recorded = places(where)
    assert all(recorded[told[number]][1] == alone(number) for number in range(200))


# --- what fails as a whole ------------------------------------------------------------------------------------------


@pytest.fixture
def unwilling(path: Path, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], Store]]:
    """A store whose commits fail as long as it is told so, as on a disk that is full at that moment."""
    fails = [False]
    real = sqlite3.connect

    class Connection(sqlite3.Connection):
        def commit(self) -> None:
            if fails[0]:
                raise sqlite3.OperationalError("database or disk is full")
            super().commit()

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: real(*given, factory=Connection, **more))
    store = open_store(path, clock)

    def told(fail: bool) -> Store:
        fails[0] = fail
        return store

    yield told
    store.close()


def test_a_commit_that_fails_is_told_to_everybody(unwilling: Callable[[bool], Store], path: Path) -> None:
    """Also to those who would have been refused: they were refused for what was never recorded."""
    writer = Writer(unwilling(True))
    asked = [writer.lead(first(0)), *writer.follow(first(1), first(1), first(2, Guard(COMPLAINT, 9)))]
    writer.let_go()
    assert outcomes(asked) == [OperationalError] * 4
    assert places(path) == []
    assert writer.groups == [1, 3]
    unwilling(False)
    assert writer.commit.append(first(1)).rows[0].position == 0
    writer.threads.shutdown()


def test_above_the_store_it_is_a_named_error_and_the_store_goes_on(
    unwilling: Callable[[bool], Store], path: Path
) -> None:
    store = unwilling(True)
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(record, store, 1, alone(number)) for number in range(24)]
        assert {type(each.exception(SOON)) for each in asked} == {Broken}
    assert places(path) == []
    unwilling(False)
    record(store)
    assert len(places(path)) == 1


@pytest.mark.parametrize(("group", "heard"), [(1, int), (64, Broken)])
def test_an_interrupted_leader_leaves_nobody_waiting(store: Store, group: int, heard: type) -> None:
    """Ctrl-C where one thread records for others: its group hears that it is not known, and the next one leads."""
    writer = Writer(store, group=group)
    asked = [writer.lead(first(0)), *writer.follow(first(1), first(2), first(3))]
    writer.interrupted = 2
    writer.let_go()
    told = outcomes(asked)
    assert (told[0], told[1]) == (0, KeyboardInterrupt)
    assert {each if isinstance(each, type) else int for each in told[2:]} == {heard}
    assert writer.commit.append(first(9)).rows[0].position == store.size() - 2
    writer.threads.shutdown()


def test_a_leader_interrupted_while_it_gathers_leaves_the_lead(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes next leads, instead of waiting for somebody who is gone."""
    gathered: list[float] = []

    def sleep(seconds: float) -> None:
        gathered.append(seconds)
        if len(gathered) == 1:
            raise KeyboardInterrupt

    commit = GroupCommit(store.recorder.insert_group)
    commit._company = 2  # as after a group of two
    monkeypatch.setattr("ledger.store.group.time.sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        commit.append(first(0))
    size = store.size()
    assert commit.append(first(0)).rows[0].position == size
    assert len(gathered) == 2


def test_an_interrupted_follower_leaves_the_queue(store: Store, where: Where) -> None:
    """Nothing of it is recorded behind its back, and nobody waits for it."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    writer = Writer(store)
    leading = writer.lead(first(0))
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt):
            writer.commit.append(first(1))
    finally:
        signal.signal(signal.SIGALRM, before)
    others = writer.follow(first(2))
    writer.let_go()
    assert outcomes([leading, *others]) == [0, 2]
    assert {row[1] for row in places(where)} == {alone(0), alone(2)}
    writer.threads.shutdown()


# --- back-pressure --------------------------------------------------------------------------------------------------


def test_a_full_queue_turns_the_next_one_away_and_loses_nobody(store: Store, where: Where) -> None:
    """Who was turned away is recorded nowhere; who waits is recorded."""
    writer = Writer(store, queue=3)
    asked = [writer.lead(first(0)), *writer.follow(*(first(number) for number in range(1, 6)))]
    assert [type(each.exception(SOON)) for each in asked[4:]] == [Busy, Busy]
    writer.let_go()
    assert outcomes(asked) == [0, 2, 4, 6, Busy, Busy]
    assert {row[1] for row in places(where)} == {alone(number) for number in range(4)}
    writer.threads.shutdown()


def test_who_waits_too_long_is_turned_away_and_never_recorded(store: Store, where: Where) -> None:
    """The time limit holds only as long as nobody took the append into a group."""
    writer = Writer(store, patience=0.05)
    leading, impatient = writer.lead(first(0)), writer.follow(first(1))[0]
    assert isinstance(impatient.exception(SOON), Busy)
    writer.let_go()
    assert outcomes([leading]) == [0]
    assert writer.commit.append(first(2)).rows[0].position == 2
    assert {row[1] for row in places(where)} == {alone(0), alone(2)}
    writer.threads.shutdown()


def test_who_was_taken_into_a_group_waits_for_its_end(store: Store) -> None:
    """What may be committed is never answered with a failure: patience ends, the answer does not."""
    slow = threading.Event()

    def insert(group: Sequence[Append]) -> list[Appended | Exception]:
        if len(group) > 1:
            slow.wait(0.3)
        else:
            assert queued.wait(SOON)
        return store.recorder.insert_group(group)

    queued = threading.Event()
    commit = GroupCommit(insert, patience=0.15)
    with ThreadPoolExecutor(3) as threads:
        leading = threads.submit(commit.append, first(0))
        assert eventually(lambda: commit._led)
        asked = [threads.submit(commit.append, first(number)) for number in (1, 2)]
        assert eventually(lambda: len(commit._queue) == 2)
        queued.set()
        assert sorted(each.result(SOON).rows[0].position for each in [leading, *asked]) == [0, 2, 4]


# --- what is refused before it is queued ----------------------------------------------------------------------------

MISSHAPEN = {
    "a body that no entry holds": {"events": [event(body=b"x" * 65_024)]},
    "half a surrogate pair": {"events": [NewEvent(COMPLAINT, 1, "\ud800", b"{}")]},
    "a NUL": {"events": [NewEvent(COMPLAINT, 1, "complaint.\0", b"{}")]},
    "a version beyond every number": {"events": [event(2**63 + 1)]},
    "a stream's name too long": {"events": [event(stream="complaint-" + "1" * 41)]},
    "a short commitment": {"events": [event()], "vault": [VaultRow("a" * 63, COMPLAINT, "case", b"box")]},
    "a box of text": {"events": [event()], "vault": [VaultRow("a" * 64, COMPLAINT, "case", "box")]},  # type: ignore[arg-type]
    "a long ticket": {"events": [event()], "ticket": Ticket(b"s" * 33, b"f" * 32)},
    "an instant of no zone": {"events": [event()], "decided_at": NOON.replace(tzinfo=None)},
    "a guard that cannot be asked for": {"events": [event()], "guards": [Guard("\udfff", 0)]},
}


@pytest.mark.parametrize("append", MISSHAPEN.values(), ids=MISSHAPEN)
def test_attack_what_cannot_be_stored_fails_nobody_else(store: Store, where: Where, append: dict[str, object]) -> None:
    """It is refused before it comes among others: one value that cannot be sent fails a whole group's statement."""
    with pytest.raises(Broken, match="would refuse"):
        store.append(**{"guards": [], **append})  # type: ignore[arg-type]
    assert places(where) == []
    record(store, stream=stream("complaint", "2"))
