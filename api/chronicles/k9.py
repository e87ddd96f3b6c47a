"""Chronicle K9: BKN blocks the data of 26 civil servants and later unblocks 8. November 2020.

Reported [S45]: the personnel authority does not follow up. That all 26 belong to one finding, the region, days before
the blocking, numbers and persons are synthetic. It is told later, in May 2024.
"""

from __future__ import annotations

from datetime import UTC, datetime

from api.chronicles import people
from api.chronicles.ordinary import Accused, Course, Pen, decided_finding, take
from api.chronicles.places import Places
from api.chronicles.play import Chronicle, Desk, Steps
from ledger.complaint.codes import Category, Kind, RespondentClass, ShownBy, Track
from ledger.complaint.commands import (
    AcceptReferral,
    OfferReferral,
    ReceiveReferral,
    RecommendSanction,
)
from ledger.values import Code, Number, Plain, Region, Role, Source, StreamId

BLOCKED, UNBLOCKED = 26, 8
BASIS = Code("pp_53_2010")


def k9(places: Places) -> Chronicle:
    """The chronicle; returns the complaint's stream."""
    bkn = Desk(places.bkn)
    course = Course(
        Desk(places.bawaslu_lampung),
        people.LAMPUNG,
        places.election_lampung,
        Region("18.71"),
        occurred_on="2020-09-28",
        found_on="2020-09-30",
        registered_on="2020-10-01",
        decided_on="2020-10-03",
        number="009/Reg/TM/PW/Kota/08.01/X/2020",
        narrative="Dua puluh enam ASN menghadiri deklarasi pasangan calon.",
        pen=Pen(datetime(2024, 5, 6, 9, tzinfo=UTC)),
    )
    accused = [
        Accused(
            f"Terlapor Contoh {number}",
            f"nip:1975010120000110{number:02}",
            RespondentClass.ASN,
            Category.OTHER_LAW,
            frozenset({Kind.N03}),
        )
        for number in range(1, BLOCKED + 1)
    ]
    complaint = yield from decided_finding(course, accused)
    numbers = [Number(number) for number in range(1, BLOCKED + 1)]
    for number in numbers:
        yield from _recommended(course, places, complaint, number)
    watching = bkn.actor(Role.SUPERVISOR, people.BKN_CLERK)
    for topic, day, some, id_, en in (
        ("asn.data_blocked.v1", "2020-11-03", numbers, "BKN memblokir data", "BKN blocks the data"),
        ("asn.data_unblocked.v1", "2020-11-20", numbers[:UNBLOCKED], "BKN membuka blokir", "BKN unblocks the data"),
    ):
        for number in some:
            yield course.pen.step(
                take(topic, act=bkn.on(day), stream=complaint, allegation=number, basis=BASIS),
                watching,
                f"{id_} terlapor {number}",
                f"{en} of respondent {number}",
            )
    return complaint


def _recommended(course: Course, places: Places, complaint: StreamId, number: Number) -> Steps:
    """One allegation's way to KASN and on to the personnel authority, which then does nothing."""
    kasn, authority, step = Desk(places.kasn), Desk(places.authority_lampung), course.pen.step
    first, second = Number(2 * number - 1), Number(2 * number)
    yield step(
        OfferReferral(
            act=course.desk.on("2020-10-05"),
            stream=complaint,
            allegation=number,
            to=kasn.office,
            track=Track.ASN,
            study_attached=True,
        ),
        course.actor(Role.EXAMINER),
        f"Penerusan {first} ke KASN",
        f"Referral {first} to KASN",
        match=True,
    )
    clerk, holder = kasn.actor(Role.INTAKE, people.KASN_CLERK), kasn.actor(Role.HOLDER, people.KASN_CLERK)
    yield step(
        ReceiveReferral(
            act=kasn.at("2020-10-06T03:00:00"), stream=complaint, referral=first, shown_by=ShownBy.RECEIVER
        ),
        clerk,
        "KASN menerima berkas",
        "KASN has the file",
    )
    yield step(
        AcceptReferral(act=kasn.on("2020-10-07"), stream=complaint, referral=first),
        clerk,
        "KASN menangani",
        "KASN accepts",
    )
    yield step(
        RecommendSanction(act=kasn.on("2020-10-09"), stream=complaint, allegation=number, to=authority.office),
        holder,
        f"KASN merekomendasikan sanksi bagi terlapor {number}",
        f"KASN recommends a sanction for respondent {number}",
        match=True,
    )
    yield step(
        ReceiveReferral(
            act=authority.at("2020-10-12T03:00:00", Source.LETTER),
            stream=complaint,
            referral=second,
            shown_by=ShownBy.DELIVERY_PROOF,
            proof=Plain("Tanda terima surat."),
        ),
        holder,
        "PPK menerima rekomendasi",
        "The personnel authority has the recommendation",
    )
