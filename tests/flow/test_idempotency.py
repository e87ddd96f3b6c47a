"""A key makes a retry safe: asked twice, recorded once, and the same answer, whatever has happened since."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from api.wiring import House
from ledger.command import Command
from ledger.errors import Invalid, KeyReused, PreconditionMissing, Refused
from ledger.keystore import KeyStore
from ledger.registrar import Receipt, Registrar
from ledger.store.rows import Appended, Ticket
from ledger.values import Plain, Role
from tests.builders import accept_referral, receive_referral
from tests.flow.asking import Jambi
from tests.unit.store.stores import raw, tables

KEY = "a key of the client's own"


def recorded(house: House) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the ledger and of the key store: what a replay must leave as it was."""
    with raw(house.folder / "keys.db") as keys:
        kept = {
            name: keys.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in ("subjects", "handles")
        }
    return {**tables(house.folder / "ledger.db"), **kept}


def test_the_same_key_and_command_give_the_same_receipt(house: House, jambi: Jambi) -> None:
    """Nothing is recorded, nobody gets a second handle, and the receipt says that it is a replay."""
    first = jambi.ask(jambi.filing(), key=KEY)
    before = recorded(house)
    again = jambi.ask(jambi.filing(), key=KEY)
    assert not first.replayed
    assert again == replace(first, replayed=True)
    assert recorded(house) == before


def test_a_replay_gives_all_the_entries_of_a_command_and_no_other(house: House, jambi: Jambi) -> None:
    complaint = jambi.accused()
    first = jambi.read_and_ask(jambi.refusal(complaint), key=KEY)
    jambi.ask(jambi.notice(complaint))
    again = jambi.ask(jambi.refusal(complaint), key=KEY, seen=4)
    assert [entry.topic for entry in again.entries] == [
        "complaint.reviewed.v1",
        "complaint.registration_refused.v1",
    ]
    assert again == replace(first, replayed=True)
    assert house.store.size() == again.last + 2


def test_a_replay_outlives_the_process(house: House, jambi: Jambi, neighbour: Jambi) -> None:
    first = jambi.ask(jambi.filing(), key=KEY)
    assert neighbour.ask(jambi.filing(), key=KEY) == replace(first, replayed=True)
    assert house.store.size() == first.last + 1


def test_the_key_is_looked_up_before_anything_is_decided(jambi: Jambi) -> None:
    """After a lost acknowledgement the decision would say that this is registered already."""
    complaint = jambi.accused()
    jambi.read_and_ask(jambi.review(complaint))
    first = jambi.ask(jambi.registration(complaint), key=KEY)
    with pytest.raises(Refused, match="follows from: found, reviewed"):
        jambi.ask(jambi.registration(complaint))
    assert jambi.ask(jambi.registration(complaint), key=KEY) == replace(first, replayed=True)


def test_the_key_is_looked_up_before_the_version_that_was_seen(jambi: Jambi) -> None:
    """The first try made that version stale itself."""
    complaint = jambi.accused()
    seen = jambi.version(complaint)
    first = jambi.ask(jambi.review(complaint), key=KEY, seen=seen)
    assert jambi.ask(jambi.review(complaint), key=KEY, seen=seen) == replace(first, replayed=True)


