"""Finding cases again: by a register or letter number, by the respondent's NIP or NIK, and likely duplicates.

Numbers of persons never stand in an address: they come in a request's body, and the key store's blind index finds the
streams. Who asks for a person must be able to open cases: intake, examiners and auditors.
"""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy import select

from api.bodies.searching import Search
from api.reading import AsOfOut, At, CasesOut, Reader, Wanted
from api.wiring import House
from ledger.errors import Denied, Missing
from ledger.speech import Said
from ledger.values import Actor, Role
from projections.views import Views

SEARCHERS = frozenset({Role.INTAKE, Role.EXAMINER, Role.PLENARY, Role.HOLDER, Role.AUDITOR, Role.PROTECTION_OFFICER})


class DuplicateOut(BaseModel):
    """Another case that may be about the same act."""

    complaint: str
    stage: str
    occurred_from: str
    occurred_until: str
    common_kinds: list[str]


class DuplicatesOut(BaseModel):
    """Likely duplicates of a case: the same election and region, overlapping dates, kinds in common."""

    complaint: str
    likely: list[DuplicateOut]


def search(house: House, reader: Reader, actor: Actor, wanted: Search) -> At:
    """The cases that a number or a person leads to; an empty page when there are none."""
    if actor.role not in SEARCHERS:
        raise Denied(
            Said(
                f"a person in the role {actor.role} may not search for people and numbers",
                f"orang dengan peran {actor.role} tidak boleh mencari orang dan nomor",
            )
        )
    if wanted.number is not None:
        streams = house.keys.streams_with_number(wanted.number)
    else:
        key = f"nip:{wanted.nip}" if wanted.nip else f"nik:{wanted.nik}"
        streams = [stream for stream, handle in house.keys.streams_of(key) if handle.startswith("r")]
    found = tuple(str(each) for each in streams if each.startswith("complaint-"))
    if not found:
        return At(
            house.views.known(), CasesOut(as_of=AsOfOut(day=None, position=house.views.known()), cases=[], after=None)
        )
    return reader.cases(Wanted(among=found), None, 200)


def likely_duplicates(views: Views, complaint: str) -> At:
    """Other cases of the same election and region whose dates overlap and that share a kind, or name none."""
    with views.read("cases") as reading:
        cases, allegations = reading.tables["cases"], reading.tables["allegations"]
        row = reading.connection.execute(select(cases).where(cases.c.complaint == complaint)).mappings().first()
        if row is None:
            raise Missing(
                Said(
                    f"no case {complaint} is known at position {reading.next_position - 1}",
                    f"tidak ada perkara {complaint} pada posisi {reading.next_position - 1}",
                )
            )

        def kinds(stream: str) -> set[str]:
            query = select(allegations.c.kinds).where(allegations.c.complaint == stream)
            return {kind for held in reading.connection.execute(query).scalars() for kind in held.split()}

        own = kinds(complaint)
        others = (
            select(cases)
            .where(
                cases.c.complaint != complaint,
                cases.c.election == row["election"],
                cases.c.region == row["region"],
                cases.c.occurred_from <= (row["occurred_until"] or ""),
                cases.c.occurred_until >= (row["occurred_from"] or "9"),
            )
            .order_by(cases.c.complaint)
        )
        likely = []
        for other in reading.connection.execute(others).mappings():
            theirs = kinds(other["complaint"])
            if own & theirs or not own or not theirs:
                likely.append(
                    DuplicateOut(
                        complaint=other["complaint"],
                        stage=other["stage"],
                        occurred_from=other["occurred_from"],
                        occurred_until=other["occurred_until"],
                        common_kinds=sorted(own & theirs),
                    )
                )
        return At(reading.next_position - 1, DuplicatesOut(complaint=complaint, likely=likely))
