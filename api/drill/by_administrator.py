"""The attacks of whoever administers the database and the machine, and has no signing key."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from api.drill import rows
from api.drill.attack import ADMINISTRATOR, Attack
from api.drill.living import fill
from api.drill.world import DAY, SPLIT, World, write
from api.wiring import KEYS_DB, LEDGER_DB, LOCK, TRAIL, VIEWS_DB, VKEY, open_house
from ledger.clock import SimulatedClock
from ledger.errors import NetralError
from ledger.trail.checkpoint import SigningKey
from ledger.trail.tiles import Tile


def _flip(world: World, tile: Tile) -> None:
    path = world.trail / tile.path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _apart(world: World) -> Path:
    """A copy of the trail, which the outside is shown instead."""
    world.served = SPLIT
    shutil.copytree(world.trail, world.shown)
    return world.shown


def edit_tile(world: World) -> None:
    _flip(world, Tile(0, 0, 256))


def edit_bundle(world: World) -> None:
    _flip(world, Tile(None, 0, 256))


def delete_bundle(world: World) -> None:
    (world.trail / Tile(None, 0, 256).path).unlink()


def edit_projection(world: World) -> None:
    """A case that is not closed is shown as closed."""
    with closing(sqlite3.connect(world.ledger / VIEWS_DB)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'cases%'")
        for (name,) in tables.fetchall():
            columns = [each[1] for each in connection.execute(f"PRAGMA table_info({name})")]
            if "stage" in columns:
                connection.execute(f"UPDATE {name} SET stage = 'closed'")  # noqa: S608 (a name of ours)
        connection.commit()


def strip_lines(world: World) -> None:
    """What the outside is shown has the witnesses' lines taken off; the ledger itself would ask for them again."""
    path = _apart(world) / "checkpoint"
    head, _, lines = path.read_bytes().partition(b"\n\n")
    path.write_bytes(head + b"\n\n" + lines.splitlines(keepends=True)[0])


def false_lines(world: World) -> None:
    """The witnesses' lines of an earlier checkpoint are put under the newest one."""
    path = _apart(world) / "checkpoint"
    head, _, lines = path.read_bytes().partition(b"\n\n")
    old = (world.early / TRAIL / "checkpoint").read_bytes().partition(b"\n\n")[2]
    path.write_bytes(head + b"\n\n" + lines.splitlines(keepends=True)[0] + b"".join(old.splitlines(keepends=True)[1:]))


def wrong_origin(world: World) -> None:
    """The checkpoint of another log, of another name and key."""
    text = (world.trail / "checkpoint").read_bytes().partition(b"\n\n")[0] + b"\n"
    other = SigningKey.generate(f"other.invalid/{'0' * 16}")
    _, _, rest = text.partition(b"\n")
    write(world.trail / "checkpoint", other.sign(other.name.encode() + b"\n" + rest))


def own_key(world: World) -> None:
    """Another history under the right name and a key of one's own, which is put beside it too."""
    rows.edit_old(world)
    key = SigningKey.generate(world.keys[0].name)
    world.forge(key=key)
    write(world.ledger / VKEY, f"{key.vkey}\n".encode())


def clock_back(world: World) -> None:
    world.now -= 2 * DAY


def clock_forward(world: World) -> None:
    """Something is recorded at a time that has not come; then the clock is set right."""
    world.now += 30 * DAY
    with world.opened(witnessed=True) as house:
        fill(house, 1)
        house.sealer.seal(publish=True)
    world.now = world.true_now


def delete_lock(world: World) -> None:
    shutil.rmtree(world.ledger / LOCK)


def old_lock(world: World) -> None:
    shutil.copy(world.early / LOCK / "checkpoint", world.ledger / LOCK / "checkpoint")


def old_checkpoint(world: World) -> None:
    """An older published checkpoint, to keep back what came since."""
    world.served = "held-back"
    shutil.copytree(world.early / TRAIL, world.shown)


def old_database(world: World) -> None:
    shutil.copy(world.early / LEDGER_DB, world.ledger / LEDGER_DB)


