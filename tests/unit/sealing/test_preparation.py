"""Preparing a command: everything is drawn once, persons become handles, names stand in a stream once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.errors import Invalid, Refused
from ledger.preparation import Preparation
from ledger.values import (
    Digest,
    Person,
    Plain,
    Role,
    Sealed,
    SealedRef,
    StreamId,
    handle_of,
    reference,
)
from ledger.vault import unseal
from tests.unit.sealing.cases import NOW, STAFF, Case, Draws, Turning, bodies, commitments, references, vault


@pytest.fixture
def case(house: House, offices: Register, clock: SimulatedClock) -> Case:
    """A complaint that is yet to be filed."""
    clock.now = instant(NOW)
    return Case(house, offices)


def later() -> Turning:
    """A registrar's clock that is once an hour ahead of the store's: what it then decides is decided again."""
    return Turning(lambda: None, instant(NOW) + timedelta(hours=1))


# --- one submission draws once --------------------------------------------------------------------------------------


def test_a_retry_reuses_stream_salts_and_nonces(house: House, case: Case) -> None:
    """One submission never leaves two commitments to one value: whoever saw both could join them."""
    before, clock, draws = set(commitments(house)), later(), Draws()
    receipt = case.through(clock, draws).filed()
    assert clock.read == 2, "the command was not decided again, so this proves nothing"
    made = [sealed for sealed in commitments(house) if sealed not in before]
    rows = {row.commitment: row for row in vault(house) if row.commitment not in before}
    assert sorted(rows) == sorted(made)
    assert [entry.stream for entry in receipt.entries] == [f"complaint-{draws.given[0].hex()}"]
    assert [unseal(house.keys, rows[sealed]).salt in draws.of(32) for sealed in made] == [True] * len(made)
    assert sorted(row.box[:12] for row in rows.values()) == sorted(draws.of(12))
    assert [body["nonce"] for _, _, body in bodies(house)][-1] == draws.of(16)[1].hex()
    assert (len(draws.of(32)), len(draws.of(12)), len(draws.of(16))) == (len(made), len(made), 2)
    assert len(draws.given) == 2 * len(made) + 2


def test_a_retry_of_a_command_with_many_facts_reuses_every_nonce(house: House, case: Case) -> None:
    """Each fact has a nonce of its own, and keeps it."""
    to_the_register(case)
    clock, draws = later(), Draws()
    receipt = case.through(clock, draws).submit(case.plenary("dua", "tiga", "empat"), "satu", Role.PLENARY)
    assert clock.read == 2
    nonces = [body["nonce"] for _, _, body in bodies(house)][receipt.first :]
    assert nonces == [drawn.hex() for drawn in draws.of(16)]
    assert len(set(nonces)) == 2


def test_a_retry_that_another_command_overtook_is_decided_on_the_new_state(house: House, case: Case) -> None:
    """The names that the other command introduced meanwhile are not introduced again; the rest is the same."""
    case.filed()
    case.submit(case.name(), "satu")
    clock, draws = Turning(lambda: case.submit(case.allege(), "dua")), Draws()
    receipt = case.through(clock, draws).submit(case.allege(), "dua")
    assert clock.read == 2
    first, second = (body for _, _, body in bodies(house)[-2:])
    assert (first["by"]["actor"], second["by"]["actor"]) == ("a2", "a2")
    assert ("who" in first["by"], "who" in second["by"]) == (True, False)
    assert second["fact"]["allegation"] == 2
    assert [second["nonce"]] == [drawn.hex() for drawn in draws.of(16)]
    assert receipt.entries[0].version == 4


def test_two_submissions_share_nothing(house: House, case: Case) -> None:
    """The same words of the same people twice: no commitment, nonce or stream recurs, and the handles count anew."""
    case.filed()
    first = bodies(house)[-1]
    case.filed()
    second = bodies(house)[-1]
    assert first[0] != second[0]
    assert first[2]["nonce"] != second[2]["nonce"]
    assert {each for _, each, _ in references(first[2])}.isdisjoint(each for _, each, _ in references(second[2]))
    assert [each["handle"] for each in first[2]["fact"]["complainants"]] == ["k1", "k2"]
    assert [each["handle"] for each in second[2]["fact"]["complainants"]] == ["k1", "k2"]


def test_a_refused_command_leaves_no_sealed_value(house: House, case: Case) -> None:
    """Its keys are orphans to be swept; entries and vault are as before."""
    before = (house.store.size(), vault(house))
    with pytest.raises(Refused, match="election"):
        case.filed(election=StreamId("election-" + "00" * 16))
    assert (house.store.size(), vault(house)) == before


def test_attack_a_text_that_cannot_be_sealed(house: House, case: Case) -> None:
    """With or without a key for retries it is the asker's fault by its name, and nothing is written."""
    before = (house.store.size(), vault(house))
    for text in ("x\ud800", "x\x00", "x\u202ey", "e\u0301", "x" * 262_145):
        for key in (None, "once"):
            with pytest.raises(Invalid) as caught:
                case.submit(case.file(narrative=Plain(text)), "satu", key=key)
            assert caught.value.member in ("complaint.filed.narrative", "")
            assert text not in str(caught.value)
    assert (house.store.size(), vault(house)) == before


