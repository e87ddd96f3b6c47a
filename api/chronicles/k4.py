"""Chronicle K4: a file is referred to KASN without a study (kajian), comes back, and goes out again with one.

Reported for July 2024 without names or places; region, dates, numbers and persons here are synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.chronicles.register import Register, Scribe, instant
from ledger.complaint.codes import (
    Announcement,
    Category,
    Channel,
    Kind,
    RegistrationKind,
    RespondentClass,
    ReturnReason,
    ReviewResult,
    ShownBy,
    Track,
    Whom,
)
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
    WitnessTold,
)
from ledger.values import (
    Act,
    Actor,
    Count,
    Handle,
    Number,
    Person,
    Plain,
    Region,
    Role,
    Source,
    Staff,
    StreamId,
)

INTAKE = Staff("penerima.kota-jambi", "Ratna Penerima")
EXAMINER = Staff("pemeriksa.kota-jambi", "Dimas Pemeriksa")
SECRETARY = Staff("sekretaris.kota-jambi", "Wulan Sekretaris")
MEMBERS = tuple(Staff(f"anggota{number}.kota-jambi", f"Anggota Contoh {number}") for number in range(1, 5))
KASN_CLERK = Staff("penerima.kasn", "Bagus Penelaah")
R1, FIRST = Handle("r1"), Number(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """An office and how its acts are written."""

    office: StreamId

    def on(self, day: str, source: Source = Source.OWN) -> Act:
        return Act(self.office, source, on=date.fromisoformat(day))

    def at(self, when: str, source: Source = Source.OWN) -> Act:
        return Act(self.office, source, at=instant(when))

    def actor(self, role: Role, staff: Staff) -> Actor:
        return Actor(self.office, role, staff)


def record_k4(scribe: Scribe, register: Register) -> StreamId:
    """Record the chronicle; returns the complaint's stream."""
    bawaslu = Desk(register.bawaslu)
    complaint = _file(scribe, bawaslu, register)
    _examine(scribe, bawaslu, complaint)
    _decide(scribe, bawaslu, complaint)
    _refer_without_study(scribe, bawaslu, Desk(register.kasn), complaint)
    _refer_with_study(scribe, bawaslu, Desk(register.kasn), complaint)
    return complaint


def _file(scribe: Scribe, bawaslu: Desk, register: Register) -> StreamId:
    intake = bawaslu.actor(Role.INTAKE, INTAKE)
    filed = scribe.record(
        "2024-06-11T02:20:00",
        FileComplaint(
            act=bawaslu.at("2024-06-11T02:15:00"),
            election=register.election,
            region=Region("15.71"),
            occurred_from=date(2024, 6, 8),
            occurred_until=date(2024, 6, 8),
            known_on=date(2024, 6, 10),
            channel=Channel.IN_PERSON,
            complainants=(
                ComplainantTold(
                    handle=Person("k", ("nik:1571000000000001",)),
                    name=Plain("Sari Pelapor"),
                    id_number=Plain("1571000000000001"),
                    address=Plain("Jalan Contoh 1, Kota Jambi"),
                    phone=Plain("0800-0000-0001"),
                ),
            ),
            witnesses=(WitnessTold(handle=Person("w"), name=Plain("Joko Saksi")),),
            narrative=Plain(
                "Terlapor mengajak bawahannya memilih seorang bakal calon dalam rapat kantor.\n"
                "Rekaman suara dilampirkan."
            ),
            place=Plain("Kantor Kecamatan Contoh"),
            received_number=Plain("001/LP/PW/Kota/05.01/VI/2024"),
        ),
        intake,
        "Laporan diterima di Bawaslu Kota Jambi",
        "A report arrives at Bawaslu Kota Jambi",
    )
    complaint = filed.entries[0].stream
    scribe.record(
        "2024-06-11T02:25:00",
        NameRespondent(
            act=bawaslu.on("2024-06-11"),
            stream=complaint,
            respondent=Person("r", ("nip:198001012005011001",)),
            class_=RespondentClass.ASN,
            known=True,
            name=Plain("Budi Terlapor"),
            position_class=Plain("administrator"),
            unit=Plain("Kecamatan Contoh"),
        ),
        intake,
        "Terlapor disebut: seorang ASN",
        "The respondent is named: a civil servant",
    )
    scribe.record(
        "2024-06-11T02:26:00",
        MakeAllegation(
            act=bawaslu.on("2024-06-11"),
            stream=complaint,
            respondent=R1,
            category=Category.UNDETERMINED,
            kinds=frozenset({Kind.N12}),
        ),
        intake,
        "Dugaan 1: menggerakkan bawahan",
        "Allegation 1: mobilising subordinates",
    )
    return complaint


