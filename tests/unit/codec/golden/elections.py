"""Examples of what happens to an election after its announcement."""

from __future__ import annotations

from datetime import date
from typing import Final

from ledger.election.facts import ElectionStage, PairFixed, RevoteOrdered, RevoteOrderer, StageRecorded
from ledger.values import Name, Region, Role
from tests.unit.codec.golden.envelopes import ELECTION, LEDGER, example, on

ELECTIONS: Final = (
    example(
        StageRecorded(stage=ElectionStage.CAMPAIGN, from_=date(2024, 9, 25), until=date(2024, 11, 23)),
        on("2024-05-02", LEDGER),
        Role.REGISTRY,
        position=240,
        version=2,
        recorded="2024-05-02T04:00:00",
        stream=ELECTION,
        office=LEDGER,
        actor="a2",
    ),
    example(
        PairFixed(region=Region("15.08"), on=date(2024, 9, 22)),
        on("2024-09-23", LEDGER),
        Role.REGISTRY,
        position=241,
        version=3,
        recorded="2024-09-23T01:00:00",
        stream=ELECTION,
        office=LEDGER,
        actor="a2",
    ),
    example(
        RevoteOrdered(
            regions=frozenset({Region("15.08"), Region("15.07")}),
            on=date(2025, 2, 24),
            ordered_by=RevoteOrderer.CONSTITUTIONAL_COURT,
            basis=Name("Putusan Contoh 1/PHPU.BUP-XXIII/2025"),
            deadline=date(2025, 4, 5),
            border=frozenset({Region("15.09"), Region("15.02")}),
        ),
        on("2025-02-25", LEDGER),
        Role.REGISTRY,
        position=242,
        version=4,
        recorded="2025-02-25T01:00:00",
        stream=ELECTION,
        office=LEDGER,
        actor="a2",
    ),
)
"""Positions 240 to 242."""
