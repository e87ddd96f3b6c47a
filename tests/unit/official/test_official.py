"""The register of officials: recorded by any office that knows them, of a class since a date, erased by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from ledger.complaint.codes import RespondentClass
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.official import facts
from ledger.official.decisions import decide, needs
from ledger.official.state import KnownOfficial, NoOfficial, Official, evolve
from ledger.values import Role, Source
from tests.builders import BAWASLU, BKN, KASN, LEDGER, NOON, by, on, ref
from tests.builders_asked import change_class, erase_official, record_official
from tests.builders_wide import WIDE

KNOWN = KnownOfficial(RespondentClass.ASN, date(2020, 1, 1))


def answer(command: Any, official: Official, grounds: Grounds = WIDE) -> Any:
    (fact,) = decide(command, official, at=NOON, grounds=grounds)
    return fact


def refusal(command: Any, official: Official) -> str | None:
    try:
        answer(command, official)
    except Refused as refused:
        return refused.rule
    return None


def after(official: Official, *commands: Any) -> Official:
    for command in commands:
        official = evolve(official, answer(command, official), command.act)
    return official


def test_an_official_enters_the_register_with_a_class_and_sealed_names() -> None:
    """Class and date are the closed fact's public members; who it is, is sealed."""
    assert answer(record_official(), NoOfficial()) == facts.OfficialRecorded(
        RespondentClass.ASN, date(2020, 1, 1), name=ref("name"), nip=ref("nip")
    )
    assert after(NoOfficial(), record_official()) == KNOWN


def test_an_official_is_recorded_once_and_changes_class_forward() -> None:
    """A camat who becomes a regional head is another class from that day on."""
    assert refusal(record_official(), KNOWN) == "official.known"
    changed = after(KNOWN, change_class())
    assert changed == KnownOfficial(RespondentClass.REGIONAL_HEAD, date(2024, 1, 1))
    assert refusal(change_class(), changed) == "official.same_class"
    assert refusal(change_class(since=date(2019, 1, 1)), KNOWN) == "official.order"
    assert refusal(change_class(), NoOfficial()) == "official.unknown"


@pytest.mark.parametrize("command", [record_official(), change_class(), erase_official()])
def test_who_may_record_an_official(command: Any) -> None:
    """Intake or an examiner of any office; an erasure, a data protection officer, of an office or of the ledger."""
    official: Official = NoOfficial() if command.FACT is facts.OfficialRecorded else KNOWN
    erasing = command.FACT is facts.OfficialErased
    offices = (*WIDE.offices, LEDGER)
    accepted = {
        (office, role)
        for office, role in product(offices, Role)
        if refusal(
            replace(command, act=replace(command.act, office=office), by=replace(command.by, office=office, role=role)),
            official,
        )
        is None
    }
    roles = {Role.PROTECTION_OFFICER} if erasing else {Role.INTAKE, Role.EXAMINER}
    assert accepted == set(product(offices if erasing else WIDE.offices, roles))


def test_an_official_is_recorded_by_the_office_that_knows_them() -> None:
    """Nobody records for another office whom it knows."""
    letter = on("2024-07-01", KASN, Source.LETTER)
    assert refusal(record_official(act=letter), NoOfficial()) == "official.source"
    assert needs(record_official(act=letter), NoOfficial()) == {KASN, BAWASLU}
    assert refusal(record_official(act=on("2024-07-01", BKN)), NoOfficial()) == "act.source"


def test_an_official_is_erased_by_two_and_once() -> None:
    """The second officer is another; nothing is recorded of an erased official any more."""
    alone = erase_official(by=by(Role.PROTECTION_OFFICER, actor="a8"))
    assert refusal(alone, KNOWN) == "erasure.alone"
    erased = after(KNOWN, erase_official())
    assert refusal(erase_official(), erased) == "erasure.done"
    assert refusal(change_class(), erased) == "official.erased"


def test_erasing_who_recorded_an_official_does_not_erase_the_official() -> None:
    """A member of staff has keys of their own in the stream, and is erased from every stream in one command."""
    without_staff = after(KNOWN, erase_official("a1"))
    assert refusal(change_class(), without_staff) is None
    assert refusal(erase_official(), without_staff) is None
    assert refusal(erase_official("a1"), after(without_staff, erase_official())) == "erasure.done"
    assert refusal(erase_official("a2"), after(without_staff, erase_official())) is None


def test_a_fact_of_an_official_who_was_never_recorded_is_no_history() -> None:
    """`evolve` is total on what was decided, and stops on anything else."""
    for command in (change_class(), erase_official()):
        with pytest.raises(TypeError, match="never recorded"):
            evolve(NoOfficial(), answer(command, KNOWN), command.act)