def _examine(scribe: Scribe, bawaslu: Desk, complaint: StreamId) -> None:
    examiner = bawaslu.actor(Role.EXAMINER, EXAMINER)
    scribe.record(
        "2024-06-12T04:00:00",
        ReviewComplaint(
            act=bawaslu.on("2024-06-12"),
            stream=complaint,
            formal=True,
            material=True,
            known_on=date(2024, 6, 10),
            result=ReviewResult.REGISTER,
            reasons=Plain("Syarat formal dan materiel terpenuhi."),
        ),
        examiner,
        "Kajian awal: memenuhi syarat",
        "Initial review: the requirements are met",
        seen=scribe.version(complaint),
    )
    scribe.record(
        "2024-06-12T04:10:00",
        RegisterComplaint(
            act=bawaslu.on("2024-06-12"),
            stream=complaint,
            kind=RegistrationKind.REPORT,
            number=Plain("001/Reg/LP/PW/Kota/05.01/VI/2024"),
        ),
        examiner,
        "Laporan diregistrasi",
        "The report is registered",
    )
    scribe.record(
        "2024-06-12T06:00:00",
        CallHearing(
            act=bawaslu.on("2024-06-12"),
            stream=complaint,
            whom=Whom.RESPONDENT,
            respondent=R1,
            set_for=date(2024, 6, 13),
            letter_number=Plain("010/PP.00.02/K.JA-10/06/2024"),
        ),
        examiner,
        "Terlapor diundang klarifikasi",
        "The respondent is called to a hearing",
    )
    scribe.record(
        "2024-06-13T09:00:00",
        HoldHearing(
            act=bawaslu.at("2024-06-13T03:00:00"),
            stream=complaint,
            hearing=FIRST,
            minutes=Plain("Terlapor membenarkan hadir dalam rapat dan membantah mengajak."),
        ),
        examiner,
        "Klarifikasi dilaksanakan",
        "The hearing is held",
    )


def _decide(scribe: Scribe, bawaslu: Desk, complaint: StreamId) -> None:
    scribe.record(
        "2024-06-14T08:00:00",
        HoldPlenary(
            act=bawaslu.at("2024-06-14T06:30:00"),
            stream=complaint,
            present=tuple(
                Attendee(handle=Person("a", (f"staff:{member.account}",)), who=Plain(member.name)) for member in MEMBERS
            ),
            ballots=(
                Ballot(
                    allegation=FIRST,
                    violation=Count(3),
                    not_violation=Count(1),
                    abstained=Count(0),
                    category=Category.OTHER_LAW,
                    reasons=Plain("Dugaan pelanggaran netralitas didukung rekaman dan keterangan saksi."),
                ),
            ),
            votes=Plain("Anggota 1, 2, 3: pelanggaran. Anggota 4: bukan pelanggaran."),
            minutes_number=Plain("007/BA-Pleno/VI/2024"),
        ),
        bawaslu.actor(Role.PLENARY, SECRETARY),
        "Pleno memutuskan: dugaan pelanggaran hukum lainnya, tanpa kajian (tidak lazim, dicatat)",
        "The plenary decides: a violation of other law, without a study (irregular, recorded as such)",
        seen=scribe.version(complaint),
    )
    scribe.record(
        "2024-06-14T09:00:00",
        AnnounceStatus(
            act=bawaslu.on("2024-06-14"),
            stream=complaint,
            what=Announcement.DECIDED,
            allegations=frozenset({FIRST}),
            notice_number=Plain("A.17/001/VI/2024"),
        ),
        bawaslu.actor(Role.EXAMINER, EXAMINER),
        "Status laporan diumumkan",
        "The status is announced",
    )


