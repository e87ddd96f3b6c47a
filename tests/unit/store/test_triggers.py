"""Attacks with a SQL prompt: what the database itself refuses. The trail proves what it cannot refuse."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.clock import SimulatedClock
from ledger.store.opening import open_store
from ledger.store.store import Store
from tests.builders import COMPLAINT, stream
from tests.in_file import in_file
from tests.unit.store.stores import event, events, raw, record, sealed_value, tables, ticket

FRESH = stream("complaint", "9")
BODY = "x'7b7d'"
AT = "'2024-05-02T01:00:00Z'"


@pytest.fixture
def written(filed: Store, path: Path) -> Path:
    """A file with three events, two sealed values and a ticket."""
    filed.append(events(3), guards=[], vault=[sealed_value("a"), sealed_value("b")], ticket=ticket())
    return path


@pytest.fixture(params=["OFF", "ON"])
def prompt(written: Path, request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    """A connection that is not ours; REPLACE passes over delete triggers unless recursive_triggers is on."""
    with raw(written) as connection:
        connection.execute(f"PRAGMA recursive_triggers={request.param}")
        yield connection


def values(
    position: str,
    stream: str = FRESH,
    version: object = 1,
    topic: str = "complaint.filed.v1",
    at: str = AT,
    body: str = BODY,
) -> str:
    return f"({position}, '{stream}', {version}, '{topic}', {at}, {body})"


def inserted(position: str, **others: object) -> str:
    return f"INSERT INTO {COLUMNS} VALUES {values(position, **others)}"  # type: ignore[arg-type]


COLUMNS = "events (position, stream, version, topic, at, body)"
ON_EVENTS = {
    "a changed body": f"UPDATE events SET body = {BODY} WHERE position = 1",
    "a changed instant": f"UPDATE events SET at = {AT} WHERE position = 0",
    "a moved position": "UPDATE events SET position = 3 WHERE position = 2",
    "an update that replaces": "UPDATE OR REPLACE events SET position = 0 WHERE position = 2",
    "an update that changes nothing": "UPDATE events SET body = body",
    "the last event dropped": "DELETE FROM events WHERE position = 2",
    "every event dropped": "DELETE FROM events",
    "a replaced position": f"INSERT OR REPLACE INTO {COLUMNS} VALUES {values('0')}",
    "a replaced last position": f"REPLACE INTO {COLUMNS} VALUES {values('2')}",
    "a replaced version": f"INSERT OR REPLACE INTO {COLUMNS} VALUES {values('3', COMPLAINT, 2)}",
    "a row inserted over a position": inserted("1"),
    "a version taken twice": inserted("3", stream=COMPLAINT, version=3),
    "a row that is quietly not inserted": f"INSERT OR IGNORE INTO {COLUMNS} VALUES {values('0')}",
    "an insert that updates": f"INSERT INTO {COLUMNS} VALUES {values('2')} "
    f"ON CONFLICT (position) DO UPDATE SET body = {BODY}",
    "a skipped position": inserted("4"),
    "a skip in the second row": f"INSERT INTO {COLUMNS} VALUES {values('3')}, {values('5', FRESH, 2)}",
    "a position before the first": inserted("-1"),
    "a position that the database picks": inserted("NULL"),
    "a position left out": "INSERT INTO events (stream, version, topic, at, body) "
    f"VALUES ('{FRESH}', 1, 'complaint.filed.v1', {AT}, {BODY})",
}
ON_THE_VAULT = {
    "a changed box": "UPDATE vault SET box = x'00'",
    "a changed subject": "UPDATE vault SET of = 'r1'",
    "a changed commitment": f"UPDATE vault SET commitment = '{'c' * 64}' WHERE commitment = '{'a' * 64}'",
    "a replaced value": f"INSERT OR REPLACE INTO vault VALUES ('{'a' * 64}', '{COMPLAINT}', 'case', x'00')",
    "a value sealed twice": f"INSERT INTO vault VALUES ('{'a' * 64}', '{COMPLAINT}', 'case', x'00')",
    "an insert that updates a value": f"INSERT INTO vault VALUES ('{'a' * 64}', '{COMPLAINT}', 'case', x'00') "
    "ON CONFLICT (commitment) DO UPDATE SET box = x'00'",
}


@pytest.mark.parametrize("attack", [*ON_EVENTS.values(), *ON_THE_VAULT.values()], ids=[*ON_EVENTS, *ON_THE_VAULT])
def test_attack_a_row_that_stands_is_changed_or_another_put_out_of_turn(
    attack: str, prompt: sqlite3.Connection, written: Path
) -> None:
    """Refused by a trigger, aloud, and nothing has changed."""
    before = tables(written)
    with pytest.raises(sqlite3.IntegrityError, match=r"never|takes the next position|stands in the vault once"):
        prompt.execute(attack)
    assert tables(written) == before


def test_the_next_position_is_taken_as_anybody_may(prompt: sqlite3.Connection, written: Path) -> None:
    """The triggers refuse what they say and no more; an attack that failed for another reason would prove nothing."""
    prompt.execute(f"INSERT INTO {COLUMNS} VALUES {values('3')}, {values('4', COMPLAINT, 4)}")
    assert [row[0] for row in tables(written)["events"]] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("table", ["vault", "idempotency"])
def test_sealed_values_and_tickets_may_be_deleted(prompt: sqlite3.Connection, written: Path, table: str) -> None:
    """Erasing a person and forgetting an old key are lawful; no proof breaks by either."""
    prompt.execute(f"DELETE FROM {table}")
    assert tables(written)[table] == []


OF_ANOTHER_SHAPE = {
    "a version in words": inserted("3", version="'one'"),
    "a version before the first": inserted("3", version=-1),
    "a position in words": inserted("'three'"),
    "a day for an instant": inserted("3", at="'2024-05-02'"),
    "no instant": inserted("3", at="NULL"),
    "no stream": inserted("3", stream=""),
    "a stream too long": inserted("3", stream="s" * 51),
    "a topic too long": inserted("3", topic="t" * 101),
    "a body of text": inserted("3", body="'{}'"),
    "no body": inserted("3", body="NULL"),
    "a body too long": inserted("3", body="zeroblob(65024)"),
    "a box of text": f"INSERT INTO vault VALUES ('{'c' * 64}', '{COMPLAINT}', 'case', 'text')",
    "a commitment too short": f"INSERT INTO vault VALUES ('{'c' * 63}', '{COMPLAINT}', 'case', x'00')",
    "a value of no stream": f"INSERT INTO vault VALUES ('{'c' * 64}', NULL, 'case', x'00')",
    "a scope too short": "INSERT INTO idempotency VALUES (zeroblob(31), zeroblob(32), 0, 0)",
    "a scope of text": f"INSERT INTO idempotency VALUES ('{'k' * 32}', zeroblob(32), 0, 0)",
    "a fingerprint too long": "INSERT INTO idempotency VALUES (zeroblob(32), zeroblob(33), 0, 0)",
    "a range in words": "INSERT INTO idempotency VALUES (zeroblob(32), zeroblob(32), 'first', 0)",
}


@pytest.mark.parametrize("row", OF_ANOTHER_SHAPE.values(), ids=OF_ANOTHER_SHAPE)
def test_attack_a_row_of_another_shape(row: str, prompt: sqlite3.Connection, written: Path) -> None:
    """Types are strict, nothing is absent, lengths are bounded; the grammar itself is the codec's."""
    before = tables(written)
    with pytest.raises(sqlite3.IntegrityError, match=r"constraint failed|cannot store|datatype mismatch"):
        prompt.execute(row)
    assert tables(written) == before


def test_the_longest_body_that_fits_an_entry_is_taken(prompt: sqlite3.Connection) -> None:
    prompt.execute(inserted("3", body="zeroblob(65023)"))


def test_our_own_connections_cannot_change_what_stands_either(filed: Store, written: Path) -> None:
    """The same rules for the writer itself: a mistake in our own SQL is refused like an attack."""
    before = tables(written)
    for attack in (*ON_EVENTS.values(), *ON_THE_VAULT.values()):
        with in_file(filed) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(attack)
    assert tables(written) == before


def test_attack_a_dropped_trigger_is_back_at_the_next_start(written: Path, clock: SimulatedClock) -> None:
    """A SQL prompt may drop a trigger, which no database prevents; it does not stay dropped unseen."""
    with raw(written) as connection:
        connection.execute("DROP TRIGGER events_are_not_deleted")
    open_store(written, clock).close()
    with raw(written) as connection, pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        connection.execute("DELETE FROM events")


def test_the_file_may_be_opened_again_and_written_on(filed: Store, path: Path, clock: SimulatedClock) -> None:
    record(filed)
    again = open_store(path, clock)
    again.append([event(2)], guards=[])
    again.close()
    assert filed.size() == 2
