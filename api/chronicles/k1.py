"""Chronicle K1: an act of a civil servant reaches Bawaslu Kota Jambi informally, is traced, and becomes a finding.

Reported [S11] for 17 August to 18 September 2024; exact hours, numbers and persons are synthetic.
"""

from __future__ import annotations

from datetime import date

from api.chronicles import people
from api.chronicles.play import Chronicle, Desk, Step, Steps
from api.chronicles.register import JAMBI, Register
from ledger.complaint.codes import (
    Announcement,
    Category,
    Kind,
    PreliminaryOrigin,
    RegistrationKind,
    RespondentClass,
    ShownBy,
    TracingResult,
    Track,
    Whom,
)
from ledger.complaint.commands import (
    AcceptReferral,
    AnnounceStatus,
    Ballot,
    CallHearing,
    CompleteStudy,
    ContinueAsFinding,
    HoldHearing,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    NotePreliminary,
    OfferReferral,
    ReceiveReferral,
    RecordTracing,
    RegisterComplaint,
)
from ledger.values import Count, Handle, Number, Person, Plain, Role, StreamId

TEAM = people.JAMBI
R1, FIRST = Handle("r1"), Number(1)


def k1(register: Register) -> Chronicle:
    """The chronicle; returns the complaint's stream."""
    bawaslu = Desk(register.bawaslu_jambi)
    complaint = yield from _trace(bawaslu, register)
    yield from _find(bawaslu, complaint)
    yield from _examine(bawaslu, complaint)
    yield from _refer(bawaslu, Desk(register.bkn), complaint, register)
    return complaint


def _trace(bawaslu: Desk, register: Register) -> Chronicle:
    noted = yield Step(
        "2024-08-19T02:10:00",
        NotePreliminary(
            act=bawaslu.on("2024-08-19"),
            origin=PreliminaryOrigin.TIP,
            election=register.election_jambi,
            region=JAMBI,
            occurred_from=date(2024, 8, 17),
            occurred_until=date(2024, 8, 17),
            known_on=date(2024, 8, 19),
            narrative=Plain("Seorang ASN tampil bersama bakal calon pada perayaan kemerdekaan."),
            place=Plain("Lapangan Contoh"),
            source=Plain("Pesan tanpa nama kepada petugas piket."),
        ),
        bawaslu.actor(Role.INTAKE, TEAM.intake),
        "Informasi awal dicatat: tanpa pelapor",
        "Preliminary information is noted: there is no complainant",
    )
    complaint = noted.entries[0].stream
    examiner = bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    for at, day, result, report, id_, en in (
        (
            "2024-08-26T04:00:00",
            "2024-08-26",
            TracingResult.ONGOING,
            "Dua saksi dimintai keterangan.",
            "Penelusuran berlangsung",
            "Tracing goes on",
        ),
        (
            "2024-09-09T04:00:00",
            "2024-09-09",
            TracingResult.SUPPORTED,
            "Foto dan keterangan saksi mendukung.",
            "Penelusuran: didukung bukti",
            "Tracing supports it",
        ),
    ):
        yield Step(
            at,
            RecordTracing(act=bawaslu.on(day), stream=complaint, result=result, report=Plain(report)),
            examiner,
            id_,
            en,
        )
    return complaint


def _find(bawaslu: Desk, complaint: StreamId) -> Steps:
    yield Step(
        "2024-09-11T07:00:00",
        ContinueAsFinding(
            act=bawaslu.on("2024-09-11"),
            stream=complaint,
            found_on=date(2024, 9, 9),
            report=Plain("Laporan hasil penelusuran."),
        ),
        bawaslu.actor(Role.PLENARY, TEAM.secretary),
        "Temuan ditetapkan",
        "The finding is fixed",
    )
    examiner = bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    yield Step(
        "2024-09-11T07:20:00",
        NameRespondent(
            act=bawaslu.on("2024-09-11"),
            stream=complaint,
            respondent=Person("r", ("nip:197905052003121002",)),
            class_=RespondentClass.ASN,
            known=True,
            name=Plain("Hendra Terlapor"),
            position_class=Plain("pengawas"),
            unit=Plain("Dinas Contoh"),
        ),
        examiner,
        "Terlapor disebut: seorang ASN",
        "The respondent is named: a civil servant",
    )
    yield Step(
        "2024-09-11T07:30:00",
        MakeAllegation(
            act=bawaslu.on("2024-09-11"),
            stream=complaint,
            respondent=R1,
            category=Category.UNDETERMINED,
            kinds=frozenset({Kind.N03}),
        ),
        examiner,
        "Dugaan 1: hadir mendukung bakal calon",
        "Allegation 1: active support of a would-be candidate",
    )
    yield Step(
        "2024-09-12T02:00:00",
        RegisterComplaint(
            act=bawaslu.on("2024-09-12"),
            stream=complaint,
            kind=RegistrationKind.FINDING,
            number=Plain("003/Reg/TM/PW/Kota/05.01/IX/2024"),
        ),
        examiner,
        "Temuan diregistrasi",
        "The finding is registered",
    )


