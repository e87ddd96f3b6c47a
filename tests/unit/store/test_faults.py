"""A database that fails in the middle of an append, as real ones do: a row, a full disk, no more files to open."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.clock import SimulatedClock
from ledger.errors import Broken
from ledger.store.opening import open_store
from ledger.store.rows import Appended, VaultRow
from ledger.store.store import Store
from tests.builders import COMPLAINT
from tests.in_file import in_file
from tests.unit.store.faults import Statements
from tests.unit.store.stores import events, raw, record, sealed_value, tables, ticket


def append(filed: Store) -> Appended:
    """Three events, two sealed values and a ticket, after one event that stands."""
    return filed.append(events(3, after=1), guards=[], vault=[sealed_value("a"), sealed_value("b")], ticket=ticket())


FAILING_ROWS = {
    "the second event": "events WHEN NEW.version = 3",
    "the last event": "events WHEN NEW.version = 4",
    "the first sealed value": f"vault WHEN NEW.commitment = '{'a' * 64}'",
    "the last sealed value": f"vault WHEN NEW.commitment = '{'b' * 64}'",
    "the ticket": "idempotency",
}


@pytest.mark.parametrize("how", ["ABORT", "FAIL", "ROLLBACK"])
@pytest.mark.parametrize("row", FAILING_ROWS.values(), ids=FAILING_ROWS)
def test_a_row_that_fails_takes_all_the_others_with_it(filed: Store, path: Path, row: str, how: str) -> None:
    """FAIL keeps what the statement has done so far, ROLLBACK ends the transaction under our hands."""
    record(filed)
    before = tables(path)
    with raw(path) as connection:
        connection.execute(f"CREATE TRIGGER fault BEFORE INSERT ON {row} BEGIN SELECT RAISE({how}, 'a fault'); END")
    with pytest.raises(Broken, match="a fault"):
        append(filed)
    assert tables(path) == before
    with raw(path) as connection:
        connection.execute("DROP TRIGGER fault")
    assert not append(filed).replayed
    assert filed.size() == 4


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """The system refuses to let any file grow beyond a size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_records_all_or_nothing_and_is_named(path: Path, clock: SimulatedClock) -> None:
    """However far the commit came: most of the pages are written when the transaction ends, not by its statements."""
    store = open_store(path, clock)
    log = path.with_name("ledger.db-wal")
    refused: list[str] = []
    for room in range(0, 60_000, 4_000):
        with files_no_longer_than(log.stat().st_size + room):
            box = VaultRow("a" * 64, COMPLAINT, "case", b"x" * 20_000)
            try:
                store.append(events(3), guards=[], vault=[box], ticket=ticket())
            except Broken as error:
                refused.append(str(error))
            else:
                break
        assert tables(path) == {"events": [], "vault": [], "idempotency": []}
    assert len(refused) > 3, "there was room from the beginning"
    assert all("disk" in message for message in refused)
    assert {name: len(rows) for name, rows in tables(path).items()} == {"events": 3, "vault": 1, "idempotency": 1}
    record(store, stream="complaint-" + "2" * 32)
    store.close()


def test_a_writer_that_gets_no_connection_leaves_the_way_free(
    path: Path, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many open files, for a moment: the writer's lock is not kept by a writer that never came to write."""
    monkeypatch.setattr("ledger.store.pool.LOCK_TIMEOUT", 0.2)
    statements = Statements(monkeypatch)
    open_store(path, clock).close()
    store = open_store(path, clock, make=False)
    with in_file(store):  # the one connection that there is
        statements.unavailable = True
        for _ in range(2):
            with pytest.raises(Broken, match="unable to open database file"):
                record(store)
        statements.unavailable = False
        record(store)
    assert store.size() == 1
    store.close()
