"""The example of a deadline: every member, as no real one has them together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from ledger.complaint import facts
from ledger.rulebook.law import Doer
from ledger.values import Digest, Name, Number, Role, RuleId, Zone
from tests.unit.codec.golden.envelopes import OTHER_OFFICE, example, on

CLOCKS: Final = (
    example(
        facts.DeadlineStarted(
            deadline=Number(2),
            rule=RuleId("asn.ppk_followup"),
            rulebook_digest=Digest("ab" * 32),
            started_by=Number(18),
            doer=Doer.PERSONNEL_AUTHORITY,
            office=OTHER_OFFICE,
            due_at=datetime(2024, 6, 20, 15, tzinfo=UTC),
            zone=Zone.WIT,
            trace=(
                Name("2024-06-17 start, not counted"),
                Name("2024-06-18 skipped: collective_leave (Cuti Bersama Hari Raya Idul Adha)"),
                Name("2024-06-19 day 1"),
                Name("2024-06-20 day 2"),
                Name("2024-06-20T15:00:00Z due: the midnight that ends 2024-06-20 (wit)"),
            ),
            verified=False,
            calendar_digests=frozenset({Digest("cd" * 32), Digest("12" * 32)}),
            starts_on=date(2024, 6, 17),
            starts_at=datetime(2024, 6, 17, 2, tzinfo=UTC),
            allegation=Number(2),
            referral=Number(1),
            replaces=Number(1),
        ),
        on("2024-06-17"),
        Role.EXAMINER,
        position=300,
        version=19,
        recorded="2024-06-17T03:00:00",
    ),
)
