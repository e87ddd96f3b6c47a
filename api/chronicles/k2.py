"""Chronicle K2: six camat and one lurah in one report, referred to KASN shortly before it ends; BKN acts after it.

Reported [S73] for Kota Jambi, August 2024; hours, numbers, persons and all outcomes are synthetic.
"""

from __future__ import annotations

from datetime import date

from api.chronicles import people
from api.chronicles.play import Chronicle, Desk, Step, Steps
from api.chronicles.register import JAMBI, Register
from ledger.complaint.codes import (
    Announcement,
    Category,
    Channel,
    Kind,
    OutcomeLevel,
    RegistrationKind,
    RespondentClass,
    ReviewResult,
    Track,
    Whom,
)
from ledger.complaint.commands import (
    AcceptReferral,
    AnnounceStatus,
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
    RecordOutcome,
    RegisterComplaint,
    ReviewComplaint,
)
from ledger.values import Count, Handle, Number, OutcomeCode, Person, Plain, Role, StreamId

TEAM = people.JAMBI
SEVEN = tuple(range(1, 8))
CAMAT = 6
OUTCOMES = {1: "sanctioned", 2: "sanctioned", 3: "not_proven", 4: "sanctioned", 5: "cannot_be_processed"}
"""What BKN says of five of the seven; two stay open."""


def k2(register: Register) -> Chronicle:
    """The chronicle; returns the complaint's stream."""
    bawaslu, kasn = Desk(register.bawaslu_jambi), Desk(register.kasn)
    complaint = yield from _file(bawaslu, register)
    yield from _accuse(bawaslu, complaint)
    yield from _examine(bawaslu, complaint)
    yield from _decide(bawaslu, complaint)
    yield from _refer(bawaslu, kasn, complaint)
    yield from _succeed(Desk(register.bkn), complaint)
    return complaint


def _file(bawaslu: Desk, register: Register) -> Chronicle:
    filed = yield Step(
        "2024-08-05T03:00:00",
        FileComplaint(
            act=bawaslu.at("2024-08-05T02:40:00"),
            election=register.election_jambi,
            region=JAMBI,
            occurred_from=date(2024, 8, 1),
            occurred_until=date(2024, 8, 2),
            known_on=date(2024, 8, 3),
            channel=Channel.IN_PERSON,
            complainants=(
                ComplainantTold(
                    handle=Person("k", ("nik:1571000000000002",)),
                    name=Plain("Tono Pelapor"),
                    id_number=Plain("1571000000000002"),
                    address=Plain("Jalan Contoh 2, Kota Jambi"),
                ),
            ),
            narrative=Plain("Enam camat dan satu lurah mendampingi bakal calon dalam kunjungan."),
            received_number=Plain("004/LP/PW/Kota/05.01/VIII/2024"),
        ),
        bawaslu.actor(Role.INTAKE, TEAM.intake),
        "Satu laporan atas tujuh terlapor diterima",
        "One report about seven respondents arrives",
    )
    return filed.entries[0].stream


def _accuse(bawaslu: Desk, complaint: StreamId) -> Steps:
    intake = bawaslu.actor(Role.INTAKE, TEAM.intake)
    for number in SEVEN:
        office = "camat" if number <= CAMAT else "lurah"
        yield Step(
            f"2024-08-05T04:{2 * number:02}:00",
            NameRespondent(
                act=bawaslu.on("2024-08-05"),
                stream=complaint,
                respondent=Person("r", (f"nip:19810101200501100{number}",)),
                class_=RespondentClass.ASN,
                known=True,
                name=Plain(f"Terlapor Contoh {number}"),
                position_class=Plain(office),
                unit=Plain(f"{office} contoh {number}"),
            ),
            intake,
            f"Terlapor {number} disebut",
            f"Respondent {number} is named",
        )
        yield Step(
            f"2024-08-05T04:{2 * number + 1:02}:00",
            MakeAllegation(
                act=bawaslu.on("2024-08-05"),
                stream=complaint,
                respondent=Handle(f"r{number}"),
                category=Category.UNDETERMINED,
                kinds=frozenset({Kind.N06}),
            ),
            intake,
            f"Dugaan {number}",
            f"Allegation {number}",
        )


