"""Entries that were sealed and are lost from the database, put back from the trail's own bundles.

An entry's bytes are a whole row, so the trail can be made again from its bundles. Nothing is taken on trust: the rows
that are left and the entries together must hash to the checkpoint that stands in the lock store. What a bundle does not
hold is not made up: the sealed values of these entries, and the keys by which a command is known again, stay lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from api.wiring import KEYS_DB, LOCK, TRAIL, require_ledger, where_of
from ledger.carried import handles_in
from ledger.codec import decode, unframe
from ledger.errors import Diverged, Invalid
from ledger.keystore import KeyStore
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.store import Store
from ledger.trail.checkpoint import Checkpoint, parse_checkpoint
from ledger.trail.edge import Edge
from ledger.trail.lockstore import FileLockStore
from ledger.trail.staging import STAGING
from ledger.trail.tiles import WIDTH, TileFolder
from ledger.values import Clock


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was put back: the positions first .. last - 1, and the root over all of it."""

    first: int
    last: int
    root: str


def recover(folder: Path, bundles: Path | None, clock: Clock, database: Database | None = None) -> Recovered:
    """Put back what the lock store has sealed and the database has lost; all of it, or nothing and Diverged.

    `bundles` is a trail's folder or an auditor's export; left out, the ledger's own, with what it had staged.
    """
    require_ledger(folder, database)
    trail = folder / TRAIL
    tiles = TileFolder(trail / STAGING, trail) if bundles is None else TileFolder(bundles)
    text = FileLockStore(folder / LOCK).read()
    if text is None:
        raise Diverged("the lock store is missing, and it alone says how far this ledger was sealed (docs/recovery.md)")
    locked = parse_checkpoint(text)
    where = where_of(folder, database)
    with closing(open_store(where, clock)) as store, closing(KeyStore(folder / KEYS_DB)) as keys:
        first = store.size()
        if first >= locked.size:
            raise Invalid("", f"nothing is missing: {locked.size} entries are sealed, and {first} recorded")
        missing = list(_entries(tiles, first, locked.size))
        _require_root(store, missing, locked)
        rows = [unframe(each) for each in missing]
        recorded = [decode(each) for each in rows]
        # Before the rows: a handle that an entry names must never be given to somebody else.
        keys.reserve((each.stream, handle) for each in recorded for handle in handles_in([each]))
        store.put_back(rows)
    return Recovered(first, locked.size, locked.root.hex())


def _entries(tiles: TileFolder, first: int, last: int) -> Iterator[bytes]:
    """The entries first .. last - 1 from the bundles; Diverged where one of them is not there."""
    for index in range(first // WIDTH, (last - 1) // WIDTH + 1):
        held = tiles.bundle(index, min(WIDTH, last - index * WIDTH))
        yield from held[max(0, first - index * WIDTH) :]


def _require_root(store: Store, missing: list[bytes], locked: Checkpoint) -> None:
    edge = Edge()
    for entry in store.entries(0, store.size()):
        edge.add(entry)
    for entry in missing:
        edge.add(entry)
    if edge.root() != locked.root:
        raise Diverged(
            f"the rows that are left and the entries of these bundles do not give the root that is sealed at size "
            f"{locked.size}: one of the two is not this history. Nothing was put back; try another copy of the bundles "
            "(--bundles), or an older backup of the database"
        )
