"""Chronicle K5: one person of a sub-district election committee and one of a Panwascam supported a pair, Sungai Penuh.

Reported [S63] for October 2024. The press says "staff"; recorded as ad hoc people of KPU and of Bawaslu, a reading that
is noted here. Hours, numbers, persons and outcomes are synthetic.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.chronicles import people
from api.chronicles.play import Chronicle, Desk, Step, Steps
from api.chronicles.register import SUNGAI_PENUH, Register
from ledger.complaint.codes import (
    Announcement,
    Category,
    Channel,
    ClosingReason,
    ConflictSource,
    Kind,
    OutcomeLevel,
    RegistrationKind,
    RespondentClass,
    ReviewResult,
    ShownBy,
    Track,
    Whom,
)
from ledger.complaint.commands import (
    AcceptReferral,
    AddEvidence,
    AnnounceStatus,
    Ballot,
    CallHearing,
    CloseComplaint,
    ComplainantTold,
    CompleteStudy,
    FileComplaint,
    HoldHearing,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    OfferReferral,
    ReceiveReferral,
    RecordConflict,
    RecordOutcome,
    RegisterComplaint,
    RetainAllegation,
    ReviewComplaint,
)
from ledger.values import Count, Handle, Number, OutcomeCode, Person, Plain, Role, StreamId

TEAM = people.SUNGAI_PENUH
ONE, TWO = Number(1), Number(2)
BOTH = frozenset({ONE, TWO})


def k5(register: Register) -> Chronicle:
    """The chronicle; returns the complaint's stream."""
    bawaslu, kpu = Desk(register.bawaslu_sungai_penuh), Desk(register.kpu_sungai_penuh)
    complaint = yield from _file(bawaslu, register)
    yield from _examine(bawaslu, complaint)
    yield from _decide(bawaslu, complaint)
    yield from _two_tracks(bawaslu, kpu, complaint)
    yield from _close(bawaslu, complaint)
    return complaint


