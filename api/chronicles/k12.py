"""Chronicle K12: the Constitutional Court orders a revote (PSU). Bungo, 2025.

Reported [S113]; the day of the order is that of the court's decisions on the 2024 elections. The two neutrality cases
beside it, the deadline and the neighbour at the border are synthetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.chronicles import people
from api.chronicles.ordinary import Accused, Course, decided_finding
from api.chronicles.places import Places
from api.chronicles.play import Chronicle, Step
from api.chronicles.play import Desk as At
from api.chronicles.register import by_registry
from ledger.complaint.codes import Category, Kind, RespondentClass
from ledger.election.commands import OrderRevote
from ledger.election.facts import RevoteOrderer
from ledger.values import Act, Name, Region, Source, StreamId

BUNGO, TEBO = Region("15.08"), Region("15.09")
CASES: Sequence[tuple[str, str, str, str]] = (
    ("2025-03-10", "2025-03-12", "2025-03-12", "2025-03-14"),
    ("2025-03-17", "2025-03-18", "2025-03-19", "2025-03-21"),
)


def k12(places: Places, ledger: StreamId) -> Chronicle:
    """The chronicle; returns the last complaint's stream."""
    yield Step(
        "2025-02-25T02:00:00",
        OrderRevote(
            act=Act(ledger, Source.OWN, on=date(2025, 2, 25)),
            stream=places.election_bungo,
            regions=frozenset({BUNGO}),
            on=date(2025, 2, 24),
            ordered_by=RevoteOrderer.CONSTITUTIONAL_COURT,
            basis=Name("Putusan Mahkamah Konstitusi 24 Februari 2025"),
            deadline=date(2025, 4, 25),
            border=frozenset({TEBO}),
        ),
        by_registry(ledger),
        "Mahkamah Konstitusi memerintahkan PSU di Bungo",
        "The Constitutional Court orders a revote in Bungo",
    )
    complaint = StreamId("")
    for number, (occurred, found, registered, decided) in enumerate(CASES, 1):
        course = Course(
            At(places.bawaslu_bungo),
            people.BUNGO,
            places.election_bungo,
            BUNGO,
            occurred_on=occurred,
            found_on=found,
            registered_on=registered,
            decided_on=decided,
            number=f"00{number}/Reg/TM/PB/Kab/05.06/III/2025",
            narrative="Menjelang PSU, seorang ASN mengajak memilih pasangan calon.",
        )
        respondent = Accused(
            f"Terlapor Bungo {number}",
            f"nip:19850101200901{2000 + number}",
            RespondentClass.ASN,
            Category.OTHER_LAW,
            frozenset({Kind.N03}),
        )
        complaint = yield from decided_finding(course, [respondent])
    return complaint
