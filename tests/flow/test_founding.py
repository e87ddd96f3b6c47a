"""How a ledger begins: position 0 once, sealed before anything else, and no half a ledger after a crash."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.chronicles import register
from api.wiring import House, create_house, open_house
from ledger.clock import SimulatedClock
from ledger.errors import Broken, Invalid, Misconfigured, Missing
from ledger.founding import found, origin_of
from ledger.itself.facts import ClockKind, LedgerOpened
from ledger.keystore import KeyStore
from ledger.trail.merkle import leaf_hash
from ledger.values import Act, Handle, LedgerId, Role, Source, Vkey
from ledger.vault import unseal
from tests.auditor import audit
from tests.flow.whole import assert_whole
from tests.scribes import Scribe, record_register
from tests.unit.store.faults import Statements


def create(folder: Path, clock: SimulatedClock, **changes: Any) -> House:
    """A new ledger, as the demo makes it."""
    given = {"domain": "test.invalid", "kind": ClockKind.SIMULATED, "operator": register.OPERATOR, **changes}
    return create_house(folder, clock=clock, **given)


def test_position_0_says_which_ledger_this_is(house: House) -> None:
    """The ledger acts and records itself, as its operator, on the date in Jakarta."""
    (opened,) = house.store.read_from(0, 1)
    ledger = opened.fact.ledger
    assert opened.fact == LedgerOpened(
        ledger,
        origin_of("test.invalid", ledger),
        Vkey((house.folder / "trail.vkey").read_text().strip()),
        ClockKind.SIMULATED,
    )
    assert (opened.position, opened.stream, opened.version) == (0, f"ledger-{ledger}", 1)
    assert opened.act == Act(house.stream, Source.OWN, on=date(2024, 5, 2))
    assert (opened.by.office, opened.by.role, opened.by.actor) == (house.stream, Role.OPERATOR, Handle("a1"))


def test_a_new_ledger_is_sealed_at_size_1_before_it_takes_a_command(house: House) -> None:
    """The first checkpoint holds nothing but who the ledger is."""
    sealed = house.sealer.latest()
    (entry,) = house.store.entries(0, house.store.size())
    assert sealed is not None
    assert (sealed.size, sealed.root, sealed.origin) == (1, leaf_hash(entry), house.ledger.origin)


def test_the_operator_s_name_is_sealed(house: House) -> None:
    """Also the first entry names nobody in clear."""
    (opened,) = house.store.read_from(0, 1)
    row = house.store.sealed_value(opened.by.who.sealed if opened.by.who else "")
    assert row is not None
    assert unseal(house.keys, row).value == register.OPERATOR.name
    assert register.OPERATOR.name.encode() not in b"".join(house.store.entries(0, 1))


def test_every_ledger_is_another(house: House, tmp_path: Path, clock: SimulatedClock) -> None:
    """A second demo on the same machine has an identity, a name and a key of its own."""
    with closing(create(tmp_path / "second", clock)) as second:
        assert second.ledger.ledger != house.ledger.ledger
        assert second.ledger.origin != house.ledger.origin
        assert second.ledger.vkey != house.ledger.vkey


@pytest.mark.parametrize("domain", ["localhost", "https://test.invalid", "Test.invalid", "test.invalid/", "", "té.id"])
def test_a_ledger_s_name_is_a_domain_and_never_an_address(tmp_path: Path, clock: SimulatedClock, domain: str) -> None:
    """It stands in every checkpoint for ever; a wrong one leaves nothing behind."""
    with pytest.raises(Invalid, match="is no domain"):
        create(tmp_path / "new", clock, domain=domain)
    assert not (tmp_path / "new").exists()


def test_attack_a_ledger_is_founded_over_another(house: House, clock: SimulatedClock) -> None:
    """Neither by the folder nor by the store: what stands there stays, its key too."""
    before = {each: each.read_bytes() for each in house.folder.iterdir() if each.is_file() and "-" not in each.name}
    with pytest.raises(Misconfigured, match="holds a ledger already"):
        create(house.folder, clock)
    with pytest.raises(Broken, match="opened once"):
        found(
            house.store,
            house.keys,
            ledger=LedgerId("0" * 32),
            origin=house.ledger.origin,
            vkey=house.ledger.vkey,
            clock=clock,
            kind=ClockKind.SIMULATED,
            operator=register.OPERATOR,
            random=secrets.token_bytes,
        )
    assert {each: each.read_bytes() for each in before} == before
    assert house.store.size() == 1


def test_a_folder_without_a_ledger_is_not_opened(tmp_path: Path, clock: SimulatedClock) -> None:
    """A misspelt path must not become an empty ledger."""
    with pytest.raises(Misconfigured, match="there is no ledger"):
        open_house(tmp_path, clock=clock)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_was_destroyed_opens_nothing_any_more(house: House, tmp_path: Path) -> None:
    """The database without its key store, or with another one, keeps every proof and gives no value away."""
    (opened,) = house.store.read_from(0, 1)
    row = house.store.sealed_value(opened.by.who.sealed if opened.by.who else "")
    assert row is not None
    with closing(KeyStore(tmp_path / "other.db")) as other, pytest.raises(Missing, match="key of this value"):
        unseal(other, row)


def test_a_founding_that_crashes_leaves_a_ledger_or_says_that_there_is_none(
    tmp_path: Path, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every statement: with position 0 it opens, is sealed and takes commands; without, its folder is refused."""
    statements = Statements(monkeypatch)
    create(tmp_path / "dry", clock).close()
    opened, refused, begun = 0, 0, clock.now
    for number, statement in enumerate(list(statements.ran), 1):
        if statement.startswith(("SELECT", "BEGIN", "PRAGMA")):
            continue
        folder, image, clock.now = tmp_path / f"{number}", tmp_path / f"{number}.image", begun
        with statements.crashing(number, folder, image, after=True):
            create(folder, clock).close()
        with pytest.raises(Misconfigured, match="already"):
            create(image, clock)
        try:
            again = open_house(image, clock=clock)
        except Misconfigured:
            refused += 1
            continue
        opened += 1
        with closing(again):
            assert len(assert_whole(image)) == 1
            if opened == 1:
                record_register(Scribe(again.registrar, clock, again.stream))
                audit(again)
    assert opened >= 1
    assert refused >= 10


def test_a_ledger_is_founded_by_one_of_two_that_come_at_once(tmp_path: Path, clock: SimulatedClock) -> None:
    """Both found the folder empty; the signing key is written by one of them, and the other touches nothing."""
    first: list[House] = []

    def drawing(size: int) -> bytes:
        # The first bytes are drawn when the folder was found empty.
        if not first:
            first.append(create(tmp_path / "ledger", clock))
        return secrets.token_bytes(size)

    with pytest.raises(Misconfigured, match="choose an empty folder"):
        create(tmp_path / "ledger", clock, random=drawing)
    with closing(first[0]) as house:
        audit(house)