def _examine(bawaslu: Desk, complaint: StreamId) -> Steps:
    examiner = bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    yield Step(
        "2024-08-06T03:00:00",
        ReviewComplaint(
            act=bawaslu.on("2024-08-06"),
            stream=complaint,
            formal=True,
            material=True,
            known_on=date(2024, 8, 3),
            result=ReviewResult.REGISTER,
        ),
        examiner,
        "Kajian awal: memenuhi syarat",
        "Initial review: the requirements are met",
        match=True,
    )
    yield Step(
        "2024-08-06T03:10:00",
        RegisterComplaint(
            act=bawaslu.on("2024-08-06"),
            stream=complaint,
            kind=RegistrationKind.REPORT,
            number=Plain("002/Reg/LP/PW/Kota/05.01/VIII/2024"),
        ),
        examiner,
        "Laporan diregistrasi",
        "The report is registered",
    )
    for number in SEVEN:
        yield Step(
            f"2024-08-06T06:{number:02}:00",
            CallHearing(
                act=bawaslu.on("2024-08-06"),
                stream=complaint,
                whom=Whom.RESPONDENT,
                respondent=Handle(f"r{number}"),
                set_for=date(2024, 8, 7),
            ),
            examiner,
            f"Terlapor {number} diundang klarifikasi",
            f"Respondent {number} is called to a hearing",
        )
    for number in SEVEN:
        yield Step(
            f"2024-08-07T06:{number:02}:00",
            HoldHearing(
                act=bawaslu.at(f"2024-08-07T0{1 + number // 2}:00:00"), stream=complaint, hearing=Number(number)
            ),
            examiner,
            f"Klarifikasi {number} dilaksanakan",
            f"Hearing {number} is held",
        )
    yield Step(
        "2024-08-08T04:00:00",
        CompleteStudy(
            act=bawaslu.on("2024-08-08"),
            stream=complaint,
            allegations=frozenset(map(Number, SEVEN)),
            text=Plain("Kajian atas tujuh terlapor."),
        ),
        examiner,
        "Kajian atas ketujuhnya selesai",
        "The study of all seven is completed",
    )


def _decide(bawaslu: Desk, complaint: StreamId) -> Steps:
    yield Step(
        "2024-08-09T08:00:00",
        HoldPlenary(
            act=bawaslu.at("2024-08-09T06:00:00"),
            stream=complaint,
            present=tuple(people.attendee(member) for member in TEAM.members),
            ballots=tuple(
                Ballot(
                    allegation=Number(number),
                    violation=Count(4),
                    not_violation=Count(1),
                    abstained=Count(0),
                    category=Category.OTHER_LAW,
                )
                for number in SEVEN
            ),
        ),
        bawaslu.actor(Role.PLENARY, TEAM.secretary),
        "Pleno memutuskan ketujuh dugaan",
        "The plenary decides all seven allegations",
        match=True,
    )
    yield Step(
        "2024-08-09T09:00:00",
        AnnounceStatus(
            act=bawaslu.on("2024-08-09"),
            stream=complaint,
            what=Announcement.DECIDED,
            allegations=frozenset(map(Number, SEVEN)),
        ),
        bawaslu.actor(Role.EXAMINER, TEAM.examiner),
        "Status laporan diumumkan",
        "The status is announced",
    )


def _refer(bawaslu: Desk, kasn: Desk, complaint: StreamId) -> Steps:
    examiner, clerk = bawaslu.actor(Role.EXAMINER, TEAM.examiner), kasn.actor(Role.INTAKE, people.KASN_CLERK)
    for number in SEVEN:
        yield Step(
            f"2024-08-12T02:{number:02}:00",
            OfferReferral(
                act=bawaslu.on("2024-08-12"),
                stream=complaint,
                allegation=Number(number),
                to=kasn.office,
                track=Track.ASN,
                study_attached=True,
                letter_number=Plain(f"03{number}/PP.01.02/K.JA-10/08/2024"),
            ),
            examiner,
            f"Penerusan {number} ke KASN",
            f"Referral {number} to KASN",
            match=True,
        )
    for number in SEVEN:
        yield Step(
            f"2024-08-15T02:{number:02}:00",
            AcceptReferral(act=kasn.on("2024-08-15"), stream=complaint, referral=Number(number)),
            clerk,
            f"KASN menangani penerusan {number}",
            f"KASN accepts referral {number}",
        )


def _succeed(bkn: Desk, complaint: StreamId) -> Steps:
    """KASN is still recorded as the holder, and its successor acts."""
    for number, outcome in OUTCOMES.items():
        yield Step(
            f"2024-11-0{number}T03:00:00",
            RecordOutcome(
                act=bkn.on(f"2024-11-0{number}"),
                stream=complaint,
                allegation=Number(number),
                outcome=OutcomeCode(outcome),
                level=OutcomeLevel.FIRST,
                decree_number=Plain(f"SK-CONTOH/{number}/2024"),
            ),
            bkn.actor(Role.HOLDER, people.BKN_CLERK),
            f"BKN, penerus KASN: hasil dugaan {number}",
            f"BKN, KASN's successor: outcome of allegation {number}",
        )