def old_image(world: World) -> None:
    """Database, lock store, trail and views are all of an earlier day, and agree."""
    for each in (LEDGER_DB, VIEWS_DB):
        shutil.copy(world.early / each, world.ledger / each)
    for each in (LOCK, TRAIL):
        shutil.rmtree(world.ledger / each)
        shutil.copytree(world.early / each, world.ledger / each)


def old_keys(world: World) -> None:
    """The key store of before an erasure is put back into its place: the next start erases again."""
    shutil.copy(world.early / KEYS_DB, world.ledger / KEYS_DB)


def read_old_backup(world: World) -> None:
    """A backup of before the erasure, with its key store, is read somewhere else."""
    try:
        open_house(world.early, clock=SimulatedClock(world.now)).close()
    except NetralError:
        world.noticed.add("start-up")


def lost_key(world: World) -> None:
    """The signing key is thrown away, so that nothing more is sealed."""
    (world.ledger / "signing.key").unlink()


def silence(world: World) -> None:
    """The ledger is stopped, and the last checkpoint shown for a month."""
    world.served = "stopped"
    shutil.copytree(world.trail, world.shown)
    world.true_now += 30 * DAY


OLD_BACKUP: Final = (
    "who kept a whole backup of before an erasure, keys included, reads what it held. Backups of keys expire "
    "(docs/recovery.md); no log can reach them"
)
HEALED: Final = "nothing is lost by it: every start destroys again what the trail says was erased, before it serves"
FORGED: Final = (
    "acts carry no signature of the actor in this version: what an administrator submits in another's name is recorded "
    "as that. The entry says who recorded it, and the receipt goes to the acting office"
)

ATTACKS: Final = tuple(
    Attack(name, ADMINISTRATOR, do, residue)
    for name, do, residue in (
        ("edit an entry", rows.edit_in_place, ""),
        ("replace an entry by inserting", rows.replace_in_place, ""),
        ("edit the newest entry, triggers dropped", rows.edit_newest, ""),
        ("edit an old entry, triggers dropped", rows.edit_old, ""),
        ("edit the rulebook", rows.edit_rulebook, ""),
        ("edit a calendar", rows.edit_calendar, ""),
        ("delete an entry", rows.delete_one, ""),
        ("delete an entry and close the gap", rows.delete_and_close, ""),
        ("truncate the end", rows.truncate, ""),
        ("drop a stream's last event", rows.drop_last_of_stream, ""),
        ("drop a whole case", rows.drop_stream, ""),
        ("reorder two entries", rows.reorder, ""),
        ("insert an entry into the past", rows.insert, ""),
        ("backdate an entry", rows.backdate, ""),
        ("swap two cases", rows.swap_cases, ""),
        ("inject a header line", rows.inject_header, ""),
        ("replay a hand-over", rows.replay_handover, ""),
        ("copy a commitment to another case", rows.copy_commitment, ""),
        ("replace a sealed value", rows.replace_sealed, ""),
        ("forge an act in another's name", rows.forge_act, FORGED),
        ("edit a hash tile", edit_tile, ""),
        ("edit a bundle", edit_bundle, ""),
        ("delete a bundle", delete_bundle, ""),
        ("edit a projection", edit_projection, ""),
        ("strip the witnesses' lines", strip_lines, ""),
        ("reuse the witnesses' lines of another checkpoint", false_lines, ""),
        ("show the checkpoint of another origin", wrong_origin, ""),
        ("sign another history with a key of one's own", own_key, ""),
        ("set the clock back", clock_back, ""),
        ("jump the clock forward", clock_forward, ""),
        ("delete the lock store", delete_lock, ""),
        ("restore an older lock store", old_lock, ""),
        ("restore an old backup of the database", old_database, ""),
        ("restore a snapshot of both stores", old_image, ""),
        ("show an old checkpoint", old_checkpoint, ""),
        ("go silent", silence, ""),
        ("throw the signing key away", lost_key, ""),
        ("put back the key store of before an erasure", old_keys, HEALED),
        ("use a backup and the master key after an erasure", read_old_backup, OLD_BACKUP),
    )
)
