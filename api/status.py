"""How a ledger stands, for whoever keeps it: read from its folder, at work or not, and nothing is changed.

It is healthy when its stores agree and what is recorded has been sealed and projected; each thing that is wrong is a
sentence that says the way out.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from api.backing import last_backup
from api.rehashing import last_rehash
from api.wiring import (
    KEYS_DB,
    LOCK,
    PROJECTIONS,
    TRAIL,
    VIEWS_DB,
    identity,
    require_ledger,
    require_own_keys,
    signing_keys,
    where_of,
)
from ledger.errors import Broken
from ledger.itself.facts import ClockKind
from ledger.keystore import KeyStore
from ledger.shape import instant_of
from ledger.signing import SigningKeys
from ledger.store.answers import CLOCK_TOLERANCE
from ledger.store.database import Database
from ledger.store.opening import clock_of, open_store
from ledger.store.store import Store
from ledger.trail.export import CHECKPOINT
from ledger.trail.lockstore import FileLockStore
from ledger.trail.sealer import Sealer
from ledger.values import Clock
from projections.cases import by_stage
from projections.views import open_views

PATIENCE: Final = timedelta(minutes=1)
"""How long something recorded may wait to be sealed and projected: a server does both within a second."""


@dataclass(slots=True)
class Status:
    """One ledger at one moment; ages in whole seconds."""

    origin: str
    clock: str
    recorded: int
    key: str
    sealed: int = 0
    root: str = ""
    sealed_age: int | None = None
    projections: dict[str, int] = field(default_factory=dict)
    """How many entries each has applied."""
    cases: dict[str, int] = field(default_factory=dict)
    """How many there are in each stage, as far as they are projected."""
    backup_age: int | None = None
    backup_size: int | None = None
    rehash_age: int | None = None
    """Since every entry was last hashed again; a serving process does so."""
    rehash_size: int | None = None
    wrong: list[str] = field(default_factory=list)
    """What somebody must look at, one sentence each."""

    @property
    def healthy(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.wrong


def status_of(folder: Path, clock: Clock, secret: str = "", database: Database | None = None) -> Status:
    """The status of a folder's ledger; Misconfigured when there is none to speak of."""
    require_ledger(folder, database)
    with ExitStack() as stack:
        store = stack.enter_context(closing(open_store(where_of(folder, database), clock, make=False)))
        clock = clock_of(store, clock)
        stream, known = identity(folder, store)
        found = Status(known.origin, known.clock.value, store.size(), known.vkey.split("+")[1])
        _keys(found, folder, store)
        _trail(found, folder, store, signing_keys(folder, store, stream, secret), clock)
        _views(found, folder)
        backup = last_backup(folder)
        if backup is not None:
            found.backup_age, found.backup_size = _age(backup[0], clock), backup[1]
        rehashed = last_rehash(folder)
        if rehashed is not None:
            found.rehash_age, found.rehash_size = _age(rehashed[0], clock), rehashed[1]
        waiting = min([found.sealed, *found.projections.values()])
        if known.clock is ClockKind.REAL:
            _time(found, store, waiting, clock)
    return found


def _keys(found: Status, folder: Path, store: Store) -> None:
    try:
        with closing(KeyStore(folder / KEYS_DB)) as keys:
            require_own_keys(store, keys)
    except Broken as error:
        found.wrong.append(str(error))


def _trail(found: Status, folder: Path, store: Store, signing: SigningKeys, clock: Clock) -> None:
    try:
        signing.signing(store.size())
        sealer = Sealer(folder / TRAIL, FileLockStore(folder / LOCK), signing, store)
        sealed = sealer.check()
        published = sealer.latest()
    except Broken as error:
        found.wrong.append(str(error))
        return
    if sealed is None:
        found.wrong.append("nothing is sealed yet: start the ledger, which seals it (netral serve)")
        return
    found.sealed, found.root = sealed.size, sealed.root.hex()
    found.recorded = max(found.recorded, sealed.size)  # more may have been recorded and sealed since it was counted
    if published is None or published.size < sealed.size:
        found.wrong.append(
            f"size {sealed.size} was sealed and not published, because something was interrupted or too few "
            "witnesses cosigned it: start the ledger, which publishes it (netral serve)"
        )
        return
    written = (folder / TRAIL / CHECKPOINT).stat().st_mtime
    found.sealed_age = _age(datetime.fromtimestamp(written, UTC), clock)


def _views(found: Status, folder: Path) -> None:
    if not (folder / VIEWS_DB).is_file():
        found.projections = {each.name: 0 for each in PROJECTIONS}
        return
    with closing(open_views(folder / VIEWS_DB, PROJECTIONS)) as views:
        found.projections = views.stands()
        found.cases = by_stage(views)


def _time(found: Status, store: Store, waiting: int, clock: Clock) -> None:
    """What the clock says is late; in a simulated ledger it says nothing."""
    now, last = clock(), store.last_at()
    if last is not None and now < last - CLOCK_TOLERANCE:
        found.wrong.append(
            f"the clock is more than a minute behind the last entry, of {last:%Y-%m-%d %H:%M:%S} UTC: nothing is "
            "recorded until it is set right"
        )
    oldest = store.entry(waiting)
    if oldest is None or now - instant_of(oldest.at) < PATIENCE:
        return
    if found.sealed <= waiting:
        found.wrong.append(
            f"{found.recorded - found.sealed} entries wait to be sealed: start the ledger (netral serve)"
        )
    late = [name for name, applied in found.projections.items() if applied <= waiting]
    if late:
        found.wrong.append(f"behind the trail: {', '.join(late)}: start the ledger (netral serve)")


def _age(then: datetime, clock: Clock) -> int:
    return max(0, int((clock() - then).total_seconds()))