def _refer_without_study(scribe: Scribe, bawaslu: Desk, kasn: Desk, complaint: StreamId) -> None:
    scribe.record(
        "2024-06-18T03:00:00",
        OfferReferral(
            act=bawaslu.on("2024-06-18"),
            stream=complaint,
            allegation=FIRST,
            to=kasn.office,
            track=Track.ASN,
            study_attached=False,
            letter_number=Plain("021/PP.01.02/K.JA-10/06/2024"),
        ),
        bawaslu.actor(Role.EXAMINER, EXAMINER),
        "Penerusan 1 ke KASN, tanpa kajian (tidak lazim, dicatat)",
        "Referral 1 to KASN, without a study (irregular, recorded as such)",
        seen=scribe.version(complaint),
    )
    clerk = kasn.actor(Role.INTAKE, KASN_CLERK)
    scribe.record(
        "2024-06-19T02:30:00",
        ReceiveReferral(
            act=kasn.at("2024-06-19T02:00:00"), stream=complaint, referral=FIRST, shown_by=ShownBy.RECEIVER
        ),
        clerk,
        "KASN menerima berkas",
        "KASN has the file",
    )
    scribe.record(
        "2024-06-26T07:00:00",
        ReturnReferral(
            act=kasn.on("2024-06-26"),
            stream=complaint,
            referral=FIRST,
            reason=ReturnReason.NO_STUDY,
            their_number=Plain("B-0000/NK.01.00/06/2024"),
            text=Plain("Berkas dikembalikan karena tidak dilampiri kajian."),
        ),
        clerk,
        "KASN mengembalikan berkas: tidak ada kajian",
        "KASN returns the file: no study",
    )


def _refer_with_study(scribe: Scribe, bawaslu: Desk, kasn: Desk, complaint: StreamId) -> None:
    examiner = bawaslu.actor(Role.EXAMINER, EXAMINER)
    second = Number(2)
    scribe.record(
        "2024-06-28T08:00:00",
        CompleteStudy(
            act=bawaslu.on("2024-06-28"),
            stream=complaint,
            allegations=frozenset({FIRST}),
            text=Plain("Kajian dugaan pelanggaran nomor 001/Reg/LP/PW/Kota/05.01/VI/2024."),
        ),
        examiner,
        "Kajian selesai",
        "The study is completed",
    )
    scribe.record(
        "2024-07-01T03:00:00",
        OfferReferral(
            act=bawaslu.on("2024-07-01"),
            stream=complaint,
            allegation=FIRST,
            to=kasn.office,
            track=Track.ASN,
            study_attached=True,
            letter_number=Plain("029/PP.01.02/K.JA-10/07/2024"),
        ),
        examiner,
        "Penerusan 2 ke KASN, dengan kajian",
        "Referral 2 to KASN, with the study",
        seen=scribe.version(complaint),
    )
    scribe.record(
        "2024-07-04T04:00:00",
        ReceiveReferral(
            act=kasn.at("2024-07-03T05:00:00", Source.LETTER),
            stream=complaint,
            referral=second,
            shown_by=ShownBy.DELIVERY_PROOF,
            proof=Plain("Tanda terima pengiriman tercatat, 3 Juli 2024."),
        ),
        examiner,
        "Tanda terima penerusan 2 dicatat Bawaslu",
        "Bawaslu records the proof of delivery of referral 2",
    )
    scribe.record(
        "2024-07-05T03:00:00",
        AcceptReferral(
            act=kasn.on("2024-07-05"), stream=complaint, referral=second, their_number=Plain("R-0000/NK.01.00/07/2024")
        ),
        kasn.actor(Role.INTAKE, KASN_CLERK),
        "KASN menerima dan menangani: berkas kini di KASN",
        "KASN accepts: it holds the allegation now",
    )
