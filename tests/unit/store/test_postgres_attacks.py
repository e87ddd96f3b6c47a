"""Attacks with a PostgreSQL prompt: what the database itself refuses, to the writer's role and to its owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from ledger.clock import real_clock
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.rows import Append
from tests.builders import COMPLAINT, stream
from tests.postgres import Databases
from tests.unit.store.stores import administrator, event, events, sealed_value, tables, ticket

FRESH = stream("complaint", "9")
AT = "'2024-05-02T01:00:00Z'"
BODY = r"'\x7b7d'"
COLUMNS = "netral.events (position, stream, version, topic, at, body)"


def values(
    position: str,
    of: str = FRESH,
    version: object = 1,
    topic: str = "complaint.filed.v1",
    at: str = AT,
    body: str = BODY,
) -> str:
    return f"({position}, '{of}', {version}, '{topic}', {at}, {body})"


def inserted(position: str, **others: object) -> str:
    return f"INSERT INTO {COLUMNS} VALUES {values(position, **others)}"  # type: ignore[arg-type]


CHANGING = {
    "a changed body": f"UPDATE netral.events SET body = {BODY} WHERE position = 1",
    "a moved position": "UPDATE netral.events SET position = 3 WHERE position = 2",
    "an update that changes nothing": "UPDATE netral.events SET body = body",
    "an update of no row": "UPDATE netral.events SET body = body WHERE false",
    "the last event dropped": "DELETE FROM netral.events WHERE position = 2",
    "every event dropped": "DELETE FROM netral.events",
    "a table emptied": "TRUNCATE netral.events",
    "every table emptied": "TRUNCATE netral.events, netral.vault, netral.idempotency",
    "an insert that updates": f"INSERT INTO {COLUMNS} VALUES {values('2')} "
    f"ON CONFLICT (position) DO UPDATE SET body = {BODY}",
    "a changed box": r"UPDATE netral.vault SET box = '\x00'",
    "a changed subject": "UPDATE netral.vault SET of = 'r1'",
    "an emptied vault": "TRUNCATE netral.vault",
    "an insert that updates a value": rf"INSERT INTO netral.vault VALUES ('{'a' * 64}', '{COMPLAINT}', 'case', '\x00') "
    r"ON CONFLICT (commitment) DO UPDATE SET box = '\x00'",
    "a changed ticket": "UPDATE netral.idempotency SET first = 1",
}
OUT_OF_TURN = {
    "a row inserted over a position": inserted("1"),
    "a version taken twice": inserted("3", of=COMPLAINT, version=3),
    "a row that is quietly not inserted": f"INSERT INTO {COLUMNS} VALUES {values('0')} ON CONFLICT DO NOTHING",
    "a skipped position": inserted("4"),
    "a skip in the second row": f"INSERT INTO {COLUMNS} VALUES {values('3')}, {values('5', FRESH, 2)}",
    "a gap that a second row seems to fill": f"INSERT INTO {COLUMNS} VALUES {values('5')}, {values('4', FRESH, 2)}",
    "a position before the first": inserted("-1"),
    "a position that the database picks": inserted("NULL"),
    "a version in words": inserted("3", version="'one'"),
    "a version before the first": inserted("3", version=-1),
    "a day for an instant": inserted("3", at="'2024-05-02'"),
    "no instant": inserted("3", at="NULL"),
    "no stream": inserted("3", of=""),
    "a stream too long": inserted("3", of="s" * 51),
    "a topic too long": inserted("3", topic="t" * 101),
    "no body": inserted("3", body="NULL"),
    "a body too long": inserted("3", body=r"decode(repeat('00', 65024), 'hex')"),
    "a value sealed twice": rf"INSERT INTO netral.vault VALUES ('{'a' * 64}', '{COMPLAINT}', 'case', '\x00')",
    "a commitment too short": rf"INSERT INTO netral.vault VALUES ('{'c' * 63}', '{COMPLAINT}', 'case', '\x00')",
    "a value of no stream": rf"INSERT INTO netral.vault VALUES ('{'c' * 64}', NULL, 'case', '\x00')",
    "a scope too short": r"INSERT INTO netral.idempotency VALUES ('\x00', decode(repeat('00', 32), 'hex'), 0, 0)",
}
NOT_THE_WRITER_S = {
    "a value deleted": "DELETE FROM netral.vault",
    "a ticket deleted": "DELETE FROM netral.idempotency",
    "a trigger dropped": "DROP TRIGGER events_are_not_deleted ON netral.events",
    "a trigger turned off": "ALTER TABLE netral.events DISABLE TRIGGER ALL",
    "a replica's session": "SET session_replication_role = replica",
    "a table dropped": "DROP TABLE netral.events",
    "a table of one's own": "CREATE TABLE netral.mine (one int)",
    "another append": "CREATE OR REPLACE FUNCTION netral.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "another schema version": "INSERT INTO netral.migrations (number, name, digest) VALUES (9, 'x', 'x')",
}


@pytest.fixture(scope="module")
def written(databases: Databases) -> Iterator[Database]:
    """A database with three events, two sealed values and a ticket, which no attack of this module changes."""
    name = databases.new()
    made = Database(databases.server.url("writer", name))
    store = open_store(made, real_clock)
    store.append(events(3), guards=[], vault=[sealed_value("a"), sealed_value("b")], ticket=ticket())
    store.close()
    yield made
    databases.drop(name)


def as_user(database: Database, user: str) -> psycopg.Connection[Any]:
    return psycopg.connect(database.url.replace("//writer@", f"//{user}@"), autocommit=True)


@pytest.mark.parametrize("user", ["owner", "postgres"])
@pytest.mark.parametrize("attack", [*CHANGING.values(), *OUT_OF_TURN.values()], ids=[*CHANGING, *OUT_OF_TURN])
def test_attack_by_the_owner_a_row_is_changed_or_put_out_of_turn(attack: str, user: str, written: Database) -> None:
    """Refused aloud by a trigger or a constraint, to those whom no privilege stops; and nothing has changed."""
    before = tables(written)
    with as_user(written, user) as prompt, pytest.raises((psycopg.IntegrityError, errors.InvalidTextRepresentation)):
        prompt.execute(attack)
    assert tables(written) == before


@pytest.mark.parametrize("attack", CHANGING.values(), ids=CHANGING)
def test_attack_by_a_superuser_in_a_replica_s_session(attack: str, written: Database) -> None:
    """Such a session passes over ordinary triggers, as a row's replication does; not over these."""
    before = tables(written)
    with administrator(written) as prompt:
        prompt.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.IntegrityError):
            prompt.execute(attack)
    assert tables(written) == before


