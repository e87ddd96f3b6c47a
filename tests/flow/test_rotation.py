"""A key is rotated while the ledger works: what the old one signed stays valid, and it signs nothing new."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.chronicles import register
from api.rotating import rotate_key
from api.wiring import House, create_house, open_house
from ledger.clock import SimulatedClock
from ledger.errors import Misconfigured, Refused
from ledger.itself.commands import RotateKey
from ledger.itself.facts import ClockKind, KeyRotated
from ledger.signing import SIGNING_KEY, SIGNING_KEYS, VKEY
from ledger.trail.checkpoint import NoteInvalid, SigningKey, Verifier, open_note, parse_checkpoint
from ledger.trail.proof import parse_proof
from ledger.values import Act, Actor, Role, Source, Vkey
from tests.flow.asking import Jambi
from tests.unit.trail.faults import Disk


def rotated(house: House) -> KeyRotated:
    act = Act(house.stream, Source.OWN, on=house.clock().date())
    made = rotate_key(house, act, Actor(house.stream, Role.OPERATOR, register.OPERATOR))
    fact = house.store.read_from(made.from_size - 1, 1)[0].fact
    assert isinstance(fact, KeyRotated)
    return fact


def signed_by(house: House) -> tuple[int, set[str]]:
    """The size of the published checkpoint, and which of the ledger's keys signed it."""
    note = (house.trail / "checkpoint").read_bytes()
    signers = set()
    for each in house.signing.verifiers():
        try:
            open_note(note, [each])
        except NoteInvalid:
            continue
        signers.add(each.vkey)
    return parse_checkpoint(note.partition(b"\n\n")[0] + b"\n").size, signers


def test_from_the_rotation_on_the_new_key_signs_and_the_old_one_never_again(house: House, jambi: Jambi) -> None:
    """Also in a process that was at work before it."""
    jambi.filed()
    house.sealer.seal()
    before = house.store.size()
    old = house.ledger.vkey
    neighbour = open_house(house.folder, clock=house.clock)
    fact = rotated(neighbour)
    assert (fact.retired_key_id, fact.from_size) == (old.split("+")[1], before + 1)
    assert signed_by(house) == (before, {old})
    house.sealer.seal()
    assert signed_by(house) == (before + 1, {fact.vkey})
    jambi.filed()
    neighbour.sealer.seal()
    assert signed_by(house)[1] == {fact.vkey}
    neighbour.close()
    assert (house.folder / VKEY).read_text() == f"{fact.vkey}\n"
    assert len(list((house.folder / SIGNING_KEYS).glob("*.key"))) == 2


def test_a_proof_of_before_the_rotation_stays_valid(house: House, jambi: Jambi) -> None:
    """Its checkpoint is by the key of its size, which everybody reads in the ledger's own facts."""
    from api.proving import Prover

    jambi.filed()
    house.sealer.seal()
    kept = parse_proof(Prover(house).proof_file(3))
    old = house.ledger.vkey
    rotated(house)
    house.sealer.seal()
    assert parse_checkpoint(open_note(kept.checkpoint, [Verifier.from_vkey(old)])).size == house.store.size() - 1
    assert house.signing.verifier(house.store.size() - 1).vkey == old


def test_a_key_of_another_name_or_one_that_signed_before_is_refused(house: House, jambi: Jambi) -> None:
    """A retired key never comes back: whoever stole it would have waited for that."""
    del jambi
    first = house.ledger.vkey
    rotated(house)
    stranger = SigningKey.generate("test.invalid/0123456789abcdef").vkey
    act = Act(house.stream, Source.OWN, on=house.clock().date())
    by = Actor(house.stream, Role.OPERATOR, register.OPERATOR)
    for vkey, words in (
        (stranger, "another name"),
        (first, "was retired"),
        (house.signing.verifiers()[-1].vkey, "signs"),
    ):
        with pytest.raises(Refused, match=words):
            house.registrar.submit(RotateKey(act=act, stream=house.stream, vkey=Vkey(vkey)), by=by)


def test_a_crash_at_any_step_of_a_rotation_leaves_one_key_for_each_size(
    house: House, jambi: Jambi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the fact nothing has happened; after it every start finds the new key."""
    del jambi
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    disk = Disk(monkeypatch)
    for at in range(1, 100):
        with disk.failing(at, "half" if at % 2 else "after"):
            rotated(house)
        again = open_house(house.folder, clock=house.clock)
        again.sealer.seal()
        assert signed_by(again) == (again.store.size(), {again.signing.verifiers()[-1].vkey})
        again.close()
        if not disk.happened(at):
            break
    assert at > 8, "a rotation has fewer steps than it must have"


def test_a_ledger_whose_new_key_is_lost_does_not_start(house: House, jambi: Jambi) -> None:
    """The old one is there, and signs nothing more."""
    del jambi
    fact = rotated(house)
    key_id = fact.vkey.split("+")[1]
    (house.folder / SIGNING_KEYS / f"{key_id}.key").unlink()
    held = (house.folder / SIGNING_KEY).read_bytes()
    (house.folder / SIGNING_KEY).write_bytes(next((house.folder / SIGNING_KEYS).glob("*.key")).read_bytes())
    with pytest.raises(Misconfigured, match=rf"the key {key_id}, which signs this trail"):
        open_house(house.folder, clock=house.clock)
    (house.folder / SIGNING_KEY).write_bytes(held)


SECRET = "42" * 32


def test_a_key_may_be_a_secret_of_the_environment_and_lie_in_no_file(tmp_path: Path, clock: SimulatedClock) -> None:
    """Opening, sealing and rotating need no file; without the secret nothing starts."""
    folder = tmp_path / "ledger"
    house = create_house(
        folder,
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
        secret=SECRET,
    )
    assert house.signing.signing(1).seed.hex() == SECRET
    assert SECRET not in repr(house)
    house.close()
    with pytest.raises(Misconfigured, match="signing"):
        open_house(folder, clock=clock)
    next_one = "77" * 32
    house = open_house(folder, clock=clock, secret=f"{SECRET} {next_one}")
    fact = rotated(house)
    house.sealer.seal()
    assert signed_by(house) == (2, {fact.vkey})
    assert house.signing.signing(2).seed.hex() == next_one
    house.close()
    assert not list(folder.glob("signing*"))
    house = open_house(folder, clock=clock, secret=next_one)
    house.close()


def test_a_secret_that_is_no_key_is_refused_and_not_repeated(house: House) -> None:
    """What was put there may be another secret."""
    with pytest.raises(Misconfigured, match="64 hexadecimal digits") as refused:
        open_house(house.folder, clock=house.clock, secret="hunter2")
    assert "hunter2" not in str(refused.value)
