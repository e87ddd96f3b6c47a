"""How the parts of one ledger's folder are put together; the only place that knows the files by name.

ledger.db: events, vault, tickets · keys.db: the key store · signing.key: the checkpoint key · lock/: the lock store ·
trail/: tiles and checkpoints as published · views.db: the read side · journal.db: who opened sealed values ·
trail.vkey: the key for auditors.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ledger.clock import real_clock
from ledger.erasing import destroy_what_was_erased
from ledger.errors import Invalid, Misconfigured
from ledger.founding import found, origin_of
from ledger.itself.facts import ClockKind
from ledger.itself.state import OpenLedger
from ledger.journal import Journal
from ledger.keystore import KeyStore
from ledger.registrar import Registrar, evolved
from ledger.store.store import Store, open_store
from ledger.trail.checkpoint import SigningKey
from ledger.trail.lockstore import FileLockStore
from ledger.trail.sealer import Sealer
from ledger.values import Clock, LedgerId, Staff, StreamId, Vkey
from ledger.vault import Random
from projections.cases import Cases
from projections.follow import Follower
from projections.registers import Registers
from projections.timeline import Timeline
from projections.views import Views, open_views

DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
LEDGER_DB: Final = "ledger.db"
KEYS_DB: Final = "keys.db"
SIGNING_KEY: Final = "signing.key"
VKEY: Final = "trail.vkey"
TRAIL: Final = "trail"
LOCK: Final = "lock"
VIEWS_DB: Final = "views.db"
JOURNAL_DB: Final = "journal.db"


@dataclass(frozen=True, slots=True)
class House:
    """One ledger, open and ready to work."""

    folder: Path
    stream: StreamId
    ledger: OpenLedger
    clock: Clock
    store: Store
    keys: KeyStore
    registrar: Registrar
    sealer: Sealer
    views: Views
    follower: Follower
    journal: Journal

    @property
    def trail(self) -> Path:
        """The folder of published tiles and checkpoint."""
        return self.folder / TRAIL

    def close(self) -> None:
        """Wait for those at work and close every file."""
        self.store.close()
        self.keys.close()
        self.views.close()
        self.journal.close()


def create_house(
    folder: Path,
    *,
    domain: str,
    kind: ClockKind,
    operator: Staff,
    clock: Clock = real_clock,
    random: Random = secrets.token_bytes,
) -> House:
    """Open a new ledger in a folder that holds none: keys, genesis, and size 1 sealed before anything else."""
    if not DOMAIN.fullmatch(domain):
        raise Invalid("domain", f"{domain!r} is no domain: lowercase letters, digits and hyphens with a dot are")
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / LEDGER_DB).exists():
        raise Misconfigured(f"{folder} holds a ledger already")
    ledger = LedgerId(random(16).hex())
    origin = origin_of(domain, ledger)
    key = SigningKey.generate(origin)
    _write_secret(folder / SIGNING_KEY, f"{origin}\n{key.seed.hex()}\n")
    (folder / VKEY).write_text(key.vkey + "\n")
    keys = KeyStore(folder / KEYS_DB)
    store = open_store(folder / LEDGER_DB, clock)
    try:
        found(
            store,
            keys,
            ledger=ledger,
            origin=origin,
            vkey=Vkey(key.vkey),
            clock=clock,
            kind=kind,
            operator=operator,
            random=random,
        )
    finally:
        store.close()
        keys.close()
    return open_house(folder, clock=clock, random=random)


def open_house(folder: Path, *, clock: Clock = real_clock, random: Random = secrets.token_bytes) -> House:
    """A ledger that exists: its trail is checked, healed or refused, and sealed, before it takes commands."""
    if not (folder / LEDGER_DB).is_file():
        raise Misconfigured(f"there is no ledger in {folder}")
    store = open_store(folder / LEDGER_DB, clock)
    genesis = store.read_from(0, 1)
    if not genesis:
        store.close()
        raise Misconfigured(f"the ledger in {folder} was never opened: it has no entry")
    stream = genesis[0].stream
    ledger = evolved("ledger", store.history(stream))
    keys = KeyStore(folder / KEYS_DB)
    sealer = Sealer(folder / TRAIL, FileLockStore(folder / LOCK), _read_key(folder / SIGNING_KEY), store)
    sealer.start()
    # The trail agrees with what is sealed: what it says was erased is so, also in a key store that was put back.
    destroy_what_was_erased(store, keys)
    sealer.seal()
    views = open_views(folder / VIEWS_DB, [Cases(), Timeline(), Registers()])
    return House(
        folder=folder,
        stream=stream,
        ledger=ledger,
        clock=clock,
        store=store,
        keys=keys,
        registrar=Registrar(store, keys, clock, random, stream),
        sealer=sealer,
        views=views,
        follower=Follower(store, views),
        journal=Journal(folder / JOURNAL_DB, keys, random),
    )


def _write_secret(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Another process is at it, or one was interrupted: either way this key is not ours to write over.
        raise Misconfigured(f"{path.parent} holds a signing key already: choose an empty folder") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _read_key(path: Path) -> SigningKey:
    try:
        origin, seed = path.read_text().split()
        return SigningKey.from_seed(origin, bytes.fromhex(seed))
    except (OSError, ValueError) as error:
        raise Misconfigured(f"{path.name} cannot be read as a signing key: {error}") from error