# --- who ------------------------------------------------------------------------------------------------------------


def to_the_register(case: Case) -> None:
    """File, name, allege, review, register; all of it by one person."""
    case.filed()
    case.submit(case.name(), "satu")
    case.submit(case.allege(), "satu")
    case.submit(case.review(), "satu", Role.EXAMINER)
    case.submit(case.enter(), "satu", Role.EXAMINER)


def introductions(house: House, case: Case) -> list[tuple[str, bool]]:
    """The staff handles of the case in the order of their use, and whether a name stands beside each."""
    used = []
    for stream, _, body in bodies(house):
        if stream == case.stream:
            used.append((body["by"]["actor"], "who" in body["by"]))
            used += [(each["handle"], "who" in each) for each in body["fact"].get("present", [])]
    return used


def test_a_name_stands_at_the_first_use_of_a_handle_alone(house: House, case: Case) -> None:
    """Two persons, in turn, in several roles."""
    case.filed("satu")
    case.submit(case.name(), "dua")
    case.submit(case.allege(), "satu")
    case.submit(case.review(), "dua", Role.EXAMINER)
    assert introductions(house, case) == [("a1", True), ("a2", True), ("a1", False), ("a2", False)]


def test_a_member_who_recorded_before_is_not_introduced_at_the_plenary(house: House, case: Case) -> None:
    """Neither who is known from an earlier entry, nor who records the plenary itself; the decisions name nobody."""
    to_the_register(case)
    case.submit(case.plenary("satu", "dua", "tiga"), "dua", Role.PLENARY)
    assert introductions(house, case)[5:] == [
        ("a2", True),
        ("a1", False),
        ("a2", False),
        ("a3", True),
        ("a2", False),
    ]


def test_a_member_introduced_at_a_plenary_is_not_introduced_again(house: House, case: Case) -> None:
    """A later entry of theirs carries the handle alone."""
    to_the_register(case)
    case.submit(case.plenary("dua", "tiga", "empat"), "satu", Role.PLENARY)
    case.submit(case.announce(), "tiga", Role.EXAMINER)
    assert introductions(house, case)[-6:] == [
        ("a1", False),
        ("a2", True),
        ("a3", True),
        ("a4", True),
        ("a1", False),
        ("a3", False),
    ]


def test_the_same_person_is_introduced_once_in_every_stream(house: House, case: Case) -> None:
    """A handle is valid in one stream; a stranger to it begins anew."""
    case.filed("satu")
    first = introductions(house, case)
    case.filed("satu")
    assert first == introductions(house, case) == [("a1", True)]


# --- what is printed ------------------------------------------------------------------------------------------------


def test_nothing_secret_is_printed(house: House, case: Case) -> None:
    """A command that is logged by mistake tells no name, text, number or account, before its preparation and after."""
    secret = ("Pelapor", "1571000000000001", "Saksi", "Uraian", "Nama Satu", "satu.contoh", "0800-0000")
    actor = case.by("satu")
    asked = case.file()
    stream = StreamId("complaint-" + "3c" * 16)
    prepared = Preparation(house.keys, Draws(), stream).prepare(asked, actor)
    sealed = Sealed(SealedRef(Digest("ab" * 32)), "Pelapor")
    for value in (
        asked,
        prepared,
        actor,
        STAFF["satu"],
        Plain("Pelapor"),
        sealed,
        Person("k", ("nik:1571000000000001",)),
    ):
        for shown in (repr(value), str(value), f"{value}"):
            assert [word for word in secret if word in shown] == []
    assert repr(Plain("Pelapor")) == "Plain()"
    assert repr(Person("k", ("nik:1571000000000001",))) == "Person(letter='k')"


def test_a_plain_value_that_reaches_decide_is_not_told_by_the_error() -> None:
    """It is a fault of ours, and will be logged."""
    for call in (lambda: reference(Plain("rahasia")), lambda: handle_of(Person("k", ("nik:rahasia",)))):
        with pytest.raises(TypeError) as caught:
            call()
        assert "rahasia" not in str(caught.value)
