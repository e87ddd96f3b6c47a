"""One append, all or nothing, under the writer's lock: the ticket first, then the guards, the clock, the rows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ledger.clock import SimulatedClock
from ledger.errors import Broken, ClockBehind, Conflict, KeyReused, Unreadable
from ledger.shape import instant_text
from ledger.store.opening import Where, open_store
from ledger.store.rows import Guard
from ledger.store.store import Store
from ledger.values import Zone, legal_days
from tests.builders import COMPLAINT, KASN, stream
from tests.unit.store.stores import event, events, raw, record, sealed_value, tables, ticket

OTHER = stream("complaint", "2")


def second(seconds: int) -> timedelta:
    return timedelta(seconds=seconds)


# --- guards ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_moved_guard_refuses_the_whole_append(store: Store, where: Where, seen: int) -> None:
    """The decision read another version of a stream that it does not even write."""
    record(store, 2, KASN)
    before = tables(where)
    with pytest.raises(Conflict, match=f"{KASN} is at version 2, not {seen}"):
        store.append([event()], guards=[Guard(KASN, seen)], vault=[sealed_value()], ticket=ticket())
    assert tables(where) == before


def test_a_guard_that_stands_lets_the_append_pass(store: Store) -> None:
    record(store, 2, KASN)
    assert store.append([event()], guards=[Guard(KASN, 2)]).rows[0].position == 2


def test_a_guard_of_a_stream_that_was_not_there_holds_until_it_is(store: Store) -> None:
    """Deciding that there is no such office reads a stream too: version 0."""
    store.append([event()], guards=[Guard(KASN, 0)])
    record(store, 1, KASN)
    with pytest.raises(Conflict):
        store.append([event(2)], guards=[Guard(KASN, 0)])


def test_every_stream_of_an_append_is_guarded_by_itself(store: Store, where: Where) -> None:
    """Also without a guard from the caller, and also the second stream."""
    record(store, 1, OTHER)
    with pytest.raises(Conflict, match=OTHER):
        store.append([event(1), event(1, OTHER)], guards=[])
    assert len(tables(where)["events"]) == 1


def test_the_library_s_integrity_error_is_broken_and_never_retried(store: Store, where: Where) -> None:
    """Only guards say Conflict: whatever else the database refuses is our own fault, and deciding again cannot help."""
    before = tables(where)
    with pytest.raises(Broken, match="a commitment stands in the vault once"):
        store.append([event()], guards=[], vault=[sealed_value(), sealed_value()], ticket=ticket())
    assert tables(where) == before


# --- tickets --------------------------------------------------------------------------------------------------------


def test_the_same_ticket_is_answered_with_what_it_recorded(store: Store, where: Where) -> None:
    """The rows are read again from the events; nothing is recorded twice."""
    first = store.append(events(2), guards=[], vault=[sealed_value()], ticket=ticket())
    record(store, 1, OTHER)
    before = tables(where)
    again = store.append(events(2), guards=[], vault=[sealed_value()], ticket=ticket())
    assert (again.rows, again.replayed, first.replayed) == (first.rows, True, False)
    assert tables(where) == before


def test_a_ticket_is_looked_up_before_guards_and_clock(store: Store, clock: SimulatedClock) -> None:
    """A retry finds its guards moved by its own first try, and perhaps the clock put back: neither is its concern."""
    first = store.append([event()], guards=[Guard(KASN, 0)], ticket=ticket())
    record(store, 1, KASN)
    clock.now -= timedelta(days=1)
    again = store.append([event()], guards=[Guard(KASN, 0)], ticket=ticket())
    assert (again.rows, again.replayed) == (first.rows, True)


def test_the_same_key_with_another_command_is_refused(store: Store, where: Where) -> None:
    store.append([event()], guards=[], ticket=ticket("k", "c"))
    before = tables(where)
    with pytest.raises(KeyReused):
        store.append([event(2)], guards=[], ticket=ticket("k", "d"))
    with pytest.raises(KeyReused):
        store.earlier(ticket("k", "d"))
    assert tables(where) == before


def test_another_key_with_the_same_command_records_again(store: Store) -> None:
    """Two reports with the same words are two reports."""
    store.append([event()], guards=[], ticket=ticket("k", "c"))
    assert not store.append([event(2)], guards=[], ticket=ticket("l", "c")).replayed
    assert store.size() == 2


def test_a_ticket_that_was_never_used_answers_nothing(store: Store) -> None:
    assert store.earlier(ticket()) is None


# --- the clock ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("behind", "at"), [(-5, 5), (0, 0), (1, 0), (59, 0), (60, 0)])
def test_an_append_is_recorded_at_the_clock_or_the_last_instant(
    store: Store, clock: SimulatedClock, behind: int, at: int
) -> None:
    """Instants never step back: a clock that is behind by a minute at most is overruled by the trail."""
    record(store)
    begun = clock.now
    clock.now = begun - second(behind)
    appended = store.append(events(2, OTHER), guards=[])
    assert [row.at for row in appended.rows] == [instant_text(begun + second(at))] * 2
    assert appended.at == instant_text(begun + second(at))


@pytest.mark.parametrize("behind", [61, 3600, 10**8])
def test_a_clock_more_than_a_minute_behind_writes_nothing(
    store: Store, where: Where, clock: SimulatedClock, behind: int
) -> None:
    """A machine that woke up in the past must not date acts; set right, it goes on."""
    record(store)
    before, right = tables(where), clock.now
    clock.now = right - second(behind)
    with pytest.raises(ClockBehind, match="nothing was written"):
        store.append([event(2)], guards=[], vault=[sealed_value()], ticket=ticket())
    assert tables(where) == before
    clock.now = right
    store.append([event(2)], guards=[], vault=[sealed_value()], ticket=ticket())


def test_a_clock_that_creeps_back_is_measured_against_the_trail_each_time(store: Store, clock: SimulatedClock) -> None:
    """Forty seconds and forty more are eighty: what was recorded stays the measure."""
    record(store)
    clock.now -= second(40)
    store.append([event(2)], guards=[])
    clock.now -= second(40)
    with pytest.raises(ClockBehind):
        store.append([event(3)], guards=[])


@pytest.mark.parametrize("zone", Zone)
def test_a_day_that_turns_between_deciding_and_recording_is_a_conflict(
    store: Store, where: Where, clock: SimulatedClock, zone: Zone
) -> None:
    """Deadlines count days where an office's clocks stand: midnight in any of the three zones is a turn."""
    midnight = clock.now.replace(hour=24 - int(zone.offset.utcoffset(None).total_seconds()) // 3600)
    decided_at, clock.now = midnight - second(1), midnight
    assert legal_days(decided_at) != legal_days(clock.now)
    with pytest.raises(Conflict, match="the day turned"):
        store.append([event()], guards=[], decided_at=decided_at, ticket=ticket())
    assert tables(where)["idempotency"] == []
    store.append([event()], guards=[], decided_at=midnight)


def test_hours_between_deciding_and_recording_on_one_legal_day_are_none(store: Store, clock: SimulatedClock) -> None:
    """From midnight in Jakarta to before midnight in Jayapura the date is the same in all three zones."""
    decided_at = clock.now.replace(hour=17, minute=0)
    clock.now = (decided_at + timedelta(days=1)).replace(hour=14, minute=59)
    store.append([event()], guards=[], decided_at=decided_at)
    assert store.size() == 1


def test_a_clock_that_steps_back_over_the_decision_is_a_conflict(store: Store, clock: SimulatedClock) -> None:
    """An act that happened between the recorded instant and the decision's would lie after its own recording."""
    decided_at = clock.now
    clock.now -= second(1)
    with pytest.raises(Conflict):
        store.append([event()], guards=[], decided_at=decided_at)


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_file_of_another_schema_is_refused_and_left_alone(path: Path, clock: SimulatedClock) -> None:
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(Unreadable, match="schema 2"):
        open_store(path, clock)
    with raw(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_file_that_is_no_database_is_refused_by_name(path: Path, clock: SimulatedClock) -> None:
    path.write_bytes(b"this is not a database, but somebody's letter\n" * 100)
    with pytest.raises(Broken, match=path.name):
        open_store(path, clock)


def test_a_folder_that_is_not_there_is_refused_by_name(path: Path, clock: SimulatedClock) -> None:
    with pytest.raises(Broken, match=path.name):
        open_store(path / "nowhere" / "ledger.db", clock)


def test_a_stream_that_was_never_written_has_no_history(store: Store) -> None:
    assert (store.history(COMPLAINT), store.size(), store.entry(0), list(store.entries(0, 5))) == ([], 0, None, [])
