"""The attacks of whoever has the signing key too, and the patience to sign everything anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Final

from api.drill import rows
from api.drill.attack import SIGNER, Attack
from api.drill.by_administrator import FORGED, old_image
from api.drill.living import fill
from api.drill.world import SPLIT, World, write
from ledger.codec import frame
from ledger.errors import NetralError
from ledger.signing import SIGNING_KEYS, read_key
from ledger.trail.checkpoint import Checkpoint, parse_checkpoint, split_note


def signed(change: Callable[[World], None]) -> Callable[[World], None]:
    """Change what is recorded, and sign the history that comes of it, as if it had been the only one."""

    def do(world: World) -> None:
        change(world)
        world.forge()

    return do


def split_view(world: World) -> None:
    """One auditor is shown another history; the database, and what everybody else sees, stay as they are."""
    entries = [frame(each) for each in world.rows()]
    entries[rows.OLD] = entries[rows.OLD].replace(b'"source":"own"', b'"source":"letter"')
    world.served = SPLIT
    world.forge(entries, folder=world.shown)


def two_roots(world: World) -> None:
    """A second checkpoint of the same size, over nothing."""
    sealed = parse_checkpoint(split_note((world.trail / "checkpoint").read_bytes())[0])
    world.served = SPLIT
    shutil.copytree(world.trail, world.shown)
    write(world.shown / "checkpoint", world.key().sign(Checkpoint(sealed.origin, sealed.size, bytes(32)).text()))


def beyond_the_end(world: World) -> None:
    """A checkpoint of more entries than there are."""
    sealed = parse_checkpoint(split_note((world.trail / "checkpoint").read_bytes())[0])
    world.served = SPLIT
    shutil.copytree(world.trail, world.shown)
    write(world.shown / "checkpoint", world.key().sign(Checkpoint(sealed.origin, sealed.size + 9, sealed.root).text()))


def retired_key(world: World) -> None:
    """The key that was rotated away signs a history of its own."""
    retired = world.keys[0]
    key = next(
        each for each in map(read_key, sorted((world.ledger / SIGNING_KEYS).glob("*.key"))) if each.verifier == retired
    )
    rows.edit_old(world)
    world.forge(key=key)


def another_beginning(world: World) -> None:
    """The ledger begins anew under its old name, with the first entries alone."""
    world.served = SPLIT
    world.forge([frame(each) for each in world.rows()[: rows.OLD]], folder=world.shown)


def go_on_from_an_old_image(world: World) -> None:
    """The machine of an earlier day goes on recording, and asks the witnesses as ever."""
    old_image(world)
    try:
        with world.opened(witnessed=True) as house:
            fill(house, 40)
            house.sealer.seal(publish=True)
    except NetralError:
        world.noticed.add("witness")


def go_on_without_witnesses(world: World) -> None:
    """The same, and the witnesses are not asked."""
    old_image(world)
    with world.opened(witnessed=False) as house:
        fill(house, 40)
        house.sealer.seal(publish=True)
    world.served = SPLIT
    shutil.copytree(world.trail, world.shown)


def swap_lock(world: World) -> None:
    """The lock store is made to say what the forged trail says, and the database is left as it is."""
    entries = [frame(each) for each in world.rows()]
    entries[-1] = entries[-1].replace(b'"source":"own"', b'"source":"letter"')
    world.forge(entries)


ATTACKS: Final = tuple(
    Attack(name, SIGNER, do, residue)
    for name, do, residue in (
        ("edit an old entry and sign it", signed(rows.edit_old), ""),
        ("edit the rulebook and sign it", signed(rows.edit_rulebook), ""),
        ("delete an entry and sign the rest", signed(rows.delete_and_close), ""),
        ("truncate and sign the shorter trail", signed(rows.truncate), ""),
        ("drop a stream's last event and sign", signed(rows.drop_last_of_stream), ""),
        ("reorder and sign", signed(rows.reorder), ""),
        ("insert an entry into the past and sign", signed(rows.insert), ""),
        ("backdate and sign", signed(rows.backdate), ""),
        ("swap two cases and sign", signed(rows.swap_cases), ""),
        ("copy a commitment and sign", signed(rows.copy_commitment), ""),
        ("forge an act in another's name and sign", rows.forge_act, FORGED),
        ("show one auditor another history", split_view, ""),
        ("sign two roots of one size", two_roots, ""),
        ("sign more entries than there are", beyond_the_end, ""),
        ("reuse a retired key", retired_key, ""),
        ("begin anew under the old name", another_beginning, ""),
        ("go on from an old image", go_on_from_an_old_image, ""),
        ("go on from an old image, without witnesses", go_on_without_witnesses, ""),
        ("forge trail and lock store, not the database", swap_lock, ""),
    )
)
