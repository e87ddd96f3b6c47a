"""Chronicle K8: a sanction of the older generation, still lawful in practice. Semarang, January 2025.

Reported [S38]: the personnel authority delays the periodic pay rise. The way there, days, numbers and persons are
synthetic.
"""

from __future__ import annotations

from api.chronicles import people
from api.chronicles.ordinary import Accused, Course, decided_finding, take
from api.chronicles.places import Places
from api.chronicles.play import Chronicle, Desk
from ledger.complaint.codes import (
    Category,
    Kind,
    OutcomeLevel,
    RespondentClass,
    ShownBy,
    Track,
)
from ledger.complaint.commands import (
    AcceptReferral,
    OfferReferral,
    ReceiveReferral,
    RecommendSanction,
    RecordOutcome,
)
from ledger.complaint.track.codes import SanctionClass, SanctionKind, VerificationResult
from ledger.values import Code, Number, OutcomeCode, Plain, Region, Role, Source

ONE, TWO = Number(1), Number(2)
BASIS = Code("pp_53_2010")


def k8(places: Places) -> Chronicle:
    """The chronicle; returns the complaint's stream."""
    bawaslu, bkn, authority = Desk(places.bawaslu_semarang), Desk(places.bkn), Desk(places.authority_semarang)
    course = Course(
        bawaslu,
        people.SEMARANG,
        places.election_semarang,
        Region("33.74"),
        occurred_on="2024-11-02",
        found_on="2024-11-05",
        registered_on="2024-11-06",
        decided_on="2024-11-08",
        number="006/Reg/TM/PW/Kota/14.01/XI/2024",
        narrative="Seorang ASN mengunggah dukungan kepada pasangan calon.",
    )
    respondent = Accused(
        "Joko Terlapor",
        "nip:198001012005011001",
        RespondentClass.ASN,
        Category.OTHER_LAW,
        frozenset({Kind.N02}),
        "pelaksana",
    )
    complaint = yield from decided_finding(course, [respondent])
    step, examiner = course.pen.step, course.actor(Role.EXAMINER)
    holder, watching = bkn.actor(Role.HOLDER, people.BKN_CLERK), bkn.actor(Role.SUPERVISOR, people.BKN_CLERK)

    yield step(
        OfferReferral(
            act=bawaslu.on("2024-11-11"),
            stream=complaint,
            allegation=ONE,
            to=bkn.office,
            track=Track.ASN,
            study_attached=True,
            letter_number=Plain("077/PP.01.02/K.JT-29/11/2024"),
        ),
        examiner,
        "Penerusan 1 ke BKN",
        "Referral 1 to BKN",
        match=True,
    )
    yield step(
        ReceiveReferral(act=bkn.at("2024-11-12T03:00:00"), stream=complaint, referral=ONE, shown_by=ShownBy.RECEIVER),
        bkn.actor(Role.INTAKE, people.BKN_CLERK),
        "BKN menerima berkas",
        "BKN has the file",
    )
    yield step(
        AcceptReferral(act=bkn.on("2024-11-13"), stream=complaint, referral=ONE),
        bkn.actor(Role.INTAKE, people.BKN_CLERK),
        "BKN menangani",
        "BKN accepts",
    )
    yield step(
        take(
            "asn.satgas_verified.v1",
            act=bkn.on("2024-11-18"),
            stream=complaint,
            allegation=ONE,
            result=VerificationResult.PASSED,
        ),
        holder,
        "Satgas: lolos verifikasi",
        "The task force verifies the report",
    )
    yield step(
        RecommendSanction(
            act=bkn.on("2024-12-02"),
            stream=complaint,
            allegation=ONE,
            to=authority.office,
            letter_number=Plain("B-0311/SBT/12/2024"),
        ),
        holder,
        "BKN merekomendasikan sanksi kepada PPK Kota Semarang",
        "BKN recommends a sanction to the personnel authority",
        match=True,
    )
    yield step(
        ReceiveReferral(
            act=authority.at("2024-12-04T02:00:00", Source.LETTER),
            stream=complaint,
            referral=TWO,
            shown_by=ShownBy.DELIVERY_PROOF,
            proof=Plain("Tanda terima surat 4 Desember 2024."),
        ),
        holder,
        "PPK menerima rekomendasi; batas tindak lanjut berjalan",
        "The personnel authority has it; its time runs",
    )
    yield step(
        take(
            "asn.sanctioned.v1",
            act=authority.on("2025-01-08", Source.LETTER),
            stream=complaint,
            allegation=ONE,
            class_=SanctionClass.MEDIUM,
            kind=SanctionKind.PAY_RISE_DELAY,
            months=Number(12),
            basis=BASIS,
            decree_number=Plain("800.1.6.2/012/2025"),
        ),
        holder,
        "PPK: penundaan kenaikan gaji berkala 12 bulan (PP 53/2010)",
        "The authority delays the periodic pay rise for 12 months (PP 53/2010)",
    )
    yield step(
        take(
            "asn.sanction_delivered.v1", act=authority.on("2025-01-10", Source.LETTER), stream=complaint, allegation=ONE
        ),
        holder,
        "Keputusan disampaikan",
        "The decree is delivered",
    )
    yield step(
        RecordOutcome(
            act=authority.on("2025-01-10", Source.LETTER),
            stream=complaint,
            allegation=ONE,
            outcome=OutcomeCode("sanctioned"),
            level=OutcomeLevel.FIRST,
        ),
        holder,
        "Hasil: dijatuhi sanksi",
        "Outcome: sanctioned",
    )
    yield step(
        take("asn.entered_in_idis.v1", act=bkn.on("2025-01-20"), stream=complaint, allegation=ONE),
        watching,
        "Sanksi tercatat di I'DIS",
        "The sanction is entered in I'DIS",
    )
    return complaint
