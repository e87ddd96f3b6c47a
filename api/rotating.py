"""A rotation of the key that signs checkpoints: the new key on the disk, then the fact, then the files in order."""

from __future__ import annotations

from dataclasses import dataclass

from api.wiring import House
from ledger.itself.commands import RotateKey
from ledger.itself.facts import KeyRotated
from ledger.values import Act, Actor, Vkey


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was rotated, and from which size on."""

    vkey: str
    retired_key_id: str
    from_size: int


def rotate_key(house: House, act: Act, by: Actor) -> Rotated:
    """Record a fresh key for every checkpoint from this fact on. Errors as those of the registrar.

    Nothing of it has to be undone: a crash before the fact leaves a key that nobody ever hears of, and after it every
    start, and every seal of a process that is at work, finds the new key by the fact.
    """
    key = house.signing.prepare()
    receipt = house.registrar.submit(RotateKey(act=act, stream=house.stream, vkey=Vkey(key.vkey)), by=by)
    house.signing.settle()
    (recorded,) = house.store.read_from(receipt.first, 1)
    fact = recorded.fact
    if not isinstance(fact, KeyRotated):
        raise TypeError("a rotation recorded another fact")
    return Rotated(fact.vkey, fact.retired_key_id, fact.from_size)
