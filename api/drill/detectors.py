"""Who may notice an attack, and how each of them looks. Each has a copy of the attacked world of its own.

First life goes on: whoever attacks a ledger wants it to work. If it starts, something is recorded and sealed; what the
outside then sees is what the verifier and the monitor look at.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from api.alarms import Round
from api.auditing import VERIFIER, verdict_on
from api.backing import back_up
from api.drill.living import fill, go_on
from api.drill.world import KEPT, WATCH, World
from api.monitoring import Monitor
from api.wiring import KEYS_DB, LEDGER_DB, open_house
from ledger.clock import SimulatedClock
from ledger.errors import Missing, NetralError
from ledger.keystore import KeyStore
from ledger.signing import VKEY
from ledger.store.opening import open_store
from ledger.store.store import Store
from ledger.trail.checkpoint import NoteInvalid, parse_checkpoint, split_note
from ledger.trail.cosigning import Unwitnessed
from ledger.trail.tiles import implied_files
from ledger.vault import unseal

SILENCE: Final = 7 * 86400.0
FAILURES: Final = (NetralError, TypeError, ValueError, KeyError, OSError, sqlite3.Error)
"""What stops a process that reads a history which cannot have been: a named refusal, or a fold that finds no sense."""


KNOWS_POLICIES: Final = "--policy" in VERIFIER.read_text()
"""Whether this release's verify.py takes a policy and kept checkpoints."""


class FolderSource:
    """A trail's folder, as any file server would serve it."""

    def __init__(self, folder: Path) -> None:
        self.url = str(folder)
        self._folder = folder

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            return 200, (self._folder / path).read_bytes()
        except OSError:
            return 404, b""

    def exported(self, target: Path) -> Path:
        """What an auditor fetches: the checkpoint, and every file that it implies and that is there."""
        target.mkdir(parents=True)
        status, note = self.get("checkpoint")
        if status != 200:
            return target
        (target / "checkpoint").write_bytes(note)
        try:
            size = parse_checkpoint(split_note(note)[0]).size
        except NoteInvalid:
            return target
        for tile in implied_files(min(size, 1_000_000)):
            status, data = self.get(tile.path)
            if status == 200:
                (target / tile.path).parent.mkdir(parents=True, exist_ok=True)
                (target / tile.path).write_bytes(data)
        return target


def look(world: World) -> Round:
    """One look of the monitor, which keeps what it has seen in the world's folder."""
    watch = Monitor(
        FolderSource(world.shown),
        world.folder / WATCH,
        world.keys,
        entries=True,
        policy=world.policy(),
        silence=SILENCE,
        clock=world.true_now.timestamp,
    )
    return watch.round()


def store(world: World) -> bool:
    """Reading every entry, and opening every sealed value whose key is there."""
    try:
        with closing(open_store(world.ledger / LEDGER_DB, SimulatedClock(world.now))) as opened:
            for position in range(0, opened.size(), 1000):
                opened.read_from(position, 1000)
            _unseal_all(world, opened)
    except FAILURES:
        return True
    return False


def _unseal_all(world: World, opened: Store) -> None:
    with closing(sqlite3.connect(world.ledger / LEDGER_DB)) as connection:
        commitments = [each for (each,) in connection.execute("SELECT commitment FROM vault")]
    with closing(KeyStore(world.ledger / KEYS_DB)) as keys:
        for commitment in commitments:
            row = opened.sealed_value(commitment)
            try:
                if row is not None:
                    unseal(keys, row)
            except Missing:
                continue  # erased, or never ours


def start(world: World) -> bool:
    """The ledger does not start."""
    try:
        with world.opened(witnessed=False):
            return False
    except FAILURES:
        return True


def sealer(world: World) -> bool:
    """It starts, and does not seal any more."""
    try:
        with world.opened(witnessed=False) as house:
            try:
                fill(house, 1)
                house.sealer.seal(publish=True)
            except FAILURES:
                return True
    except FAILURES:
        return False
    return False


def witness(world: World) -> bool:
    """A witness does not cosign, or has seen what contradicts: starting or sealing with witnesses fails."""
    if start(world.copy(world.folder.with_name(f"{world.folder.name}-start"))):
        return False  # nobody comes as far as asking one
    try:
        with world.opened(witnessed=True) as house:
            fill(house, 1)
            house.sealer.seal(publish=True)
    except Unwitnessed:
        return True
    except FAILURES as error:
        return "witness" in str(error)
    return False


def rehash(world: World) -> bool:
    """A backup hashes every row again."""
    try:
        back_up(world.ledger, world.folder / "backup", SimulatedClock(world.now))
    except FAILURES:
        return True
    return False


def rebuild(world: World) -> bool:
    """The projections, made again from the entries, are others."""
    try:
        house = open_house(world.ledger, clock=SimulatedClock(world.now))
    except FAILURES:
        return False
    try:
        house.follower.catch_up()
        live = {name: house.views.root(name) for name in house.views.projections}
        return house.follower.rebuild_all(list(live)) != live
    except FAILURES:
        return True
    finally:
        house.close()


def verifier(world: World) -> bool:
    """verify.py refuses what an auditor fetches, under the key, the policy and the checkpoint that they kept."""
    go_on(world)
    key = world.folder / VKEY
    key.write_text(f"{world.keys[-1].vkey}\n")
    bundle = FolderSource(world.shown).exported(world.folder / "bundle")
    more = ("--policy", str(world.folder / "policy"), "--since", str(world.folder / KEPT))
    return not verdict_on(bundle, key, *(more if KNOWS_POLICIES else ())).true


def monitor(world: World) -> bool:
    """`netral monitor` raises an alarm."""
    go_on(world)
    return bool(look(world).alarms)


DETECTORS: Final[Mapping[str, Callable[[World], bool]]] = {
    "store": store,
    "start-up": start,
    "sealer": sealer,
    "witness": witness,
    "re-hash": rehash,
    "rebuild": rebuild,
    "verifier": verifier,
    "monitor": monitor,
}
"""By name, in the order of the matrix."""


def noticed(world: World) -> list[str]:
    """Who notices, in the order of the matrix."""
    found = set(world.noticed)
    for name, detector in DETECTORS.items():
        looked_at = world.copy(world.folder.with_name(f"{world.folder.name}-{name}"))
        if detector(looked_at):
            found.add(name)
        for each in world.folder.parent.glob(f"{world.folder.name}-*"):
            shutil.rmtree(each)
    return [name for name in DETECTORS if name in found]
