"""Chronicle K6: an administrative recommendation to KPU, and silence. Papua Barat Daya, 28 October 2024.

Reported [S22], with the number of the letter. What it was about is told as an administrative correction; days before
it, persons and votes are synthetic.
"""

from __future__ import annotations

from api.chronicles import people
from api.chronicles.ordinary import Accused, Course, decided_finding
from api.chronicles.places import Places
from api.chronicles.play import Chronicle, Desk
from ledger.complaint.codes import Category, RespondentClass, ShownBy, Track
from ledger.complaint.commands import OfferReferral, ReceiveReferral
from ledger.values import Number, Plain, Region, Role

ONE = Number(1)


def k6(places: Places) -> Chronicle:
    """The chronicle; returns the complaint's stream. After KPU has the letter, nobody records anything."""
    bawaslu, kpu = Desk(places.bawaslu_papua_barat_daya), Desk(places.kpu_papua_barat_daya)
    course = Course(
        bawaslu,
        people.PAPUA_BARAT_DAYA,
        places.election_papua_barat_daya,
        Region("96"),
        occurred_on="2024-10-20",
        found_on="2024-10-24",
        registered_on="2024-10-25",
        decided_on="2024-10-27",
        number="004/Reg/TM/PG/Prov/38.00/X/2024",
        narrative="Tata cara pencalonan tidak dijalankan sebagaimana mestinya.",
    )
    respondent = Accused("Markus Terlapor", "nik:9671000000000101", RespondentClass.KPU_MEMBER, Category.ADMINISTRATIVE)
    complaint = yield from decided_finding(course, [respondent])
    yield course.pen.step(
        OfferReferral(
            act=bawaslu.on("2024-10-28"),
            stream=complaint,
            allegation=ONE,
            to=kpu.office,
            track=Track.KPU_ADMIN,
            study_attached=True,
            letter_number=Plain("554/PM.01.01/K.PBD/10/2024"),
        ),
        course.actor(Role.EXAMINER),
        "Rekomendasi perbaikan administrasi ke KPU",
        "An administrative correction is recommended to KPU",
        match=True,
    )
    yield course.pen.step(
        ReceiveReferral(act=kpu.at("2024-10-28T06:00:00"), stream=complaint, referral=ONE, shown_by=ShownBy.RECEIVER),
        kpu.actor(Role.INTAKE, people.KPU_PBD_CLERK),
        "KPU menerima rekomendasi; tujuh hari berjalan",
        "KPU has the recommendation; its seven days run",
    )
    return complaint
