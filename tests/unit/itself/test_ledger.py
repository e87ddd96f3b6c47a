"""The ledger's own acts: the clock steps back by a fact only, and nothing is accepted once it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from ledger.complaint.decisions import decide as decide_complaint
from ledger.complaint.state import Nothing
from ledger.election.commands import AnnounceElection
from ledger.election.decisions import decide as decide_election
from ledger.election.facts import ElectionKind, Regime
from ledger.election.state import NoElection
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.itself import facts
from ledger.itself.decisions import decide, needs
from ledger.itself.state import ClosedLedger, OpenLedger, Unopened, evolve
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.office.decisions import decide as decide_office
from ledger.office.facts import Level, OfficeKind
from ledger.office.state import NoOffice
from ledger.official.decisions import decide as decide_official
from ledger.official.state import NoOfficial
from ledger.values import KeyId, Name, Number, Role, Vkey, Zone
from tests.builders import BAWASLU, JAMBI, KASN, LEDGER, NOON, after, by, file_complaint, on
from tests.builders_asked import close_ledger, correct_clock, erase_official, erase_person, record_official
from tests.builders_wide import CLOSED, STAGES, WIDE

AHEAD = replace(JAMBI, last=NOON + timedelta(hours=5))
OPEN = JAMBI.ledger
ANNOUNCE = AnnounceElection(
    act=on("2024-07-08", LEDGER),
    by=by(Role.REGISTRY, LEDGER),
    regime=Regime.PILKADA,
    kind=ElectionKind.MAYOR,
    polling_on=on("2024-11-27").on,  # type: ignore[arg-type]  # it is a date
)
ESTABLISH = EstablishOffice(
    act=on("2024-07-08", LEDGER),
    by=by(Role.REGISTRY, LEDGER),
    kind=OfficeKind.DKPP,
    level=Level.NATIONAL,
    zone=Zone.WIB,
    from_=on("2012-06-12").on,  # type: ignore[arg-type]  # it is a date
    name=Name("DKPP"),
)
END = EndOffice(
    act=on("2024-07-08", LEDGER),
    stream=KASN,
    by=by(Role.REGISTRY, LEDGER),
    on=on("2024-08-24").on,  # type: ignore[arg-type]  # it is a date
    legal_basis=Name("UU 20/2023"),
)


def refusal(decided: Any, command: Any, state: Any, grounds: Grounds) -> str | None:
    try:
        decided(command, state, at=NOON, grounds=grounds)
    except Refused as refused:
        return refused.rule
    return None


def test_the_clock_is_corrected_only_when_it_must_step_back() -> None:
    """The fact says from which instant; a clock that is right needs no correction."""
    assert decide(correct_clock(), OPEN, at=NOON, grounds=AHEAD) == (
        facts.ClockCorrected(from_=NOON + timedelta(hours=5), reason=correct_clock().reason),
    )
    for last in (None, NOON, NOON - timedelta(seconds=1)):
        assert refusal(decide, correct_clock(), OPEN, replace(JAMBI, last=last)) == "clock.right"


@pytest.mark.parametrize("command", [correct_clock(), close_ledger()])
def test_only_the_operator_speaks_for_the_ledger(command: Any) -> None:
    """As the ledger itself, in the role of its operator; no office does."""
    accepted = {
        (office, role)
        for office, role in product((LEDGER, *WIDE.offices), Role)
        if refusal(
            decide,
            replace(command, act=replace(command.act, office=office), by=by(role, office)),
            OPEN,
            replace(WIDE, last=AHEAD.last),
        )
        is None
    }
    assert accepted == {(LEDGER, Role.OPERATOR)}
    assert needs(command, OPEN) == frozenset()


def test_a_closed_ledger_keeps_its_name_and_takes_nothing_more() -> None:
    """It is read and verified as before."""
    (fact,) = decide(close_ledger(), OPEN, at=NOON, grounds=JAMBI)
    closed = evolve(OPEN, fact, close_ledger().act)
    assert isinstance(OPEN, OpenLedger)
    assert closed == ClosedLedger(OPEN.ledger, OPEN.origin, OPEN.vkey, OPEN.clock)


@pytest.mark.parametrize("ledger", ["closed", "unopened"])
@pytest.mark.parametrize(
    ("decided", "command", "state"),
    [
        (decide, correct_clock(), OPEN),
        (decide, close_ledger(), OPEN),
        (decide_office, ESTABLISH, NoOffice()),
        (decide_office, END, JAMBI.office(KASN)),
        (decide_election, ANNOUNCE, NoElection()),
        (decide_official, record_official(), NoOfficial()),
        (decide_official, erase_official(), NoOfficial()),
        (decide_complaint, file_complaint(), Nothing()),
        *((decide_complaint, erase_person(), complaint) for complaint in list(STAGES.values())[1:]),
        (
            decide_complaint,
            erase_person(act=on("2024-07-05", LEDGER), by=by(Role.PROTECTION_OFFICER, LEDGER)),
            after(*CLOSED),
        ),
    ],
)
def test_nothing_is_accepted_by_a_ledger_that_is_not_open(ledger: str, decided: Any, command: Any, state: Any) -> None:
    """Offices, elections, officials, complaints and the ledger itself: every decision asks first."""
    assert isinstance(OPEN, OpenLedger)
    closed = ClosedLedger(OPEN.ledger, OPEN.origin, OPEN.vkey, OPEN.clock)
    grounds = replace(WIDE, ledger=closed if ledger == "closed" else Unopened(), last=AHEAD.last)
    assert refusal(decided, command, state, grounds) == "ledger.unopened"


def test_a_rotated_key_is_the_ledgers_newest() -> None:
    """A retired key signs nothing new; a correction of the clock changes nothing else."""
    other = Vkey("test.invalid+11111111+BBBB")
    act = close_ledger().act
    rotated = evolve(OPEN, facts.KeyRotated(KeyId("00000000"), other, Number(9)), act)
    assert isinstance(rotated, OpenLedger)
    assert rotated.vkey == other
    assert evolve(rotated, facts.ClockCorrected(NOON, Name("ahead")), act) == rotated
    with pytest.raises(TypeError, match="never opened"):
        evolve(Unopened(), facts.LedgerClosed(Name("over")), act)


def test_the_registers_are_kept_by_the_ledger_and_not_by_an_office() -> None:
    """Who could establish an office could act as anybody."""
    for decided, command, state in ((decide_office, ESTABLISH, NoOffice()), (decide_election, ANNOUNCE, NoElection())):
        assert refusal(decided, command, state, JAMBI) is None
        as_office = replace(command, act=on("2024-07-08"), by=by(Role.REGISTRY, BAWASLU))
        assert refusal(decided, as_office, state, JAMBI) == "registry"
        assert refusal(decided, replace(command, by=by(Role.OPERATOR, LEDGER)), state, JAMBI) == "role"
