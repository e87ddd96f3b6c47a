"""How the parts of one ledger's folder are put together; the only place that knows the files by name.

ledger.db: events, vault, tickets (where a PostgreSQL database is set, it holds these) · keys.db: the key store ·
signing.key: the checkpoint key · signing.keys/: all of them, once there were several · lock/: the lock store · trail/:
tiles and checkpoints as published · views.db: the read side · journal.db: who opened sealed values · trail.vkey: the
key for auditors · evidence/: what must never be there.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.states_at import StatesAt
from ledger.clock import real_clock
from ledger.concepts import evolved
from ledger.erasing import destroy_what_was_erased
from ledger.errors import ClockBehind, Invalid, Misconfigured
from ledger.founding import found, origin_of
from ledger.itself.facts import ClockKind, Predecessor
from ledger.itself.state import OpenLedger
from ledger.journal import Journal
from ledger.keystore import KeyStore
from ledger.registrar import Registrar
from ledger.shape import instant_text
from ledger.signing import SIGNING_KEY as SIGNING_KEY
from ledger.signing import VKEY as VKEY
from ledger.signing import SigningKeys, keys_of
from ledger.store.answers import CLOCK_TOLERANCE
from ledger.store.database import Database
from ledger.store.opening import Where, clock_of, open_store
from ledger.store.store import Store
from ledger.trail.announcing import AT_ONCE, Pace
from ledger.trail.checkpoint import SigningKey
from ledger.trail.cosigning import Unwitnessed, Witnesses
from ledger.trail.lockstore import FileLockStore
from ledger.trail.sealer import Sealer
from ledger.values import Clock, LedgerId, Staff, StreamId, Vkey
from ledger.vault import Random
from projections.cases import Cases
from projections.deadlines import Deadlines
from projections.figures import Figures
from projections.follow import Follower
from projections.handovers import Handovers
from projections.law import Law
from projections.registers import Registers
from projections.timeline import Timeline
from projections.views import Views, open_views

DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
LEDGER_DB: Final = "ledger.db"
KEYS_DB: Final = "keys.db"
TRAIL: Final = "trail"
LOCK: Final = "lock"
VIEWS_DB: Final = "views.db"
JOURNAL_DB: Final = "journal.db"
PROJECTIONS: Final = (Cases(), Timeline(), Registers(), Handovers(), Law(), Deadlines(), Figures())


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
    signing: SigningKeys
    views: Views
    follower: Follower
    journal: Journal
    states: StatesAt

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
    predecessor: Predecessor | None = None,
    secret: str = "",
    database: Database | None = None,
) -> House:
    """Open a new ledger in a folder that holds none: keys, genesis, and size 1 sealed before anything else.

    `secret` is a signing key that shall lie in no file; without one, a key is made and written to its file.
    """
    if not DOMAIN.fullmatch(domain):
        raise Invalid("domain", f"{domain!r} is no domain: lowercase letters, digits and hyphens with a dot are")
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / LEDGER_DB).exists():
        raise Misconfigured(f"{folder} holds a ledger already")
    if database is not None:
        _require_empty(database, clock)
    ledger = LedgerId(random(16).hex())
    origin = origin_of(domain, ledger)
    if handed_in := keys_of(origin, secret):
        key = handed_in[0]
    else:
        key = SigningKey.generate(origin)
        _write_secret(folder / SIGNING_KEY, f"{origin}\n{key.seed.hex()}\n")
    (folder / VKEY).write_text(key.vkey + "\n")
    keys = KeyStore(folder / KEYS_DB)
    store = open_store(where_of(folder, database), clock)
    try:
        found(
            store,
            keys,
            ledger=ledger,
            origin=origin,
            vkey=Vkey(key.vkey),
            clock=clock_of(store, clock),
            kind=kind,
            operator=operator,
            random=random,
            predecessor=predecessor,
        )
    finally:
        store.close()
        keys.close()
    return open_house(folder, clock=clock, random=random, secret=secret, database=database)


def open_house(
    folder: Path,
    *,
    clock: Clock = real_clock,
    random: Random = secrets.token_bytes,
    witnesses: Witnesses | None = None,
    pace: Pace = AT_ONCE,
    secret: str = "",
    clock_may_be_behind: bool = False,
    database: Database | None = None,
) -> House:
    """A ledger that exists: its trail is checked, healed or refused, and sealed, before it takes commands.

    The key store may have been put back from a backup: before anything is served, the handles that were given since are
    taken, and who was erased since is erased again.
    """
    require_ledger(folder, database)
    with ExitStack() as opened:
        store = opened.enter_context(closing(open_store(where_of(folder, database), clock)))
        clock = clock_of(store, clock)
        stream, ledger = identity(folder, store)
        keys = opened.enter_context(closing(KeyStore(folder / KEYS_DB)))
        require_own_keys(store, keys)
        if ledger.clock is ClockKind.REAL and not clock_may_be_behind:
            require_clock(store, clock)
        signing = signing_keys(folder, store, stream, secret)
        signing.settle()
        signing.signing(store.size())  # not at the first seal, but now: without its key nothing is recorded either
        sealer = Sealer(folder / TRAIL, FileLockStore(folder / LOCK), signing, store, witnesses, pace)
        with suppress(Unwitnessed):  # committed: whoever follows asks for its publishing again
            sealer.start()
        keys.reserve(store.sealed_subjects())
        destroy_what_was_erased(store, keys)
        with suppress(Unwitnessed):
            sealer.seal()
        views = opened.enter_context(closing(open_views(folder / VIEWS_DB, PROJECTIONS)))
        house = House(
            folder=folder,
            stream=stream,
            ledger=ledger,
            clock=clock,
            store=store,
            keys=keys,
            registrar=Registrar(store, keys, clock, random, stream),
            sealer=sealer,
            signing=signing,
            views=views,
            follower=Follower(store, views),
            journal=opened.enter_context(closing(Journal(folder / JOURNAL_DB, keys, random))),
            states=StatesAt(store, stream),
        )
        opened.pop_all()
    return house


def signing_keys(folder: Path, store: Store, stream: StreamId, secret: str = "") -> SigningKeys:
    """The keys that sign a ledger's checkpoints."""
    return SigningKeys(folder, lambda: store.history(stream), secret)


