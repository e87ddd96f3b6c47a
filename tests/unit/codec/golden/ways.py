"""Examples of what happens beside the straight way: findings, completion, withdrawal, evidence, conflicts, outcomes."""

from __future__ import annotations

from datetime import date
from typing import Final

from ledger.complaint import codes, facts
from ledger.values import Handle, Number, OutcomeCode, Region, Role, Source
from tests.unit.codec.golden.envelopes import ELECTION, OTHER_OFFICE, at, example, on, sealed

WAYS: Final = (
    example(
        facts.PreliminaryInformationNoted(
            origin=codes.PreliminaryOrigin.TIP,
            election=ELECTION,
            region=Region("15.72"),
            occurred_from=date(2024, 8, 17),
            occurred_until=date(2024, 8, 18),
            known_on=date(2024, 8, 19),
            channel=codes.Channel.MEDIA,
            irregular=frozenset({codes.Irregularity.REPORT_LATE}),
            witnesses=(
                facts.Witness(Handle("w2"), sealed(1), sealed(2), sealed(3)),
                facts.Witness(Handle("w1"), sealed(4), sealed(5), sealed(6)),
            ),
            narrative=sealed(7),
            place=sealed(8),
            source=sealed(9),
        ),
        on("2024-08-19"),
        Role.INTAKE,
        position=20,
        version=1,
        recorded="2024-08-19T02:10:00",
    ),
    example(
        facts.TracingRecorded(result=codes.TracingResult.SUPPORTED, report=sealed(1)),
        on("2024-09-09"),
        Role.EXAMINER,
        position=21,
        version=2,
        recorded="2024-09-09T04:00:00",
        actor="a2",
    ),
    example(
        facts.FindingFixed(
            found_on=date(2024, 9, 9),
            origin=codes.FindingOrigin.TRACING,
            election=ELECTION,
            region=Region("15"),
            occurred_from=date(2024, 8, 17),
            occurred_until=date(2024, 8, 18),
            known_on=date(2024, 8, 19),
            channel=codes.Channel.ONLINE,
            irregular=frozenset({codes.Irregularity.FINDING_LATE, codes.Irregularity.REPORT_LATE}),
            witnesses=(facts.Witness(Handle("w1"), sealed(1), sealed(2), sealed(3)),),
            place=sealed(4),
            report=sealed(5),
            narrative=sealed(6),
        ),
        on("2024-09-11"),
        Role.PLENARY,
        position=22,
        version=3,
        recorded="2024-09-11T07:00:00",
        actor="a3",
    ),
    example(
        facts.AllegationRecategorised(
            allegation=Number(2),
            category=codes.Category.ETHICS,
            kinds=frozenset({codes.Kind.N13, codes.Kind.N02, codes.Kind.N10}),
            reason=sealed(1),
        ),
        on("2024-06-13"),
        Role.EXAMINER,
        position=23,
        version=8,
        recorded="2024-06-13T02:00:00",
    ),
    example(
        facts.CompletionRequested(
            items=frozenset({codes.Requirement.COMPLAINANT_ADDRESS, codes.Requirement.TIME}), text=sealed(1)
        ),
        on("2024-06-12"),
        Role.EXAMINER,
        position=24,
        version=5,
        recorded="2024-06-12T04:00:00",
    ),
    example(
        facts.CompletionReceived(
            items=frozenset({codes.Requirement.TIME, codes.Requirement.RESPONDENT, codes.Requirement.PLACE}),
            text=sealed(1),
        ),
        on("2024-06-14"),
        Role.INTAKE,
        position=25,
        version=6,
        recorded="2024-06-14T03:00:00",
    ),
    example(
        facts.ComplaintWithdrawn(complainant=Handle("k2"), text=sealed(1)),
        on("2024-06-15"),
        Role.INTAKE,
        position=26,
        version=7,
        recorded="2024-06-15T03:00:00",
    ),
    example(
        facts.HearingMissed(hearing=Number(2), minutes=sealed(1)),
        at("2024-06-13T07:00:00"),
        Role.EXAMINER,
        position=27,
        version=8,
        recorded="2024-06-13T08:30:00",
    ),
    example(
        facts.EvidenceAdded(evidence=Number(3), title=sealed(1), digest=sealed(2), source=sealed(3)),
        on("2024-06-13"),
        Role.HOLDER,
        position=28,
        version=9,
        recorded="2024-06-13T09:00:00",
    ),
    example(
        facts.ConflictRecorded(
            actor=Handle("a4"),
            respondent=Handle("r1"),
            source=codes.ConflictSource.ESTABLISHED,
            kind=sealed(1),
            ground=sealed(2),
        ),
        on("2024-06-13", OTHER_OFFICE),
        Role.PLENARY,
        position=29,
        version=10,
        recorded="2024-06-13T10:00:00",
        office=OTHER_OFFICE,
        actor="a9",
    ),
    example(
        facts.AllegationRetained(allegation=Number(2), track=codes.Track.BAWASLU_ADHOC),
        on("2024-06-18"),
        Role.EXAMINER,
        position=30,
        version=13,
        recorded="2024-06-18T04:00:00",
    ),
    example(
        facts.OutcomeRecorded(
            allegation=Number(1),
            outcome=OutcomeCode("not_proven"),
            level=codes.OutcomeLevel.APPEAL,
            referral=Number(2),
            decree_number=sealed(1),
            text=sealed(2),
        ),
        on("2024-09-02", OTHER_OFFICE, Source.PUBLISHED),
        Role.EXAMINER,
        position=31,
        version=18,
        recorded="2024-09-04T02:00:00",
    ),
)
"""Positions 20 to 31."""
