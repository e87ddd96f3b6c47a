"""Whether what a ledger's folder holds is whole: every fact with its sealed values and ticket, and nothing beside them.

Read from the files by SQL, apart from the store: what the store hides from its readers is looked at too.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

from ledger.carried import references_in
from ledger.codec import Entry, Recorded, decode
from ledger.keystore import KeyStore
from ledger.store.database import Database
from ledger.store.rows import VaultRow
from ledger.vault import unseal
from tests.unit.store.stores import tables


def assert_whole(folder: Path, database: Database | None = None) -> list[Recorded]:
    """The facts of the trail, after everything that must hold of the rows was found to hold."""
    if database is None:
        with closing(sqlite3.connect(folder / "ledger.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    held = tables(database or folder / "ledger.db")
    vault = [VaultRow(*row) for row in held["vault"]]
    tickets = sorted((first, last) for _, _, first, last in held["idempotency"])
    facts = [decode(Entry(*row)) for row in held["events"]]
    _assert_places(facts)
    _assert_sealed_values(facts, vault, folder / "keys.db")
    _assert_tickets(facts, tickets)
    return facts


def _assert_places(facts: list[Recorded]) -> None:
    assert [fact.position for fact in facts] == list(range(len(facts))), "a position is missing or taken twice"
    assert [fact.at for fact in facts] == sorted(fact.at for fact in facts), "an instant steps back"
    versions = defaultdict(list)
    for fact in facts:
        versions[fact.stream].append(fact.version)
    for stream, held in versions.items():
        assert held == list(range(1, len(held) + 1)), f"{stream} lacks a version"


def _assert_sealed_values(facts: list[Recorded], vault: list[VaultRow], keys: Path) -> None:
    carried = Counter(each.sealed for fact in facts for each in (*references_in(fact.by), *references_in(fact.fact)))
    assert max(carried.values()) == 1, "a value was committed to twice"
    assert set(carried) == {row.commitment for row in vault}, "an entry lacks its sealed value, or the other way round"
    with closing(KeyStore(keys)) as store:
        for row in vault:
            assert unseal(store, row).value, "a sealed value was recorded before its key was durable"


def _assert_tickets(facts: list[Recorded], tickets: list[tuple[int, int]]) -> None:
    previous = 0
    for first, last in tickets:
        assert previous < first <= last < len(facts), "a ticket is of no entries, or of another's"
        assert len({(fact.at, fact.by.office) for fact in facts[first : last + 1]}) == 1
        previous = last
