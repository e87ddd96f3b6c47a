"""Chronicle K7: five members of a Panwascam are dismissed for good by Bawaslu of their regency. Banten, early 2024.

Reported [S62] for February and March 2024, under the Pemilu regime. Which regency, hours, numbers and persons are
synthetic. It is told later, in May, as everything that happened before a ledger was opened.
"""

from __future__ import annotations

from datetime import UTC, datetime

from api.chronicles import people
from api.chronicles.ordinary import Accused, Course, Pen, decided_finding, take
from api.chronicles.places import Places
from api.chronicles.play import Chronicle, Desk
from ledger.complaint.codes import Category, Kind, OutcomeLevel, RespondentClass, Track
from ledger.complaint.commands import RecordOutcome, RetainAllegation
from ledger.values import Number, OutcomeCode, Plain, Region, Role

NAMES = ("Asep", "Bunga", "Cecep", "Dewi", "Encep")


def k7(places: Places) -> Chronicle:
    """The chronicle; returns the complaint's stream."""
    bawaslu = Desk(places.bawaslu_banten)
    course = Course(
        bawaslu,
        people.BANTEN,
        places.election_2024,
        Region("36.73"),
        occurred_on="2024-02-05",
        found_on="2024-02-07",
        registered_on="2024-02-07",
        decided_on="2024-02-19",
        number="002/Reg/TM/PL/Kota/11.06/II/2024",
        narrative="Lima anggota Panwascam mendukung peserta pemilu.",
        pen=Pen(datetime(2024, 5, 6, 2, tzinfo=UTC)),
    )
    step, holder = course.pen.step, bawaslu.actor(Role.HOLDER, people.BANTEN.examiner)
    accused = [
        Accused(
            f"{name} Terlapor",
            f"nik:367300000000010{number}",
            RespondentClass.BAWASLU_ADHOC,
            Category.ETHICS,
            frozenset({Kind.N05}),
        )
        for number, name in enumerate(NAMES, 1)
    ]
    complaint = yield from decided_finding(course, accused)
    numbers = [Number(number) for number in range(1, len(accused) + 1)]
    for number in numbers:
        yield step(
            RetainAllegation(
                act=bawaslu.on("2024-02-20"), stream=complaint, allegation=number, track=Track.BAWASLU_ADHOC
            ),
            course.actor(Role.EXAMINER),
            f"Dugaan {number} ditangani Bawaslu sendiri",
            f"Allegation {number} is retained by Bawaslu",
        )
    for topic, day, id_, en in (
        ("adhoc.team_formed.v1", "2024-02-21", "Tim pemeriksa dibentuk", "A team is formed"),
        ("adhoc.examined.v1", "2024-02-26", "Tim memeriksa", "The team examines"),
    ):
        for number in numbers:
            yield step(
                take(topic, act=bawaslu.on(day), stream=complaint, allegation=number),
                holder,
                f"{id_}: dugaan {number}",
                f"{en}: allegation {number}",
            )
    for number in numbers:
        yield step(
            RecordOutcome(
                act=bawaslu.on("2024-02-29"),
                stream=complaint,
                allegation=number,
                outcome=OutcomeCode("dismissed"),
                level=OutcomeLevel.FIRST,
                decree_number=Plain(f"00{number}/HK.01.01/K.BT-06/02/2024"),
            ),
            holder,
            f"Terlapor {number} diberhentikan tetap",
            f"Respondent {number} is dismissed for good",
        )
    return complaint