@pytest.mark.parametrize("attack", [*CHANGING.values(), *NOT_THE_WRITER_S.values()], ids=[*CHANGING, *NOT_THE_WRITER_S])
def test_attack_by_the_writer_something_that_its_role_may_not(attack: str, written: Database) -> None:
    """The service's own role inserts and reads: for anything else the privilege is missing, before any trigger."""
    before = tables(written)
    with as_user(written, "writer") as prompt, pytest.raises(errors.InsufficientPrivilege):
        prompt.execute(attack)
    assert tables(written) == before


@pytest.mark.parametrize("attack", OUT_OF_TURN.values(), ids=OUT_OF_TURN)
def test_attack_by_the_writer_a_row_out_of_turn(attack: str, written: Database) -> None:
    before = tables(written)
    with as_user(written, "writer") as prompt, pytest.raises(psycopg.DatabaseError):
        prompt.execute(attack)
    assert tables(written) == before


@pytest.mark.parametrize(
    "attack",
    [
        inserted("3"),
        "SELECT * FROM netral.idempotency",
        f"SELECT netral.forget('{COMPLAINT}', 'case')",
        "SELECT netral.append_together(" + ", ".join(["NULL"] * 18) + ")",
        "SELECT netral.append_each(" + ", ".join(["NULL"] * 20) + ")",
        *CHANGING.values(),
    ],
)
def test_attack_by_the_reader_anything_but_reading(attack: str, written: Database) -> None:
    before = tables(written)
    with as_user(written, "reader") as prompt, pytest.raises(errors.InsufficientPrivilege):
        prompt.execute(attack)
    assert tables(written) == before


def test_the_reader_reads_the_trail(written: Database) -> None:
    """A store opened with the reader's role, as for a projection beside the service, gives every entry."""
    store = open_store(Database(written.url.replace("//writer@", "//reader@")), real_clock, make=False)
    assert [entry.position for entry in store.rows_from(0, 10)] == [0, 1, 2]
    store.close()


def test_the_next_position_is_taken_as_anybody_may(database: Database) -> None:
    """The triggers refuse what they say and no more; an attack that failed for another reason would prove nothing."""
    with as_user(database, "writer") as prompt:
        prompt.execute(f"INSERT INTO {COLUMNS} VALUES {values('0')}, {values('1', FRESH, 2)}")
        prompt.execute(inserted("2", of=COMPLAINT))
        prompt.execute(inserted("3", of=COMPLAINT, version=2, body=r"decode(repeat('00', 65023), 'hex')"))
    assert [row[0] for row in tables(database)["events"]] == [0, 1, 2, 3]


@pytest.mark.parametrize(("function", "parameters"), [("append_together", 18), ("append_each", 20)])
def test_attack_an_append_at_another_isolation_is_refused(database: Database, function: str, parameters: int) -> None:
    """At a higher one all of its statements would see the trail as it was before it waited for the lock."""
    store = open_store(database, real_clock)
    with administrator(database) as connection:
        for level in ("REPEATABLE READ", "SERIALIZABLE"):
            connection.execute(f"BEGIN ISOLATION LEVEL {level}")
            with pytest.raises(psycopg.InternalError, match="READ COMMITTED"):
                connection.execute(f"SELECT netral.{function}({', '.join(['NULL'] * parameters)})".encode())
            connection.execute("ROLLBACK")
    assert store.size() == 0
    store.close()


def test_a_database_s_default_isolation_is_no_way_round(database: Database) -> None:
    """An administrator's default for the database or the role does not reach the recorder's connections."""
    with administrator(database) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = 'local'")
        connection.execute(f"ALTER DATABASE {name} SET search_path = ''")
    store = open_store(database, real_clock)
    store.append(events(2), guards=[])
    assert store.recorder.insert_group([Append((event(3),))])
    assert store.size() == 3
    store.close()


def test_erasing_deletes_the_values_of_one_subject_alone(database: Database) -> None:
    """By the one function that may, with the writer's role, which may delete nothing itself."""
    store = open_store(database, real_clock)
    other = sealed_value("b")
    store.append(events(1), guards=[], vault=[sealed_value("a"), other], ticket=ticket())
    store.forget(COMPLAINT, "nobody")
    assert len(tables(database)["vault"]) == 2
    store.forget(COMPLAINT, "case")
    assert tables(database)["vault"] == []
    assert len(tables(database)["events"]) == 1
    store.close()
