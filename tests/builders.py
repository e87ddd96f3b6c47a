"""Short ways to say what happened and what is asked, so that a test reads as one sentence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from ledger.complaint import codes, facts
from ledger.complaint.commands import (
    AcceptReferral,
    AnnounceStatus,
    Attendee,
    Ballot,
    CallHearing,
    ComplainantTold,
    CompleteStudy,
    FileComplaint,
    HoldHearing,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    OfferReferral,
    ReceiveReferral,
    RegisterComplaint,
    ReturnReferral,
    ReviewComplaint,
)
from ledger.complaint.state import Complaint, Nothing, evolve
from ledger.election.facts import ElectionKind, Regime
from ledger.election.state import KnownElection
from ledger.grounds import Grounds
from ledger.itself.facts import ClockKind
from ledger.itself.state import OpenLedger
from ledger.office.facts import Level, OfficeKind
from ledger.office.state import KnownOffice
from ledger.values import (
    Act,
    By,
    Count,
    Digest,
    Handle,
    LedgerId,
    Name,
    Number,
    Origin,
    Region,
    Role,
    Sealed,
    SealedRef,
    Source,
    StreamId,
    Vkey,
    Zone,
)


def stream(kind: str, digit: str) -> StreamId:
    return StreamId(f"{kind}-{digit * 32}")


LEDGER = stream("ledger", "0")
BAWASLU, KASN, BKN, KPU, DKPP, AUTHORITY, BAWASLU_BUNGO = (stream("office", digit) for digit in "1234567")
ELECTION = stream("election", "1")
COMPLAINT = stream("complaint", "1")
JAMBI_REGION = Region("15.71")
R1, R2 = Handle("r1"), Handle("r2")
ONE, TWO = Number(1), Number(2)
NOON = datetime(2024, 7, 8, 5, 0, 0, tzinfo=UTC)
"""When a decision is recorded, unless a test says otherwise: noon in Jambi on 8 July 2024."""


def office(name: str, kind: OfficeKind, region: str | None = None, **more: Any) -> KnownOffice:
    level = Level.NATIONAL if region is None else Level.REGENCY
    known = KnownOffice(
        kind=kind,
        level=level,
        zone=Zone.WIB,
        name=Name(name),
        established_on=date(2014, 1, 1),
        region=Region(region) if region else None,
        seats=more.pop("seats", None),
        parent=None,
    )
    return replace(known, **more)


JAMBI = Grounds(
    ledger=OpenLedger(
        LedgerId("0" * 32), Origin("test.invalid/" + "0" * 16), Vkey("test.invalid+00000000+AAAA"), ClockKind.SIMULATED
    ),
    offices={
        BAWASLU: office("Bawaslu Kota Jambi", OfficeKind.BAWASLU, "15.71", seats=5),
        KASN: office("KASN", OfficeKind.KASN),
        BKN: office("BKN", OfficeKind.BKN),
        KPU: office("KPU Kota Jambi", OfficeKind.KPU, "15.71", seats=5),
        DKPP: office("DKPP", OfficeKind.DKPP),
        AUTHORITY: office("Wali Kota Jambi", OfficeKind.PERSONNEL_AUTHORITY, "15.71"),
        BAWASLU_BUNGO: office("Bawaslu Bungo", OfficeKind.BAWASLU, "15.08", seats=3),
    },
    elections={
        ELECTION: KnownElection(
            Regime.PILKADA, ElectionKind.MAYOR, date(2024, 11, 27), frozenset({JAMBI_REGION, Region("15.08")})
        )
    },
)


def without_kasn() -> Grounds:
    """The register after 24 August 2024."""
    ended = replace(
        JAMBI.office(KASN),
        ended_on=date(2024, 8, 24),
        ended_by=Name("UU 20/2023"),
        successor=BKN,
    )
    return replace(JAMBI, offices={**JAMBI.offices, KASN: ended})


def sealed(text: str) -> Sealed:
    return Sealed(ref(text), text)


def ref(text: str) -> SealedRef:
    return SealedRef(Digest(hashlib.sha256(text.encode()).hexdigest()))


def on(day: str, office: StreamId = BAWASLU, source: Source = Source.OWN) -> Act:
    return Act(office, source, on=date.fromisoformat(day))


def at(instant: str, office: StreamId = BAWASLU, source: Source = Source.OWN) -> Act:
    return Act(office, source, at=datetime.fromisoformat(instant).replace(tzinfo=UTC))


def by(role: Role, office: StreamId = BAWASLU, actor: str = "a1") -> By:
    return By(office, role, Handle(actor))


# --- what happened --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Happened:
    fact: facts.ComplaintFact
    act: Act


def after(*happened: Happened) -> Complaint:
    """The complaint after some facts."""
    complaint: Complaint = Nothing()
    for each in happened:
        complaint = evolve(complaint, each.fact, each.act)
    return complaint


def filed(**changes: Any) -> Happened:
    fact = facts.ComplaintFiled(
        election=ELECTION,
        region=JAMBI_REGION,
        occurred_from=date(2024, 6, 8),
        occurred_until=date(2024, 6, 8),
        known_on=date(2024, 6, 10),
        channel=codes.Channel.IN_PERSON,
        complainants=(facts.Complainant(Handle("k1"), name=ref("name")),),
        narrative=ref("narrative"),
    )
    return Happened(replace(fact, **changes), at("2024-06-11T02:15:00"))


def named(handle: Handle = R1, class_: codes.RespondentClass = codes.RespondentClass.ASN) -> Happened:
    return Happened(facts.RespondentNamed(handle, class_, known=True, name=ref(handle)), on("2024-06-11"))


def alleged(number: int = 1, respondent: Handle = R1, category: codes.Category = codes.Category.OTHER_LAW) -> Happened:
    made = facts.AllegationMade(Number(number), respondent, category, frozenset({codes.Kind.N12}))
    return Happened(made, on("2024-06-11"))


def reviewed() -> Happened:
    fact = facts.InitialReviewConcluded(
        formal=True, material=True, result=codes.ReviewResult.REGISTER, known_on=date(2024, 6, 10)
    )
    return Happened(fact, on("2024-06-12"))


def registered() -> Happened:
    return Happened(facts.ComplaintRegistered(codes.RegistrationKind.REPORT, ref("number")), on("2024-06-12"))


def heard() -> tuple[Happened, Happened]:
    called = facts.HearingCalled(ONE, codes.Whom.RESPONDENT, date(2024, 6, 13), R1)
    return Happened(called, on("2024-06-12")), Happened(facts.HearingHeld(ONE), at("2024-06-13T03:00:00"))


def studied(*allegations: int) -> Happened:
    covered = frozenset(map(Number, allegations or (1,)))
    return Happened(facts.StudyCompleted(ONE, covered), on("2024-06-13"))


def plenary(number: int = 1, allegations: tuple[int, ...] = (1,), day: str = "2024-06-14") -> Happened:
    present = tuple(facts.Present(Handle(f"a{member}")) for member in range(2, 6))
    tally = tuple(facts.Tally(Number(each), Count(3), Count(1), Count(0)) for each in allegations)
    return Happened(facts.PlenaryHeld(Number(number), Number(5), present, tally), at(f"{day}T06:30:00"))


def decided(allegation: int = 1, decision: codes.Decision = codes.Decision.VIOLATION, plenary: int = 1) -> Happened:
    fact = facts.AllegationDecided(
        Number(allegation), Number(plenary), decision, codes.Category.OTHER_LAW, frozenset({codes.Kind.N12})
    )
    return Happened(fact, on("2024-06-14"))


def offered(number: int = 1, allegation: int = 1, day: str = "2024-06-18", **changes: Any) -> Happened:
    fact = facts.ReferralOffered(
        referral=Number(number),
        allegation=Number(allegation),
        to=KASN,
        track=codes.Track.ASN,
        binding=False,
        study_attached=True,
    )
    return Happened(replace(fact, **changes), on(day))


def received(number: int = 1, office: StreamId = KASN) -> Happened:
    return Happened(facts.ReferralReceived(Number(number), codes.ShownBy.RECEIVER), at("2024-06-19T02:00:00", office))


def accepted(number: int = 1, office: StreamId = KASN) -> Happened:
    return Happened(facts.ReferralAccepted(Number(number)), on("2024-06-20", office))


def returned(number: int = 1, reason: codes.ReturnReason = codes.ReturnReason.NO_STUDY) -> Happened:
    return Happened(facts.ReferralReturned(Number(number), reason), on("2024-06-26", KASN))


ALLEGED = (filed(), named(), alleged())
REGISTERED = (*ALLEGED, reviewed(), registered())
DECIDED = (*REGISTERED, *heard(), studied(), plenary(), decided())
OFFERED = (*DECIDED, offered())
RETURNED = (*OFFERED, received(), returned())


# --- what is asked --------------------------------------------------------------------------------------------------

MEMBERS = tuple(Handle(f"a{number}") for number in range(2, 6))


def file_complaint(**changes: Any) -> FileComplaint:
    command = FileComplaint(
        act=at("2024-06-11T02:15:00"),
        stream=COMPLAINT,
        by=by(Role.INTAKE),
        election=ELECTION,
        region=JAMBI_REGION,
        occurred_from=date(2024, 6, 8),
        occurred_until=date(2024, 6, 8),
        known_on=date(2024, 6, 10),
        channel=codes.Channel.IN_PERSON,
        complainants=(ComplainantTold(handle=Handle("k1"), name=sealed("name")),),
        narrative=sealed("narrative"),
    )
    return replace(command, **changes)


def name_respondent(**changes: Any) -> NameRespondent:
    command = NameRespondent(
        act=on("2024-06-11"),
        stream=COMPLAINT,
        by=by(Role.INTAKE),
        respondent=R1,
        class_=codes.RespondentClass.ASN,
        known=True,
        name=sealed("r1"),
    )
    return replace(command, **changes)


def make_allegation(**changes: Any) -> MakeAllegation:
    command = MakeAllegation(
        act=on("2024-06-11"),
        stream=COMPLAINT,
        by=by(Role.INTAKE),
        respondent=R1,
        category=codes.Category.OTHER_LAW,
        kinds=frozenset({codes.Kind.N12}),
    )
    return replace(command, **changes)


def review_complaint(**changes: Any) -> ReviewComplaint:
    command = ReviewComplaint(
        act=on("2024-06-12"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        formal=True,
        material=True,
        known_on=date(2024, 6, 10),
        result=codes.ReviewResult.REGISTER,
    )
    return replace(command, **changes)


def register_complaint(**changes: Any) -> RegisterComplaint:
    command = RegisterComplaint(
        act=on("2024-06-12"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        kind=codes.RegistrationKind.REPORT,
        number=sealed("number"),
    )
    return replace(command, **changes)


def call_hearing(**changes: Any) -> CallHearing:
    command = CallHearing(
        act=on("2024-06-12"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        whom=codes.Whom.RESPONDENT,
        respondent=R1,
        set_for=date(2024, 6, 13),
    )
    return replace(command, **changes)


def hold_hearing(**changes: Any) -> HoldHearing:
    command = HoldHearing(act=at("2024-06-13T03:00:00"), stream=COMPLAINT, by=by(Role.EXAMINER), hearing=ONE)
    return replace(command, **changes)


def complete_study(*allegations: int, **changes: Any) -> CompleteStudy:
    command = CompleteStudy(
        act=on("2024-06-28"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        allegations=frozenset(map(Number, allegations or (1,))),
    )
    return replace(command, **changes)


def ballot(allegation: int = 1, violation: int = 3, not_violation: int = 1, abstained: int = 0, **more: Any) -> Ballot:
    return Ballot(
        allegation=Number(allegation),
        violation=Count(violation),
        not_violation=Count(not_violation),
        abstained=Count(abstained),
        **more,
    )


def hold_plenary(*ballots: Ballot, **changes: Any) -> HoldPlenary:
    command = HoldPlenary(
        act=at("2024-06-14T06:30:00"),
        stream=COMPLAINT,
        by=by(Role.PLENARY),
        present=tuple(Attendee(handle=member) for member in MEMBERS),
        ballots=ballots or (ballot(),),
    )
    return replace(command, **changes)


def announce_status(**changes: Any) -> AnnounceStatus:
    command = AnnounceStatus(
        act=on("2024-06-14"), stream=COMPLAINT, by=by(Role.EXAMINER), what=codes.Announcement.DECIDED
    )
    return replace(command, **changes)


def offer_referral(**changes: Any) -> OfferReferral:
    command = OfferReferral(
        act=on("2024-07-01"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        allegation=ONE,
        to=KASN,
        track=codes.Track.ASN,
        study_attached=True,
    )
    return replace(command, **changes)


def receive_referral(**changes: Any) -> ReceiveReferral:
    command = ReceiveReferral(
        act=at("2024-06-19T02:00:00", KASN),
        stream=COMPLAINT,
        by=by(Role.INTAKE, KASN),
        referral=ONE,
        shown_by=codes.ShownBy.RECEIVER,
    )
    return replace(command, **changes)


def accept_referral(**changes: Any) -> AcceptReferral:
    command = AcceptReferral(act=on("2024-06-20", KASN), stream=COMPLAINT, by=by(Role.HOLDER, KASN), referral=ONE)
    return replace(command, **changes)


def return_referral(**changes: Any) -> ReturnReferral:
    command = ReturnReferral(
        act=on("2024-06-26", KASN),
        stream=COMPLAINT,
        by=by(Role.INTAKE, KASN),
        referral=ONE,
        reason=codes.ReturnReason.NO_STUDY,
    )
    return replace(command, **changes)
