"""`netral copy`: a ledger's rows from SQLite to PostgreSQL or back, believed only when both give the same root."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from api.wiring import LEDGER_DB
from ledger.clock import real_clock
from ledger.errors import Broken, Invalid
from ledger.store.database import Database
from ledger.store.opening import Where, open_store
from ledger.store.transfer import file_of, transfer
from ledger.trail.edge import Edge


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rows by table, and the root of the entries."""

    rows: dict[str, int]
    root: str


def place(told: str) -> Where:
    """A PostgreSQL database by its URL, or else a ledger's file or folder."""
    if told.startswith(("postgresql://", "postgres://")):
        return Database(told)
    if "://" in told:
        raise Invalid("", "a place is a ledger's folder, its file, or a postgresql:// URL")
    return file_of(Path(told), LEDGER_DB)


def copy(source: Where, target: Where, advance: Callable[[], None] = lambda: None) -> Copied:
    """Copy every row into an empty database; Broken when the entries there do not hash to the same root."""
    edge = Edge()

    def passing(entry: bytes) -> None:
        if entry:
            edge.add(entry)
        advance()

    rows = transfer(source, target, passing)
    again = Edge()
    with closing(open_store(target, real_clock, make=False)) as store:
        for entry in store.entries(0, store.size()):
            again.add(entry)
    if not edge.size or (again.size, again.root()) != (edge.size, edge.root()):
        raise Broken(
            "the copy does not hash to the root of what was copied: use it for nothing, and look at both disks"
        )
    return Copied(rows, edge.root().hex())
