"""The ledger that is drilled: one made for the purpose, or a copy of one's own, with a history before and after it.

It lives through what a ledger lives through: cases, an adopted law, many entries, a backup taken, a key rotated, a
person erased, each sealed and cosigned. Then the auditor keeps a checkpoint, the monitor has looked, and it begins.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from api.auditing import verdict_on
from api.chronicles import k1, k2, k4, k5, register
from api.chronicles.play import by_registrar, instant, play
from api.drill.detectors import FolderSource, look
from api.drill.living import fill
from api.drill.world import DAY, EARLY, KEPT, LEDGER, World, write
from api.rotating import rotate_key
from api.wiring import LEDGER_DB, VKEY, House, create_house, open_house
from ledger.adoption import adopt
from ledger.clock import SimulatedClock
from ledger.erasing import Erasure, erase
from ledger.erasure import ErasureReason
from ledger.errors import Broken
from ledger.itself.facts import ClockKind
from ledger.rulefiles import shipped_law
from ledger.store.opening import open_store
from ledger.values import Act, Actor, Name, Role, Source, Staff, Zone, local_date

MANY: Final = 300
"""Entries, so that the first tiles and bundles are full."""
ERASED: Final = "nik:1571000000000001"


def prepare(folder: Path, source: Path | None = None) -> World:
    """Make the world in an empty folder; Broken when it is not well before anybody attacked it."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    if source is None:
        house = _told(folder / LEDGER, clock)
    else:
        shutil.copytree(source, folder / LEDGER)
        house = open_house(folder / LEDGER, clock=_after(folder / LEDGER, clock))
    keys = tuple(house.signing.verifiers())
    _close(house)
    world = World(folder, clock.now, clock.now, keys)
    for each in ("w1", "w2"):
        (folder / each).mkdir()
    _live(world, lambda house: fill(house, 20))
    shutil.copytree(world.ledger, folder / EARLY)
    _live(world, lambda house: fill(house, MANY))
    with world.opened(witnessed=False) as house:  # the witnesses are told the new key before anything is sealed by it
        _rotate(house)
        world.keys = tuple(house.signing.verifiers())
    _live(world, _erase)
    _live(world, lambda house: fill(house, 3))
    write(folder / KEPT, (world.trail / "checkpoint").read_bytes())
    write(folder / "policy", world.policy_text().encode())
    if not verdict_on(FolderSource(world.trail).exported(folder / "checked"), world.ledger / VKEY).true:
        raise Broken("the ledger that was to be drilled does not verify as it is")
    shutil.rmtree(folder / "checked")
    if alarms := look(world).alarms:
        raise Broken(f"the ledger that was to be drilled alarms a monitor as it is: {alarms[0].said}")
    return world


def _told(folder: Path, clock: SimulatedClock) -> House:
    """A ledger with four chronicles and the law."""
    house = create_house(folder, domain="drill.invalid", kind=ClockKind.REAL, operator=register.OPERATOR, clock=clock)
    submit = by_registrar(house.registrar, clock)
    offices, _ = register.record_register(house.stream, submit)
    chronicles = (k1.k1(offices), k2.k2(offices), k4.k4(offices), k5.k5(offices))
    play([*chronicles, register.end_of_kasn(offices)], submit, lambda _: None)
    act = Act(house.stream, Source.OWN, on=local_date(clock(), Zone.WIB))
    adopt(house.registrar, shipped_law(), act=act, by=register.by_registry(house.stream))
    return house


def _after(folder: Path, clock: SimulatedClock) -> SimulatedClock:
    """A clock that is not behind the last entry of a ledger."""
    store = open_store(folder / LEDGER_DB, clock)
    last: datetime | None = store.last_at()
    store.close()
    clock.now = max(clock.now, last or clock.now)
    return clock


def _live(world: World, act: Callable[[House], object]) -> None:
    """A day in the ledger's life: something is recorded, sealed and cosigned."""
    world.now = world.true_now = world.now + DAY
    with world.opened(witnessed=True) as house:
        act(house)
        house.sealer.seal(publish=True)
        house.follower.catch_up()
        world.keys = tuple(house.signing.verifiers())


def _rotate(house: House) -> None:
    act = Act(house.stream, Source.OWN, on=local_date(house.clock(), Zone.WIB))
    rotate_key(house, act, Actor(house.stream, Role.OPERATOR, register.OPERATOR))


def _erase(house: House) -> None:
    """A person is erased, where the ledger knows the one of the chronicles."""
    if not house.keys.streams_of(ERASED):
        return
    asked = Erasure((ERASED,), ErasureReason.REQUEST, Name("UU 27/2022"), date(2099, 1, 1), Staff("pdp2", "Dua"))
    officer = Actor(house.stream, Role.PROTECTION_OFFICER, Staff("pdp1", "Satu"))
    act = Act(house.stream, Source.OWN, on=local_date(house.clock(), Zone.WIB))
    erase(house.registrar, house.store, house.keys, asked, act=act, by=officer)


def _close(house: House) -> None:
    house.sealer.seal(publish=True)
    house.follower.catch_up()
    house.close()
