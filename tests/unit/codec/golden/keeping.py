"""Examples of how cases end and are kept, of officials, and of what happens to the ledger itself later."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from ledger.complaint import codes, facts
from ledger.erasure import ErasureReason
from ledger.itself.facts import ClockCorrected, KeyRotated, LedgerClosed
from ledger.official.facts import OfficialClassChanged, OfficialErased, OfficialRecorded, RelationKind, RelationRecorded
from ledger.values import Audience, Handle, KeyId, MemberPath, Name, Number, PublicValue, Role, Subject, Vkey
from tests.unit.codec.golden.envelopes import LEDGER, OFFICIAL, OTHER_OFFICE, example, on, sealed

KEEPING: Final = (
    example(
        facts.ValueCorrected(
            version=Number(1),
            member=MemberPath("occurred_from"),
            reason=codes.CorrectionReason.DATE,
            value=PublicValue("2024-06-06"),
            replacement=sealed(1),
            text=sealed(2),
        ),
        on("2024-06-20"),
        Role.EXAMINER,
        position=32,
        version=14,
        recorded="2024-06-20T02:00:00",
    ),
    example(
        facts.ClosedValueCorrected(
            version=Number(2),
            member=MemberPath("complainants[10].id_number"),
            reason=codes.CorrectionReason.IDENTITY,
            value=PublicValue("15.71"),
            replacement=sealed(1),
            text=sealed(2),
        ),
        on("2024-06-20"),
        Role.INTAKE,
        position=33,
        version=15,
        recorded="2024-06-20T02:10:00",
    ),
    example(
        facts.ComplaintClosed(
            reason=codes.ClosingReason.SETTLED,
            allegations=frozenset({Number(1), Number(2), Number(11)}),
            irregular=frozenset({codes.Irregularity.NO_STATUS_NOTICE}),
            text=sealed(1),
        ),
        on("2024-10-01"),
        Role.PLENARY,
        position=34,
        version=20,
        recorded="2024-10-01T02:00:00",
    ),
    example(
        facts.ComplaintReopened(
            reason=codes.ReopeningReason.APPEAL,
            allegations=frozenset({Number(2), Number(1)}),
            irregular=frozenset({codes.Irregularity.REPORT_LATE, codes.Irregularity.NO_HEARING}),
            text=sealed(1),
        ),
        on("2024-10-21"),
        Role.EXAMINER,
        position=35,
        version=21,
        recorded="2024-10-21T02:00:00",
    ),
    example(
        facts.ComplaintPersonErased(
            of=Subject("k1"),
            reason=ErasureReason.REQUEST,
            basis=Name("UU 27/2022 art. 8"),
            backups_expire_on=date(2025, 2, 1),
            second=facts.Present(Handle("a12"), sealed(1)),
        ),
        on("2024-11-01", LEDGER),
        Role.PROTECTION_OFFICER,
        position=36,
        version=22,
        recorded="2024-11-01T03:00:00",
        office=LEDGER,
        actor="a11",
    ),
    example(
        facts.ValueDisclosed(
            version=Number(1),
            member=MemberPath("narrative"),
            to=Audience(OTHER_OFFICE),
            basis=Name("UU 14/2008 art. 17"),
        ),
        on("2024-11-04"),
        Role.EXAMINER,
        position=37,
        version=23,
        recorded="2024-11-04T03:00:00",
    ),
    example(
        OfficialRecorded(
            class_=codes.RespondentClass.KPU_ADHOC,
            since=date(2024, 5, 20),
            name=sealed(1),
            nip=sealed(2),
            nik=sealed(3),
            position=sealed(4),
            unit=sealed(5),
        ),
        on("2024-06-11"),
        Role.INTAKE,
        position=38,
        version=1,
        recorded="2024-06-11T03:00:00",
        stream=OFFICIAL,
    ),
    example(
        OfficialClassChanged(class_=codes.RespondentClass.NON_ASN, since=date(2024, 7, 1)),
        on("2024-07-02"),
        Role.EXAMINER,
        position=39,
        version=2,
        recorded="2024-07-02T03:00:00",
        stream=OFFICIAL,
        actor="a2",
    ),
    example(
        RelationRecorded(
            kind=RelationKind.EARLIER_CASE,
            source=codes.ConflictSource.ESTABLISHED,
            other=facts.Present(Handle("a3"), sealed(191)),
            until=date(2024, 8, 1),
            ground=sealed(190),
        ),
        on("2024-07-03", OTHER_OFFICE),
        Role.PLENARY,
        position=900,
        version=3,
        recorded="2024-07-03T02:00:00",
        stream=OFFICIAL,
        office=OTHER_OFFICE,
        actor="a2",
    ),
    example(
        OfficialErased(
            of=Subject("case"),
            reason=ErasureReason.RETENTION_ENDED,
            basis=Name("UU 27/2022 art. 43"),
            backups_expire_on=date(2025, 3, 1),
            second=facts.Present(Handle("a4"), sealed(1)),
        ),
        on("2024-12-02", LEDGER),
        Role.PROTECTION_OFFICER,
        position=40,
        version=3,
        recorded="2024-12-02T03:00:00",
        stream=OFFICIAL,
        office=LEDGER,
        actor="a3",
    ),
    example(
        ClockCorrected(
            from_=datetime(2024, 12, 4, 9, 15, 7, tzinfo=UTC),
            reason=Name("Jam mesin maju enam jam; the machine's clock was six hours ahead"),
        ),
        on("2024-12-04", LEDGER),
        Role.OPERATOR,
        position=41,
        version=2,
        recorded="2024-12-04T03:15:07",
        stream=LEDGER,
        office=LEDGER,
    ),
    example(
        KeyRotated(
            retired_key_id=KeyId("a737f1a9"),
            vkey=Vkey("golden.invalid/5f5f5f5f5f5f5f5f+490979a1+ASmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"),
            from_size=Number(42),
        ),
        on("2024-12-05", LEDGER),
        Role.OPERATOR,
        position=42,
        version=3,
        recorded="2024-12-05T03:00:00",
        stream=LEDGER,
        office=LEDGER,
        actor="a2",
    ),
    example(
        LedgerClosed(reason=Name("Dilanjutkan oleh ledger lain; another ledger goes on")),
        on("2024-12-31", LEDGER),
        Role.OPERATOR,
        position=43,
        version=4,
        recorded="2024-12-31T10:00:00",
        stream=LEDGER,
        office=LEDGER,
        actor="a3",
    ),
)
"""Positions 32 to 43."""