def identity(folder: Path, store: Store) -> tuple[StreamId, OpenLedger]:
    """A ledger's own stream, and what it says of itself; Misconfigured when nothing was recorded."""
    genesis = store.read_from(0, 1)
    if not genesis:
        raise Misconfigured(f"the ledger in {folder} was never opened: it has no entry")
    return genesis[0].stream, evolved("ledger", store.history(genesis[0].stream))


def require_clock(store: Store, clock: Clock) -> None:
    """ClockBehind, when the clock lies more than a minute before the last entry: nothing could be recorded."""
    now, last = clock(), store.last_at()
    if last is not None and now < last - CLOCK_TOLERANCE:
        raise ClockBehind(
            f"the clock says {instant_text(now)}, more than a minute before the last entry, of {instant_text(last)}. "
            "Set the clock right; if it is right, and the last entry is of a time that had not come, say so in the "
            "trail: netral correct-clock --help (docs/recovery.md)"
        )


def require_own_keys(store: Store, keys: KeyStore) -> None:
    """Misconfigured, unless the key store has the key with which this ledger began.

    An empty one would give new people the handles of those whom it does not find again.
    """
    (genesis,) = store.read_from(0, 1)
    if keys.subject_key(genesis.stream, genesis.by.actor) is None:
        raise Misconfigured(
            f"{KEYS_DB} is not the key store of this ledger, or was made anew: put its own one back from a backup "
            "(docs/recovery.md)"
        )


def where_of(folder: Path, database: Database | None) -> Where:
    """Where a ledger's entries are: in the PostgreSQL database that is set, or else in the folder's own file."""
    return database or folder / LEDGER_DB


def _require_empty(database: Database, clock: Clock) -> None:
    with closing(open_store(database, clock, make=False)) as store:
        if store.size():
            raise Misconfigured(
                "the PostgreSQL database holds a ledger already: name an empty one (createdb, then `netral migrate`)"
            )


def require_ledger(folder: Path, database: Database | None = None) -> None:
    """A folder holds a ledger, with its key store: neither is ever made by opening it."""
    if database is not None and (folder / LEDGER_DB).is_file():
        raise Misconfigured(
            f"{folder} holds {LEDGER_DB}, and NETRAL_DATABASE names a PostgreSQL database: which is the ledger? "
            f"Unset the variable, or move {LEDGER_DB} aside after `netral copy` (docs/postgresql.md)"
        )
    if database is None and (folder / KEYS_DB).is_file() and not (folder / LEDGER_DB).is_file():
        raise Misconfigured(
            f"{LEDGER_DB} is missing in {folder}: put it back from a backup (docs/recovery.md), or, where the ledger "
            "is in a PostgreSQL database, set NETRAL_DATABASE (docs/postgresql.md)"
        )
    if not (folder / (LEDGER_DB if database is None else VKEY)).is_file():
        raise Misconfigured(f"there is no ledger in {folder}: name its folder, or make one with `netral open`")
    if not (folder / KEYS_DB).is_file():
        raise Misconfigured(
            f"{KEYS_DB} is missing in {folder}: put the key store back from a backup (docs/recovery.md). Without it no "
            "sealed value opens"
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
