"""The register of elections: stages are said in advance and moved, pairs are fixed, revotes are ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.election.commands import AnnounceElection, FixPair, OrderRevote, RecordStage
from ledger.election.decisions import decide
from ledger.election.facts import (
    ElectionAnnounced,
    ElectionFact,
    ElectionKind,
    ElectionStage,
    PairFixed,
    Regime,
    RevoteOrdered,
    RevoteOrderer,
    StageRecorded,
)
from ledger.election.state import Election, KnownElection, NoElection, evolve
from ledger.errors import Refused
from ledger.values import Name, Region, Role
from tests.builders import BAWASLU, ELECTION, JAMBI, LEDGER, by, on

CITY, BUNGO, TEBO, PROVINCE = Region("15.71"), Region("15.08"), Region("15.09"), Region("15")
LATER = datetime(2025, 6, 1, 5, tzinfo=UTC)
ANNOUNCED = ElectionAnnounced(Regime.PILKADA, ElectionKind.MAYOR, date(2024, 11, 27), frozenset({CITY, BUNGO}))


def after(*facts: ElectionFact) -> Election:
    election: Election = NoElection()
    for fact in facts:
        election = evolve(election, fact, on("2024-05-02", LEDGER))
    return election


def known(*facts: ElectionFact) -> KnownElection:
    election = after(ANNOUNCED, *facts)
    assert isinstance(election, KnownElection)
    return election


def of_registry(day: str) -> dict[str, Any]:
    return {"act": on(day, LEDGER), "by": by(Role.REGISTRY, LEDGER), "stream": ELECTION}


def stage(**changes: Any) -> RecordStage:
    command = RecordStage(
        **of_registry("2024-05-02"),
        stage=ElectionStage.PAIR_FIXING,
        from_=date(2024, 9, 22),
        until=date(2024, 9, 22),
    )
    return replace(command, **changes)


def pair(**changes: Any) -> FixPair:
    return replace(FixPair(**of_registry("2024-09-23"), region=CITY, on=date(2024, 9, 22)), **changes)


def revote(**changes: Any) -> OrderRevote:
    command = OrderRevote(
        **of_registry("2025-02-25"),
        regions=frozenset({BUNGO}),
        on=date(2025, 2, 24),
        ordered_by=RevoteOrderer.CONSTITUTIONAL_COURT,
        basis=Name("Putusan Contoh"),
        deadline=date(2025, 4, 5),
        border=frozenset({TEBO}),
    )
    return replace(command, **changes)


def answer(command: Any, election: Election) -> tuple[ElectionFact, ...]:
    return decide(command, election, at=LATER, grounds=JAMBI)


def refusal(command: Any, election: Election) -> str | None:
    try:
        answer(command, election)
    except Refused as refused:
        return refused.rule
    return None


def test_a_stage_is_recorded_in_advance_with_both_its_days() -> None:
    """The schedule is made months before: that its days lie in the future is what it is for."""
    (fact,) = answer(stage(), after(ANNOUNCED))
    assert fact == StageRecorded(ElectionStage.PAIR_FIXING, date(2024, 9, 22), date(2024, 9, 22))


def test_a_stage_that_is_recorded_anew_was_moved_and_the_same_days_are_refused() -> None:
    """KPU moves its schedule by another regulation; saying it twice says nothing."""
    (first,) = answer(stage(), after(ANNOUNCED))
    (moved,) = answer(stage(from_=date(2024, 9, 23), until=date(2024, 9, 24)), known(first))
    assert known(first, moved).stages == {ElectionStage.PAIR_FIXING: moved}
    assert refusal(stage(), known(first)) == "election.stage_same"
    assert refusal(stage(until=date(2024, 9, 21)), known()) == "election.stage_order"


def test_the_pairs_of_a_region_were_fixed_on_a_day_that_lies_behind() -> None:
    """A day that has not come is a plan, which is a stage; elsewhere nobody votes."""
    (fact,) = answer(pair(), after(ANNOUNCED))
    assert fact == PairFixed(CITY, date(2024, 9, 22))
    assert refusal(pair(on=date(2024, 9, 24)), known()) == "election.future"
    assert refusal(pair(region=TEBO), known()) == "election.region"
    assert refusal(pair(), known(fact)) == "election.pair_same"
    (again,) = answer(pair(on=date(2024, 9, 23)), known(fact))
    assert known(fact, again).pairs_fixed_on(CITY) == date(2024, 9, 23)


def test_a_region_votes_for_its_own_pairs_or_for_those_of_its_province() -> None:
    """A governor's pairs are fixed for the province, and hold in every regency."""
    election = known(PairFixed(PROVINCE, date(2024, 9, 22)), PairFixed(CITY, date(2024, 9, 23)))
    assert election.pairs_fixed_on(CITY) == date(2024, 9, 23)
    assert election.pairs_fixed_on(BUNGO) == date(2024, 9, 22)
    assert known().pairs_fixed_on(BUNGO) is None


