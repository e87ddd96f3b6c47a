"""Examples of what the law lets happen to a case besides its ordinary course, and of hand-overs."""

from __future__ import annotations

from datetime import date
from typing import Final

from ledger.complaint import codes, facts
from ledger.handover.facts import HandoverOffered, HandoverTallied, Item
from ledger.values import Count, Digest, Handle, Name, Number, Role, Source, StreamId
from tests.unit.codec.golden.envelopes import COMPLAINT, HANDOVER, OFFICE, OTHER_OFFICE, example, on, sealed

_OTHER_COMPLAINT: Final = StreamId("complaint-6978697869786978697869786978697a")

_DIGEST: Final = Digest("ebb3dc7dea197ab86030ce529b441176aaf98dbe135d7f294393a754bebe876a")
"""What the registrar makes of the items below: the SHA-256 of their canonical JSON."""

BY_LAW: Final = (
    example(
        facts.ExaminationExtended(reason=sealed(1)),
        on("2024-06-04"),
        Role.PLENARY,
        position=100,
        version=30,
        recorded="2024-06-04T03:00:00",
    ),
    example(
        facts.ComplaintJoined(into=_OTHER_COMPLAINT, text=sealed(1)),
        on("2024-06-05"),
        Role.EXAMINER,
        position=101,
        version=31,
        recorded="2024-06-05T03:00:00",
    ),
    example(
        facts.ComplaintAdmitted(joined=COMPLAINT),
        on("2024-06-05"),
        Role.EXAMINER,
        position=102,
        version=7,
        recorded="2024-06-05T03:00:00",
        stream=_OTHER_COMPLAINT,
    ),
    example(
        facts.ComplaintSeparated(text=sealed(1)),
        on("2024-06-06"),
        Role.EXAMINER,
        position=103,
        version=32,
        recorded="2024-06-06T03:00:00",
    ),
    example(
        facts.ComplaintDelegated(to=OTHER_OFFICE, letter_number=sealed(1)),
        on("2024-06-07"),
        Role.PLENARY,
        position=104,
        version=33,
        recorded="2024-06-07T03:00:00",
    ),
    example(
        facts.DelegationReceived(number=sealed(1)),
        on("2024-06-08", OTHER_OFFICE),
        Role.INTAKE,
        position=105,
        version=34,
        recorded="2024-06-08T03:00:00",
        office=OTHER_OFFICE,
        actor="a3",
    ),
    example(
        facts.ComplaintTakenOver(text=sealed(1)),
        on("2024-06-09", OTHER_OFFICE),
        Role.EXAMINER,
        position=106,
        version=35,
        recorded="2024-06-09T03:00:00",
        office=OTHER_OFFICE,
        actor="a3",
    ),
    example(
        facts.RespondentReclassified(
            respondent=Handle("r2"),
            class_=codes.RespondentClass.REGIONAL_HEAD,
            since=date(2024, 5, 31),
            text=sealed(1),
        ),
        on("2024-06-10"),
        Role.EXAMINER,
        position=107,
        version=36,
        recorded="2024-06-10T03:00:00",
    ),
    example(
        facts.ReferralRecalled(referral=Number(3), text=sealed(1)),
        on("2024-06-11"),
        Role.EXAMINER,
        position=108,
        version=37,
        recorded="2024-06-11T03:00:00",
    ),
    example(
        facts.AllegationDropped(allegation=Number(2), reason=codes.DropReason.DIED, text=sealed(1)),
        on("2024-06-12"),
        Role.PLENARY,
        position=109,
        version=38,
        recorded="2024-06-12T03:00:00",
    ),
    example(
        facts.PhaseSet(allegation=Number(2), phase=codes.Phase.BEFORE_PAIRS),
        on("2024-06-13"),
        Role.EXAMINER,
        position=110,
        version=39,
        recorded="2024-06-13T03:00:00",
    ),
    example(
        HandoverOffered(
            from_=OFFICE,
            to=OTHER_OFFICE,
            count=Number(2),
            items=(
                Item(_OTHER_COMPLAINT, Number(1), Number(3)),
                Item(COMPLAINT, Number(2), Number(4)),
            ),
            digest=_DIGEST,
            legal_basis=Name("SE Contoh 4/2024"),
        ),
        on("2024-09-10", OFFICE),
        Role.HOLDER,
        position=111,
        version=1,
        recorded="2024-09-10T03:00:00",
        stream=HANDOVER,
    ),
    example(
        HandoverTallied(count=Count(2), digest=_DIGEST),
        on("2024-09-11", OTHER_OFFICE, Source.OWN),
        Role.INTAKE,
        position=112,
        version=2,
        recorded="2024-09-11T03:00:00",
        stream=HANDOVER,
        office=OTHER_OFFICE,
    ),
)
"""Positions 100 to 112."""