def _examine(bawaslu: Desk, complaint: StreamId) -> Steps:
    examiner = bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    yield Step(
        "2024-09-12T03:00:00",
        CallHearing(
            act=bawaslu.on("2024-09-12"),
            stream=complaint,
            whom=Whom.RESPONDENT,
            respondent=R1,
            set_for=date(2024, 9, 13),
        ),
        examiner,
        "Terlapor diundang klarifikasi",
        "The respondent is called to a hearing",
    )
    yield Step(
        "2024-09-13T08:00:00",
        HoldHearing(
            act=bawaslu.at("2024-09-13T03:00:00"),
            stream=complaint,
            hearing=FIRST,
            minutes=Plain("Terlapor membenarkan hadir."),
        ),
        examiner,
        "Klarifikasi dilaksanakan",
        "The hearing is held",
    )
    yield Step(
        "2024-09-17T08:00:00",
        CompleteStudy(
            act=bawaslu.on("2024-09-17"),
            stream=complaint,
            allegations=frozenset({FIRST}),
            text=Plain("Kajian dugaan pelanggaran 003/Reg/TM."),
        ),
        examiner,
        "Kajian selesai",
        "The study is completed",
    )
    yield Step(
        "2024-09-18T09:00:00",
        HoldPlenary(
            act=bawaslu.at("2024-09-18T06:00:00"),
            stream=complaint,
            present=tuple(people.attendee(member) for member in TEAM.members),
            ballots=(
                Ballot(
                    allegation=FIRST,
                    violation=Count(5),
                    not_violation=Count(0),
                    abstained=Count(0),
                    category=Category.OTHER_LAW,
                    reasons=Plain("Dugaan pelanggaran hukum lainnya."),
                ),
            ),
        ),
        bawaslu.actor(Role.PLENARY, TEAM.secretary),
        "Pleno memutuskan: dugaan pelanggaran hukum lainnya",
        "The plenary decides: a violation of other law",
        match=True,
    )
    yield Step(
        "2024-09-18T10:00:00",
        AnnounceStatus(
            act=bawaslu.on("2024-09-18"),
            stream=complaint,
            what=Announcement.DECIDED,
            allegations=frozenset({FIRST}),
            notice_number=Plain("A.17/003/IX/2024"),
        ),
        examiner,
        "Status temuan diumumkan",
        "The status is announced",
    )


def _refer(bawaslu: Desk, bkn: Desk, complaint: StreamId, register: Register) -> Steps:
    examiner = bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    for at, office, id_, en, refused in (
        ("2024-09-19T03:00:00", register.kasn, "Penerusan ke KASN", "A referral to KASN", True),
        ("2024-09-19T03:10:00", register.bkn, "Penerusan 1 ke BKN", "Referral 1 to BKN", False),
    ):
        yield Step(
            at,
            OfferReferral(
                act=bawaslu.on("2024-09-19"),
                stream=complaint,
                allegation=FIRST,
                to=office,
                track=Track.ASN,
                study_attached=True,
                letter_number=Plain("044/PP.01.02/K.JA-10/09/2024"),
            ),
            examiner,
            id_,
            en,
            match=True,
            refused=refused,
        )
    clerk = bkn.actor(Role.INTAKE, people.BKN_CLERK)
    yield Step(
        "2024-09-23T02:00:00",
        ReceiveReferral(act=bkn.at("2024-09-23T01:30:00"), stream=complaint, referral=FIRST, shown_by=ShownBy.RECEIVER),
        clerk,
        "BKN menerima berkas",
        "BKN has the file",
    )
    yield Step(
        "2024-09-27T02:00:00",
        AcceptReferral(
            act=bkn.on("2024-09-27"), stream=complaint, referral=FIRST, their_number=Plain("B-0001/SBT/09/2024")
        ),
        clerk,
        "BKN menangani",
        "BKN accepts",
    )
