"""A database that an earlier release made: what is in it stays, and what follows is recorded beside it."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from ledger.clock import real_clock
from ledger.store import migrating
from ledger.store.database import Database
from ledger.store.opening import open_store
from tests.builders import COMPLAINT
from tests.postgres import Databases
from tests.unit.store.stores import event, places, sealed_value, tables, ticket

EARLIER = 2
RECORDED_BEFORE = f"""
    INSERT INTO netral.events (position, stream, version, topic, at, body) VALUES
        (0, '{COMPLAINT}', 1, 'complaint.filed.v1', '2024-05-02T01:00:00Z', '{{}}'),
        (1, '{COMPLAINT}', 2, 'complaint.filed.v1', '2024-05-02T01:00:00Z', '');
    INSERT INTO netral.vault VALUES ('{"a" * 64}', '{COMPLAINT}', 'case', 'box');
    INSERT INTO netral.idempotency VALUES (repeat('k', 32)::bytea, repeat('c', 32)::bytea, 0, 1);
"""


def test_what_was_recorded_under_an_earlier_schema_stays(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row as it was, tickets that are answered, triggers that refuse, and the position after the last one."""
    name, url = databases.new("template0"), databases.server.url
    owner, writer = Database(url("owner", name)), Database(url("writer", name))
    every = migrating.migrations()
    monkeypatch.setattr(migrating, "migrations", lambda: every[:EARLIER])
    migrating.migrate(owner)
    with psycopg.connect(owner.url, autocommit=True) as prompt:
        prompt.execute(RECORDED_BEFORE)
    before = tables(writer)
    monkeypatch.setattr(migrating, "migrations", lambda: every)
    assert migrating.migrate(owner) == len(every) - EARLIER
    assert tables(writer) == before
    with closing(open_store(writer, real_clock)) as store:
        assert [row.position for row in store.append([event()], guards=[], ticket=ticket()).rows] == [0, 1]
        store.append([event(3)], guards=[], vault=[sealed_value("b")], ticket=ticket("l"))
        assert places(writer) == [(position, COMPLAINT, position + 1) for position in range(3)]
    with psycopg.connect(owner.url, autocommit=True) as prompt, pytest.raises(psycopg.IntegrityError):
        prompt.execute("DELETE FROM netral.events")
    databases.drop(name)