def test_a_retry_that_overtakes_its_own_first_try_gets_its_receipt(
    house: House, jambi: Jambi, neighbour: Jambi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client lost patience while the first try was at work: the key was unknown when it was looked up, and the
    case is registered when it is read."""
    complaint = jambi.accused()
    jambi.read_and_ask(jambi.review(complaint))
    receipts: list[Receipt] = []

    looked_up = house.store.earlier

    def looking_up(ticket: Ticket) -> Appended | None:
        found = looked_up(ticket)
        if not receipts:  # the key was looked up, and nothing is read yet
            receipts.append(neighbour.ask(jambi.registration(complaint), key=KEY))
        return found

    monkeypatch.setattr(house.store, "earlier", looking_up)
    again = jambi.ask(jambi.registration(complaint), key=KEY)
    assert again == replace(receipts[0], replayed=True)
    assert house.store.size() == again.last + 1


def test_many_retries_at_once_record_once(house: House, jambi: Jambi, neighbour: Jambi) -> None:
    """Whoever comes first records; everybody gets the one receipt."""
    before = house.store.size()
    with ThreadPoolExecutor(6) as pool:
        receipts = list(pool.map(lambda number: (jambi, neighbour)[number % 2].ask(jambi.filing(), key=KEY), range(12)))
    assert {replace(each, replayed=True) for each in receipts} == {replace(receipts[0], replayed=True)}
    assert [each.replayed for each in receipts].count(False) == 1
    assert house.store.size() == before + 1


def other_words(jambi: Jambi) -> Command:
    return jambi.filing(place=Plain("Kantor Kecamatan Contoh"))


def other_secret(jambi: Jambi) -> Command:
    return replace(jambi.filing(), narrative=Plain("Terlapor mengajak bawahannya memilih!"))


def other_person(jambi: Jambi) -> Command:
    filing = jambi.filing()
    return replace(filing, complainants=filing.complainants[::-1])


@pytest.mark.parametrize("changed", [other_words, other_secret, other_person])
def test_the_same_key_with_another_command_is_refused(
    house: House, jambi: Jambi, changed: Callable[[Jambi], Command]
) -> None:
    """The first command stands; a difference in a sealed value or a person is a difference too."""
    jambi.ask(jambi.filing(), key=KEY)
    before = recorded(house)
    with pytest.raises(KeyReused, match="a new command takes a new key"):
        jambi.ask(changed(jambi), key=KEY)
    assert recorded(house) == before


def test_the_same_key_with_a_command_of_another_name_is_refused(jambi: Jambi) -> None:
    complaint = jambi.ask(jambi.filing(), key=KEY).entries[0].stream
    with pytest.raises(KeyReused):
        jambi.ask(jambi.naming(complaint), key=KEY)


def test_two_offices_may_use_the_same_key(jambi: Jambi) -> None:
    """Clients that number their commands 1, 2, 3 do not get in each other's way, nor see each other's receipts."""
    complaint = jambi.decided()
    jambi.read_and_ask(jambi.referral(complaint), key=KEY)
    kasn = jambi.offices.kasn
    received = receive_referral(act=replace(receive_referral().act, office=kasn), stream=complaint, by=None)
    actor = replace(jambi.actor(received), role=Role.INTAKE)
    assert not jambi.registrar.submit(received, by=actor, key=KEY).replayed
    accepted = accept_referral(act=replace(accept_referral().act, office=kasn), stream=complaint, by=None)
    with pytest.raises(KeyReused):
        jambi.registrar.submit(accepted, by=actor, key=KEY)


def test_a_refused_command_leaves_its_key_free(jambi: Jambi) -> None:
    """Nothing was recorded under it: the corrected command may carry it."""
    complaint = jambi.filed()
    with pytest.raises(Refused):
        jambi.ask(jambi.accusation(complaint), key=KEY)
    assert not jambi.ask(jambi.naming(complaint), key=KEY).replayed


def test_a_command_that_cannot_be_encoded_leaves_its_key_free(house: House, jambi: Jambi) -> None:
    """Whatever cannot stand in an entry is refused before the lock."""
    before = house.store.size()
    with pytest.raises(Invalid, match=r"U\+0007"):
        jambi.ask(replace(jambi.filing(), narrative=Plain("bel \a")), key=KEY)
    assert house.store.size() == before
    assert not jambi.ask(jambi.filing(), key=KEY).replayed


def test_a_replay_of_an_act_that_needs_a_version_needs_it_too(jambi: Jambi) -> None:
    complaint = jambi.accused()
    jambi.read_and_ask(jambi.review(complaint), key=KEY)
    with pytest.raises(PreconditionMissing):
        jambi.ask(jambi.review(complaint), key=KEY)


@pytest.mark.parametrize("key", ["", "\n", "kunci 🗝", "k" * 10_000])
def test_a_key_may_be_any_text(jambi: Jambi, key: str) -> None:
    """It is digested, never parsed and never stored."""
    first = jambi.ask(jambi.filing(), key=key)
    assert jambi.ask(jambi.filing(), key=key) == replace(first, replayed=True)


def test_attack_a_key_s_line_break_does_not_pass_for_another_office(jambi: Jambi) -> None:
    """The scope is digested from office and key; an office is of fixed length, so no key can shift between the two."""
    jambi.ask(jambi.filing(), key="a\nb")
    assert not jambi.ask(jambi.filing(), key="b").replayed


def test_attack_the_fingerprint_is_searched_for_the_command(
    house: House, jambi: Jambi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command holds names and numbers that can be enumerated: without the key store's secret no digest tells one.

    Two registrars that differ in their key stores alone digest one command, under one key, to different rows; and
    neither row is a plain hash of what was digested.
    """
    other = KeyStore(tmp_path / "other.db")
    digested: list[bytes] = []
    real = orjson.dumps

    def watched(value: object, *more: object, **others: object) -> bytes:
        made = real(value, *more, **others)  # type: ignore[arg-type]
        digested.append(made)
        return made

    monkeypatch.setattr(orjson, "dumps", watched)
    jambi.ask(jambi.filing(), key=KEY)
    jambi.through(Registrar(house.store, other, house.clock, secrets.token_bytes, house.stream)).ask(
        jambi.filing(), key=KEY
    )
    other.close()
    (scope, fingerprint, *_), (other_scope, other_fingerprint, *_) = tables(house.folder / "ledger.db")["idempotency"]
    assert scope != other_scope
    assert fingerprint != other_fingerprint
    plain = {
        hashlib.sha256(before + each).digest()
        for before in (b"", b"command\n", b"scope\n")
        for each in (*digested, KEY.encode(), f"{jambi.offices.bawaslu_jambi}\n{KEY}".encode())
    }
    assert any(b"Terlapor mengajak" in each for each in digested), "the command itself was not seen being digested"
    assert not plain & {scope, fingerprint, other_scope, other_fingerprint}


def test_attack_the_file_is_searched_for_the_key(house: House, jambi: Jambi) -> None:
    """A client's key may hold anything, a name perhaps: it stands in no file of the ledger."""
    jambi.ask(jambi.filing(), key="kunci-budi-terlapor")
    for file in house.folder.rglob("*"):
        assert not file.is_file() or b"kunci-budi-terlapor" not in file.read_bytes(), file