def test_a_revote_names_where_by_whom_on_which_basis_and_the_regions_at_its_border() -> None:
    """As the Constitutional Court ordered one for Bungo."""
    (fact,) = answer(revote(), after(ANNOUNCED))
    assert isinstance(fact, RevoteOrdered)
    assert (set(fact.regions), set(fact.border), fact.deadline) == ({BUNGO}, {TEBO}, date(2025, 4, 5))
    assert known(fact).revotes == (fact,)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"regions": frozenset()}, "revote.nowhere"),
        ({"regions": frozenset({TEBO}), "border": frozenset()}, "election.region"),
        ({"border": frozenset({BUNGO})}, "revote.border"),
        ({"deadline": date(2025, 2, 23)}, "revote.deadline"),
        ({"on": date(2025, 2, 26)}, "election.future"),
    ],
    ids=str,
)
def test_a_revote_that_contradicts_itself_is_refused(changes: dict[str, Any], rule: str) -> None:
    """Nowhere, where nobody votes, at its own border, held before it was ordered, ordered tomorrow."""
    assert refusal(revote(**changes), known()) == rule


def test_the_same_order_is_not_recorded_twice_and_another_one_is() -> None:
    """Two decisions about one region stand side by side."""
    (fact,) = answer(revote(), after(ANNOUNCED))
    assert refusal(revote(), known(fact)) == "revote.known"
    assert refusal(revote(basis=Name("Putusan Contoh Kedua")), known(fact)) is None


@pytest.mark.parametrize("command", [stage(), pair(), revote()], ids=lambda command: type(command).__name__)
def test_the_registry_keeps_the_register_of_elections_that_were_announced(command: Any) -> None:
    """No office records it, no other role does, and nothing is said of an election that nobody announced."""
    assert refusal(command, NoElection()) == "election.unknown"
    assert refusal(replace(command, by=by(Role.EXAMINER, LEDGER)), known()) == "role"
    office = replace(command, act=replace(command.act, office=BAWASLU), by=by(Role.REGISTRY, BAWASLU))
    assert refusal(office, known()) == "registry"


def test_an_election_is_announced_once() -> None:
    """What changes afterwards has facts of its own."""
    command = AnnounceElection(
        act=on("2024-05-02", LEDGER),
        by=by(Role.REGISTRY, LEDGER),
        regime=Regime.PILKADA,
        kind=ElectionKind.MAYOR,
        polling_on=date(2024, 11, 27),
    )
    assert refusal(command, NoElection()) is None
    assert refusal(command, known()) == "election.known"


@given(st.lists(st.tuples(st.sampled_from((CITY, BUNGO, PROVINCE)), st.dates(date(2024, 9, 1), date(2024, 9, 23)))))
def test_what_was_said_last_of_a_region_holds(said: list[tuple[Region, date]]) -> None:
    """Whatever was recorded in between, and a region's own day before its province's."""
    election = known(*(PairFixed(region, day) for region, day in said))
    last = dict(said)
    assert election.pairs_fixed_on(CITY) == last.get(CITY, last.get(PROVINCE))
