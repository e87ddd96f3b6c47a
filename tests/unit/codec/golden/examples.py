"""One example of every fact, every member filled by hand: the values whose bytes the golden files hold.

Nothing here is drawn, and nothing here changes once its file is written. Members of one type hold different values, so
that no two of them can be mixed up unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from ledger.codec import Recorded
from ledger.complaint import codes, facts
from ledger.election.facts import ElectionAnnounced, ElectionKind, Regime
from ledger.itself.facts import ClockKind, LedgerOpened, Predecessor
from ledger.office.facts import Level, OfficeEnded, OfficeEstablished, OfficeKind
from ledger.values import Count, Digest, Handle, LedgerId, Name, Number, Origin, Region, Role, Source, Vkey, Zone
from tests.unit.codec.golden.bylaw import BY_LAW
from tests.unit.codec.golden.elections import ELECTIONS
from tests.unit.codec.golden.envelopes import (
    ELECTION,
    HANDOVER,
    LEDGER,
    OFFICE,
    OTHER_OFFICE,
    at,
    example,
    on,
    sealed,
)
from tests.unit.codec.golden.keeping import KEEPING
from tests.unit.codec.golden.law import LAW
from tests.unit.codec.golden.tracks import TRACKS
from tests.unit.codec.golden.ways import WAYS

_WAY: Final = (
    example(
        LedgerOpened(
            ledger=LedgerId("5f5f5f5f5f5f5f5fa0a0a0a0a0a0a0a0"),
            origin=Origin("golden.invalid/5f5f5f5f5f5f5f5f"),
            vkey=Vkey("golden.invalid/5f5f5f5f5f5f5f5f+a737f1a9+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"),
            clock=ClockKind.SIMULATED,
            predecessor=Predecessor(
                Origin("before.golden.invalid/6e6e6e6e6e6e6e6e"), Number(9_007_199_254_740_991), Digest("7d" * 32)
            ),
        ),
        on("2024-05-02", LEDGER),
        Role.OPERATOR,
        position=0,
        version=1,
        recorded="2024-05-02T01:00:00",
        stream=LEDGER,
        office=LEDGER,
    ),
    example(
        OfficeEstablished(
            kind=OfficeKind.BAWASLU,
            level=Level.REGENCY,
            zone=Zone.WITA,
            from_=date(2018, 8, 15),
            name=Name('Kantor "Contoh" \\ Ké/luar, 投票 \U0001f5f3'),
            region=Region("15.71"),
            seats=Number(5),
            parent=OTHER_OFFICE,
        ),
        on("2024-05-02", LEDGER),
        Role.REGISTRY,
        position=1,
        version=1,
        recorded="2024-05-02T02:00:00",
        stream=OFFICE,
        office=LEDGER,
        actor="a2",
    ),
    example(
        OfficeEnded(on=date(2024, 8, 24), legal_basis=Name("UU 20/2023"), successor=OTHER_OFFICE),
        on("2024-08-24", LEDGER),
        Role.REGISTRY,
        position=2,
        version=2,
        recorded="2024-08-24T03:00:00",
        stream=OFFICE,
        office=LEDGER,
        actor="a2",
    ),
    example(
        ElectionAnnounced(
            regime=Regime.PILKADA,
            kind=ElectionKind.MAYOR,
            polling_on=date(2024, 11, 27),
            regions=frozenset({Region("15"), Region("15.71"), Region("15.08")}),
        ),
        on("2024-05-02", LEDGER),
        Role.REGISTRY,
        position=3,
        version=1,
        recorded="2024-05-02T02:03:00",
        stream=ELECTION,
        office=LEDGER,
        actor="a2",
    ),
    example(
        facts.ComplaintFiled(
            election=ELECTION,
            region=Region("15.71"),
            occurred_from=date(2024, 6, 7),
            occurred_until=date(2024, 6, 8),
            known_on=date(2024, 6, 10),
            channel=codes.Channel.IN_PERSON,
            irregular=frozenset({codes.Irregularity.REPORT_LATE}),
            complainants=(
                facts.Complainant(
                    Handle("k2"), sealed(1), sealed(2), sealed(3), sealed(4), sealed(5), capacity=sealed(6)
                ),
                facts.Complainant(
                    Handle("k1"), sealed(7), sealed(8), sealed(9), sealed(10), sealed(11), capacity=sealed(12)
                ),
            ),
            witnesses=(facts.Witness(Handle("w1"), sealed(13), sealed(14), phone=sealed(15)),),
            narrative=sealed(16),
            place=sealed(17),
            received_number=sealed(18),
        ),
        at("2024-06-11T02:15:00"),
        Role.INTAKE,
        position=9_007_199_254_740_991,
        version=9_007_199_254_740_991,
        recorded="2024-06-11T02:20:59",
    ),
    example(
        facts.RespondentNamed(
            respondent=Handle("r1"),
            class_=codes.RespondentClass.ASN,
            known=True,
            official=sealed(1),
            name=sealed(2),
            position_class=sealed(3),
            unit=sealed(4),
        ),
        on("2024-06-11"),
        Role.INTAKE,
        position=5,
        version=2,
        recorded="2024-06-11T02:30:00",
    ),
    example(
        facts.AllegationMade(
            allegation=Number(1),
            respondent=Handle("r999999"),
            category=codes.Category.OTHER_LAW,
            kinds=frozenset({codes.Kind.N12, codes.Kind.N01}),
        ),
        on("2024-06-11"),
        Role.INTAKE,
        position=6,
        version=3,
        recorded="2024-06-11T02:31:00",
    ),
    example(
        facts.InitialReviewConcluded(
            formal=True,
            material=False,
            result=codes.ReviewResult.REFUSE,
            known_on=date(2024, 6, 10),
            missing=frozenset({codes.Requirement.SIGNATURE, codes.Requirement.EVIDENCE}),
            reasons=sealed(1),
        ),
        on("2024-06-12"),
        Role.EXAMINER,
        position=7,
        version=4,
        recorded="2024-06-12T04:00:00",
    ),
    example(
        facts.RegistrationRefused(reason=codes.RefusalReason.MATERIAL, text=sealed(1)),
        on("2024-06-12"),
        Role.EXAMINER,
        position=8,
        version=5,
        recorded="2024-06-12T04:00:00",
    ),
    example(
        facts.ComplaintRegistered(
            kind=codes.RegistrationKind.REPORT,
            number=sealed(1),
            irregular=frozenset({codes.Irregularity.REPORT_LATE, codes.Irregularity.FINDING_LATE}),
        ),
        on("2024-06-12"),
        Role.EXAMINER,
        position=9,
        version=5,
        recorded="2024-06-12T05:00:00",
    ),
    example(
        facts.HearingCalled(
            hearing=Number(1),
            whom=codes.Whom.RESPONDENT,
            set_for=date(2024, 6, 13),
            respondent=Handle("r1"),
            person=sealed(1),
            letter_number=sealed(2),
        ),
        on("2024-06-12"),
        Role.EXAMINER,
        position=10,
        version=6,
        recorded="2024-06-12T06:00:00",
    ),
    example(
        facts.HearingHeld(hearing=Number(1), minutes=sealed(1)),
        at("2024-06-13T03:00:00"),
        Role.EXAMINER,
        position=11,
        version=7,
        recorded="2024-06-13T08:00:00",
    ),
    example(
        facts.StudyCompleted(
            study=Number(1), allegations=frozenset({Number(10), Number(9), Number(1)}), text=sealed(1)
        ),
        on("2024-06-13"),
        Role.EXAMINER,
        position=12,
        version=8,
        recorded="2024-06-13T09:00:00",
    ),
    example(
        facts.PlenaryHeld(
            plenary=Number(1),
            seats=Number(5),
            present=(
                facts.Present(Handle("a3"), sealed(1)),
                facts.Present(Handle("a2"), sealed(2)),
                facts.Present(Handle("a4"), sealed(3)),
            ),
            tally=(
                facts.Tally(Number(2), violation=Count(0), not_violation=Count(2), abstained=Count(1)),
                facts.Tally(Number(1), violation=Count(3), not_violation=Count(0), abstained=Count(0)),
            ),
            recused=frozenset({Handle("a5"), Handle("a10")}),
            irregular=frozenset({codes.Irregularity.NO_STUDY, codes.Irregularity.NO_HEARING}),
            votes=sealed(4),
            dissents=sealed(5),
            minutes_number=sealed(6),
        ),
        at("2024-06-14T06:30:00"),
        Role.PLENARY,
        position=13,
        version=9,
        recorded="2024-06-14T07:00:00",
    ),
    example(
        facts.AllegationDecided(
            allegation=Number(1),
            plenary=Number(2),
            decision=codes.Decision.VIOLATION,
            category=codes.Category.OTHER_LAW,
            kinds=frozenset({codes.Kind.N12}),
            reasons=sealed(1),
        ),
        on("2024-06-14"),
        Role.PLENARY,
        position=14,
        version=10,
        recorded="2024-06-14T07:00:00",
    ),
    example(
        facts.StatusAnnounced(
            what=codes.Announcement.DECIDED,
            allegations=frozenset({Number(1), Number(2)}),
            notice_number=sealed(1),
            text=sealed(2),
        ),
        on("2024-06-14"),
        Role.EXAMINER,
        position=15,
        version=11,
        recorded="2024-06-14T08:00:00",
    ),
    example(
        facts.ReferralOffered(
            referral=Number(1),
            allegation=Number(2),
            to=OTHER_OFFICE,
            track=codes.Track.ASN,
            binding=False,
            study_attached=True,
            handover=HANDOVER,
            irregular=frozenset({codes.Irregularity.NO_STUDY, codes.Irregularity.NO_STATUS_NOTICE}),
            letter_number=sealed(1),
        ),
        on("2024-06-18"),
        Role.EXAMINER,
        position=16,
        version=12,
        recorded="2024-06-18T02:00:00",
    ),
    example(
        facts.ReferralReceived(referral=Number(1), shown_by=codes.ShownBy.DELIVERY_PROOF, proof=sealed(1)),
        at("2024-06-19T02:00:00", OTHER_OFFICE, Source.LETTER),
        Role.EXAMINER,
        position=17,
        version=13,
        recorded="2024-06-19T03:00:00",
    ),
    example(
        facts.ReferralAccepted(referral=Number(1), their_number=sealed(1)),
        on("2024-06-20", OTHER_OFFICE, Source.PUBLISHED),
        Role.EXAMINER,
        position=18,
        version=14,
        recorded="2024-06-21T02:00:00",
    ),
    example(
        facts.ReferralReturned(
            referral=Number(1), reason=codes.ReturnReason.NO_STUDY, their_number=sealed(1), text=sealed(2)
        ),
        on("2024-06-26", OTHER_OFFICE),
        Role.HOLDER,
        position=19,
        version=15,
        recorded="2024-06-26T02:00:00",
        office=OTHER_OFFICE,
        actor="a7",
    ),
)

_ALL: Final = (*_WAY, *WAYS, *KEEPING, *LAW, *BY_LAW, *TRACKS, *ELECTIONS)

EXAMPLES: Final[Mapping[type, Recorded]] = {type(each.fact): each for each in _ALL}
"""By the class of the fact."""
BY_TOPIC: Final[Mapping[str, Recorded]] = {each.topic: each for each in _ALL}
"""By topic."""
