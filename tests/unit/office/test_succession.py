"""Who acts for an office that ended: whoever followed it, over as many ends as there were until that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.office.commands import EndOffice
from ledger.office.competence import check_exists, line_of, stands_for
from ledger.office.decisions import decide, leads_to
from ledger.office.facts import OfficeKind
from ledger.office.state import NoOffice
from ledger.values import Act, By, Handle, Name, Role, Source, StreamId
from tests.builders import BKN, JAMBI, KASN, LEDGER, NOON, office, stream

THIRD = stream("office", "c")


def register(**ends: tuple[str, StreamId | None]) -> Grounds:
    """KASN, BKN and a third office, of which some ended on a day, with or without a successor."""
    offices: dict[str, Any] = {
        "kasn": office("KASN", OfficeKind.KASN),
        "bkn": office("BKN", OfficeKind.BKN),
        "third": office("Badan Baru", OfficeKind.BKN),
    }
    for name, (day, successor) in ends.items():
        offices[name] = replace(
            offices[name], ended_on=date.fromisoformat(day), ended_by=Name("UU"), successor=successor
        )
    return replace(JAMBI, offices={KASN: offices["kasn"], BKN: offices["bkn"], THIRD: offices["third"]})


CHAIN = register(kasn=("2024-08-24", BKN), bkn=("2025-01-01", THIRD))


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2024-08-23", (KASN,)),
        ("2024-08-24", (KASN, BKN)),
        ("2024-12-31", (KASN, BKN)),
        ("2025-01-01", (KASN, BKN, THIRD)),
    ],
)
def test_competence_passes_on_the_day_of_each_end(day: str, line: tuple[StreamId, ...]) -> None:
    """The day before, the office acts itself."""
    assert line_of(KASN, date.fromisoformat(day), CHAIN) == line
    for each in (KASN, BKN, THIRD):
        assert stands_for(each, KASN, date.fromisoformat(day), CHAIN) is (each in line)


def test_nobody_stands_for_what_came_after_them() -> None:
    """KASN does not act for BKN, whatever became of KASN."""
    assert not stands_for(KASN, BKN, date(2026, 1, 1), CHAIN)
    assert not stands_for(BKN, THIRD, date(2026, 1, 1), CHAIN)


def test_the_refusal_names_the_office_that_is_competent_on_the_day_by_its_name() -> None:
    """Over every end until then; "-" where nobody follows."""
    known = CHAIN.office(KASN)
    for day, competent in ((date(2024, 9, 1), "BKN"), (date(2025, 2, 1), "Badan Baru")):
        with pytest.raises(Refused, match=f"its successor is competent: {competent}$"):
            check_exists(known, day, CHAIN)
    alone = register(kasn=("2024-08-24", None))
    with pytest.raises(Refused, match=r"competent: -$"):
        check_exists(alone.office(KASN), date(2024, 9, 1), alone)


def test_an_office_leads_to_the_one_above_it_and_the_one_after_it() -> None:
    """So that a decision can name them, and follow a line to its end."""
    assert leads_to(NoOffice()) == frozenset()
    assert leads_to(replace(CHAIN.office(KASN), parent=THIRD)) == {BKN, THIRD}


def end(stream_: StreamId, successor: StreamId) -> EndOffice:
    registry = Act(LEDGER, Source.OWN, on=date(2024, 7, 1))
    return EndOffice(
        act=registry,
        stream=stream_,
        by=By(LEDGER, Role.REGISTRY, Handle("a1")),
        on=date(2025, 2, 1),
        legal_basis=Name("UU"),
        successor=successor,
    )


@pytest.mark.parametrize(
    ("ending", "successor", "circle"),
    [(BKN, BKN, True), (BKN, KASN, True), (THIRD, KASN, True), (BKN, THIRD, False)],
)
def test_attack_offices_that_follow_one_another_in_a_circle(
    ending: StreamId, successor: StreamId, circle: bool
) -> None:
    """Nobody would be competent, and whoever followed the line would never arrive."""
    grounds = register(kasn=("2024-08-24", ending))
    if not circle:
        assert decide(end(ending, successor), grounds.office(ending), at=NOON, grounds=grounds)
        return
    with pytest.raises(Refused) as refusal:
        decide(end(ending, successor), grounds.office(ending), at=NOON, grounds=grounds)
    assert refusal.value.rule == "office.own_successor"


DAYS = st.dates(date(2024, 1, 1), date(2026, 1, 1))
OFFICES = (KASN, BKN, THIRD)


@given(
    ends=st.dictionaries(
        st.sampled_from(["kasn", "bkn", "third"]),
        st.tuples(DAYS.map(date.isoformat), st.none() | st.sampled_from(OFFICES)),
    ),
    of=st.sampled_from(OFFICES),
    day=DAYS,
)
def test_a_line_ends_whatever_the_register_says(
    ends: dict[str, tuple[str, StreamId | None]], of: StreamId, day: date
) -> None:
    """Even of a register that decisions would not have made: no office twice, and all but the last have ended."""
    grounds = register(**ends)
    line = line_of(of, day, grounds)
    assert line[0] == of
    assert len(set(line)) == len(line)
    assert all(not grounds.office(each).acts_on(day) for each in line[:-1])