def _file(bawaslu: Desk, register: Register) -> Chronicle:
    intake = bawaslu.actor(Role.INTAKE, TEAM.intake)
    filed = yield Step(
        "2024-10-07T03:00:00",
        FileComplaint(
            act=bawaslu.at("2024-10-07T02:30:00"),
            election=register.election_sungai_penuh,
            region=SUNGAI_PENUH,
            occurred_from=date(2024, 10, 4),
            occurred_until=date(2024, 10, 4),
            known_on=date(2024, 10, 5),
            channel=Channel.ONLINE,
            complainants=(
                ComplainantTold(
                    handle=Person("k", ("nik:1572000000000003",)),
                    name=Plain("Umi Pelapor"),
                    id_number=Plain("1572000000000003"),
                ),
            ),
            narrative=Plain("Dua orang penyelenggara ad hoc berfoto dengan isyarat pasangan calon."),
        ),
        intake,
        "Laporan diterima di Bawaslu Kota Sungai Penuh",
        "A report arrives at Bawaslu Kota Sungai Penuh",
    )
    complaint = filed.entries[0].stream
    for number, class_, name, id_, en in (
        (1, RespondentClass.KPU_ADHOC, "Fajar Terlapor", "Terlapor 1: ad hoc KPU", "Respondent 1: KPU"),
        (
            2,
            RespondentClass.BAWASLU_ADHOC,
            "Gita Terlapor",
            "Terlapor 2: badan ad hoc Bawaslu",
            "Respondent 2: Bawaslu",
        ),
    ):
        yield Step(
            f"2024-10-07T03:{number}0:00",
            NameRespondent(
                act=bawaslu.on("2024-10-07"),
                stream=complaint,
                respondent=Person("r", (f"nik:157200000000010{number}",)),
                class_=class_,
                known=True,
                name=Plain(name),
            ),
            intake,
            id_,
            en,
        )
        yield Step(
            f"2024-10-07T03:{number}5:00",
            MakeAllegation(
                act=bawaslu.on("2024-10-07"),
                stream=complaint,
                respondent=Handle(f"r{number}"),
                category=Category.ETHICS,
                kinds=frozenset({Kind.N05}),
            ),
            intake,
            f"Dugaan {number}: kode etik",
            f"Allegation {number}: code of ethics",
        )
    yield Step(
        "2024-10-07T04:00:00",
        AddEvidence(
            act=bawaslu.on("2024-10-07"),
            stream=complaint,
            title=Plain("Foto dari media sosial"),
            digest=Plain("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            source=Plain("Diserahkan pelapor"),
        ),
        intake,
        "Bukti ditambahkan",
        "Evidence is added",
    )
    return complaint


def _examine(bawaslu: Desk, complaint: StreamId) -> Steps:
    examiner = bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    yield Step(
        "2024-10-08T03:00:00",
        ReviewComplaint(
            act=bawaslu.on("2024-10-08"),
            stream=complaint,
            formal=True,
            material=True,
            known_on=date(2024, 10, 5),
            result=ReviewResult.REGISTER,
        ),
        examiner,
        "Kajian awal: memenuhi syarat",
        "Initial review: the requirements are met",
        match=True,
    )
    yield Step(
        "2024-10-08T03:10:00",
        RegisterComplaint(
            act=bawaslu.on("2024-10-08"),
            stream=complaint,
            kind=RegistrationKind.REPORT,
            number=Plain("005/Reg/LP/PW/Kota/05.08/X/2024"),
        ),
        examiner,
        "Laporan diregistrasi",
        "The report is registered",
    )
    yield Step(
        "2024-10-08T04:00:00",
        RecordConflict(
            act=bawaslu.on("2024-10-08"),
            stream=complaint,
            actor=people.account(TEAM.members[2]),
            respondent=Handle("r2"),
            source=ConflictSource.DECLARED,
            kind=Plain("keluarga"),
            ground=Plain("Saudara sepupu."),
        ),
        bawaslu.actor(Role.PLENARY, TEAM.members[2]),
        "Seorang anggota menyatakan benturan kepentingan terhadap terlapor 2",
        "A commissioner declares a conflict of interest towards respondent 2",
    )
    for number in (1, 2):
        yield Step(
            f"2024-10-08T06:0{number}:00",
            CallHearing(
                act=bawaslu.on("2024-10-08"),
                stream=complaint,
                whom=Whom.RESPONDENT,
                respondent=Handle(f"r{number}"),
                set_for=date(2024, 10, 9),
            ),
            examiner,
            f"Terlapor {number} diundang klarifikasi",
            f"Respondent {number} is called to a hearing",
        )
    for number in (1, 2):
        yield Step(
            f"2024-10-09T06:0{number}:00",
            HoldHearing(act=bawaslu.at(f"2024-10-09T0{number}:00:00"), stream=complaint, hearing=Number(number)),
            examiner,
            f"Klarifikasi {number} dilaksanakan",
            f"Hearing {number} is held",
        )
    yield Step(
        "2024-10-10T04:00:00",
        CompleteStudy(
            act=bawaslu.on("2024-10-10"), stream=complaint, allegations=BOTH, text=Plain("Kajian dugaan kode etik.")
        ),
        examiner,
        "Kajian selesai",
        "The study is completed",
    )


def _decide(bawaslu: Desk, complaint: StreamId) -> Steps:
    secretary = bawaslu.actor(Role.PLENARY, TEAM.secretary)

    def ballots(votes: int) -> tuple[Ballot, ...]:
        return tuple(
            Ballot(allegation=number, violation=Count(votes), not_violation=Count(0), abstained=Count(0))
            for number in (ONE, TWO)
        )

    attempt = HoldPlenary(
        act=bawaslu.at("2024-10-11T02:00:00"),
        stream=complaint,
        present=tuple(people.attendee(member) for member in TEAM.members),
        ballots=ballots(3),
    )
    yield Step(
        "2024-10-11T03:00:00",
        attempt,
        secretary,
        "Pleno dengan anggota yang berbenturan kepentingan",
        "A plenary with the conflicted commissioner voting",
        match=True,
        refused=True,
    )
    yield Step(
        "2024-10-11T04:00:00",
        replace(attempt, recused=(people.account(TEAM.members[2]),), ballots=ballots(2)),
        secretary,
        "Pleno memutuskan keduanya, seorang anggota mundur",
        "The plenary decides both, one commissioner recused",
        match=True,
    )
    yield Step(
        "2024-10-11T05:00:00",
        AnnounceStatus(act=bawaslu.on("2024-10-11"), stream=complaint, what=Announcement.DECIDED, allegations=BOTH),
        bawaslu.actor(Role.EXAMINER, TEAM.examiner),
        "Status laporan diumumkan",
        "The status is announced",
    )


def _two_tracks(bawaslu: Desk, kpu: Desk, complaint: StreamId) -> Steps:
    examiner, clerk = bawaslu.actor(Role.EXAMINER, TEAM.examiner), kpu.actor(Role.INTAKE, people.KPU_CLERK)
    yield Step(
        "2024-10-12T02:00:00",
        OfferReferral(
            act=bawaslu.on("2024-10-12"),
            stream=complaint,
            allegation=ONE,
            to=kpu.office,
            track=Track.KPU_ADHOC,
            study_attached=True,
            letter_number=Plain("011/PP.01.02/K.JA-12/10/2024"),
        ),
        examiner,
        "Penerusan 1 ke KPU Kota Sungai Penuh",
        "Referral 1 to KPU Kota Sungai Penuh",
        match=True,
    )
    yield Step(
        "2024-10-12T02:10:00",
        RetainAllegation(act=bawaslu.on("2024-10-12"), stream=complaint, allegation=TWO, track=Track.BAWASLU_ADHOC),
        examiner,
        "Dugaan 2 ditangani Bawaslu sendiri",
        "Allegation 2 is retained by Bawaslu",
    )
    yield Step(
        "2024-10-14T02:00:00",
        ReceiveReferral(act=kpu.at("2024-10-14T01:00:00"), stream=complaint, referral=ONE, shown_by=ShownBy.RECEIVER),
        clerk,
        "KPU menerima berkas",
        "KPU has the file",
    )
    yield Step(
        "2024-10-15T02:00:00",
        AcceptReferral(act=kpu.on("2024-10-15"), stream=complaint, referral=ONE),
        clerk,
        "KPU menangani",
        "KPU accepts",
    )
    for at, desk, staff, number, outcome, id_, en in (
        ("2024-10-21", kpu, people.KPU_CLERK, ONE, "warned", "KPU: diperingatkan", "KPU: warned"),
        ("2024-10-22", bawaslu, TEAM.examiner, TWO, "dismissed", "Bawaslu: diberhentikan", "Bawaslu: dismissed"),
    ):
        yield Step(
            f"{at}T04:00:00",
            RecordOutcome(
                act=desk.on(at),
                stream=complaint,
                allegation=number,
                outcome=OutcomeCode(outcome),
                level=OutcomeLevel.FIRST,
            ),
            desk.actor(Role.HOLDER, staff),
            f"Hasil dugaan {number} menurut {id_}",
            f"Outcome of allegation {number} by {en}",
        )


def _close(bawaslu: Desk, complaint: StreamId) -> Steps:
    examiner = bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    yield Step(
        "2024-10-23T02:00:00",
        AnnounceStatus(act=bawaslu.on("2024-10-23"), stream=complaint, what=Announcement.OUTCOME, allegations=BOTH),
        examiner,
        "Hasil diumumkan",
        "The outcomes are announced",
    )
    yield Step(
        "2024-10-23T03:00:00",
        CloseComplaint(act=bawaslu.on("2024-10-23"), stream=complaint, reason=ClosingReason.SETTLED),
        examiner,
        "Perkara ditutup",
        "The case is closed",
        match=True,
    )
