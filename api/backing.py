"""A backup of a ledger that may be at work: its three stores, each in a folder of its own with a manifest.

The order makes it one that can be restored. What is restored must keep: published <= lock store <= database <= keys.
Each of them only grows, so whoever is copied later may only be further; a lock store that was copied after the database
could be ahead of it, and a ledger never starts from such a pair (TRAIL.md, sealing, step 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from api.folders import filling
from api.manifest import Manifest, Part
from api.wiring import KEYS_DB, LEDGER_DB, LOCK, SIGNING_KEY, TRAIL, VKEY, identity, require_ledger, require_own_keys
from ledger.errors import Diverged, Invalid, Misconfigured
from ledger.keystore import KeyStore
from ledger.settings import FILE
from ledger.shape import instant_of, instant_text
from ledger.signing import SIGNING_KEYS
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.store import Store
from ledger.trail import durable
from ledger.trail.checkpoint import Checkpoint, parse_checkpoint
from ledger.trail.edge import Edge
from ledger.trail.export import export
from ledger.trail.lockstore import FileLockStore
from ledger.values import Clock

LAST: Final = "backup.last"
"""In the ledger's folder: when and how far it was backed up last."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made: how many entries it holds, their root, and how many of them are sealed in it."""

    origin: str
    size: int
    root: str
    sealed: int
    at: str


def back_up(
    folder: Path, destination: Path, clock: Clock, *, secret: bool = False, database: Database | None = None
) -> BackedUp:
    """Copy the three stores into a folder that is new or empty; every recorded row is hashed again on the way.

    `secret`: the signing key lies in no file here, and is kept by whoever hands it in.
    """
    require_ledger(folder, database)
    _require_apart(folder, destination)
    with filling(destination, "make each backup in a folder of its own, such as one named by the day"):
        ledger, keys, trail = (_folder(destination / part) for part in Part)
        # 1: what is published. It moves on while it is copied: the export holds what its own checkpoint implies.
        export(folder / TRAIL, trail / TRAIL)
        # 2: what is locked, at least as far as 1.
        text = FileLockStore(folder / LOCK).read()
        if text is None:
            raise Diverged("the lock store is missing: start the ledger, which says the way out (netral status)")
        locked = parse_checkpoint(text)
        durable.make_folder(trail / LOCK)
        durable.replace(trail / LOCK / "checkpoint", text)
        _copy_along(folder / VKEY, trail / VKEY)
        # 3: what is recorded, at least as far as 2.
        if database is not None:
            from ledger.store.transfer import transfer

            transfer(database, ledger / LEDGER_DB)
        else:
            with closing(open_store(folder / LEDGER_DB, clock, make=False)) as store:
                store.copy_to(ledger / LEDGER_DB)
        _copy_along(folder / FILE, ledger / FILE)
        # 4: the keys, which were durable before what they open was recorded: so all of 3 opens.
        with closing(KeyStore(folder / KEYS_DB)) as key_store:
            key_store.copy_to(keys / KEYS_DB)
        if not secret or (folder / SIGNING_KEY).exists():
            _copy_secret(folder / SIGNING_KEY, keys / SIGNING_KEY)
        for path in sorted((folder / SIGNING_KEYS).glob("*.key")):
            _copy_secret(path, _folder(keys / SIGNING_KEYS, exist_ok=True) / path.name)
        made = _checked(destination, locked, clock)
        for part, size, root in (
            (Part.LEDGER, made.size, made.root),
            (Part.KEYS, made.size, made.root),
            (Part.TRAIL, locked.size, locked.root.hex()),
        ):
            held = Manifest.of(destination / part, part, origin=made.origin, size=size, root=root, at=made.at)
            held.write(destination / part)
    durable.replace(folder / LAST, f"{made.at} {made.size} {made.root}\n".encode())
    return made


def last_backup(folder: Path) -> tuple[datetime, int] | None:
    """When a ledger was backed up last, and how many entries it had then; None if it never was."""
    try:
        at, size, _ = (folder / LAST).read_text("ascii").split()
        return instant_of(at), int(size)
    except (OSError, ValueError):
        return None


def roots_at(store: Store, sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots of the first so many entries, every row read and hashed again; sizes beyond the end are left out."""
    wanted, edge, found = set(sizes), Edge(), {}
    for entry in store.entries(0, store.size()):
        edge.add(entry)
        if edge.size in wanted:
            found[edge.size] = edge.root()
    return found


def _checked(destination: Path, locked: Checkpoint, clock: Clock) -> BackedUp:
    """What the copies say together; an error when they could not be restored."""
    ledger, keys = destination / Part.LEDGER / LEDGER_DB, destination / Part.KEYS / KEYS_DB
    with closing(open_store(ledger, clock, make=False)) as store, closing(KeyStore(keys)) as key_store:
        _, known = identity(ledger.parent, store)
        require_own_keys(store, key_store)
        size = store.size()
        roots = roots_at(store, [size, locked.size])
    if known.origin != locked.origin or roots.get(locked.size) != locked.root:
        raise Diverged(
            f"the database does not give the root that is sealed at size {locked.size}: a row was changed. Keep "
            "everything as it is, compare with an auditor's export (netral export, verify.py), and restore from an "
            "older backup"
        )
    return BackedUp(known.origin, size, roots[size].hex(), locked.size, instant_text(clock()))


def _require_apart(folder: Path, destination: Path) -> None:
    source, target = folder.resolve(), destination.resolve()
    if target == source or target.is_relative_to(source) or source.is_relative_to(target):
        raise Invalid("DEST", f"{destination} and the ledger in {folder} must lie apart, on another disk if possible")


def _folder(path: Path, *, exist_ok: bool = False) -> Path:
    path.mkdir(mode=0o700, exist_ok=exist_ok)
    return path


def _copy_along(source: Path, target: Path) -> None:
    """A file that goes along where it is there."""
    if source.is_file():
        durable.replace(target, source.read_bytes())


def _copy_secret(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    try:
        durable.write_durably(target, source.read_bytes())
    except FileNotFoundError:
        raise Misconfigured(
            f"{source} is missing: without it nothing is sealed. Put it back from an earlier backup"
        ) from None
