"""Questions about hand-overs: the manifest, the two counts, and what became of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from sqlalchemy import RowMapping, select

from api.reading import At
from ledger.errors import Missing
from ledger.speech import Said
from projections.views import Reading, Views

OPEN = frozenset({"offered", "received"})
"""What is neither accepted nor returned lies with the giving side."""


class TallyOut(BaseModel):
    """What one side counted last, which office counted for it, and whether that is what the manifest says."""

    side: str
    office: str
    count: int
    digest: str
    agrees: bool


class BecameOut(BaseModel):
    """How many files of a hand-over became what; they add up to its count."""

    offered: int = 0
    received: int = 0
    accepted: int = 0
    returned: int = 0
    recalled: int = 0
    passed_on: int = 0


class FileOut(BaseModel):
    """One file of a hand-over, what became of it, and who holds it now."""

    complaint: str
    allegation: int
    referral: int
    standing: str
    return_reason: str | None
    holder: str


class HandoverLineOut(BaseModel):
    """A hand-over without its files; `open` counts those that are neither accepted nor returned."""

    handover: str
    position: int
    """Of the manifest's entry, whose proof proves the set."""
    sender: str
    to: str
    offered_by: str
    offered_on: str
    sender_ended_on: str | None
    """When the giving office ended, if it did: between that day and `offered_on` its files lay there."""
    legal_basis: str | None
    count: int
    digest: str
    agreed: bool
    tallies: list[TallyOut]
    became: BecameOut
    open: int


class HandoverOut(HandoverLineOut):
    """A hand-over, file by file."""

    files: list[FileOut]


class HandoversOut(BaseModel):
    """Every hand-over, oldest first."""

    handovers: list[HandoverLineOut]


def handovers(views: Views) -> At:
    """Every hand-over, in the order in which they were recorded."""
    ended = ended_on(views)
    with views.read("handovers") as reading:
        rows = _rows(reading)
        tallies = {row["handover"]: _tallies(reading, row["handover"]) for row in rows}
        position = reading.next_position - 1
    with views.read("cases") as reading:
        referrals = reading.tables["referrals"]
        query = select(referrals.c.handover, referrals.c.standing).where(referrals.c.handover.is_not(None))
        became: dict[str, Counter[str]] = {}
        for stream, standing in reading.connection.execute(query):
            became.setdefault(stream, Counter())[standing] += 1
        position = min(position, reading.next_position - 1)
    lines = [
        HandoverLineOut(**_members(row, tallies[row["handover"]], became.get(row["handover"], Counter()), ended))
        for row in rows
    ]
    return At(position, HandoversOut(handovers=lines))


def handover(views: Views, stream: str) -> At:
    """One hand-over; Missing when there is none of that name."""
    ended = ended_on(views)
    with views.read("handovers") as reading:
        found = _rows(reading, stream)
        tallies = _tallies(reading, stream)
        position = reading.next_position - 1
    if not found:
        raise Missing(
            Said(
                f"no hand-over {stream} is known at position {position}",
                f"tidak ada serah terima {stream} pada posisi {position}",
            )
        )
    with views.read("cases") as reading:
        files = _files(reading, stream)
        position = min(position, reading.next_position - 1)
    members = _members(found[0], tallies, Counter(each.standing for each in files), ended)
    return At(position, HandoverOut(**members, files=files))


def ended_on(views: Views) -> dict[str, str]:
    """The day from which each office that ended may no longer act."""
    with views.read("registers") as reading:
        offices = reading.tables["offices"]
        query = select(offices.c.office, offices.c.ended_on).where(offices.c.ended_on.is_not(None))
        return {str(office): str(day) for office, day in reading.connection.execute(query)}


def _rows(reading: Reading, stream: str | None = None) -> list[RowMapping]:
    table, manifests = reading.tables["handovers"], reading.tables["manifests"]
    query = (
        select(table, manifests.c.position)
        .join(manifests, manifests.c.handover == table.c.handover)
        .order_by(manifests.c.position)
    )
    if stream is not None:
        query = query.where(table.c.handover == stream)
    return list(reading.connection.execute(query).mappings())


def _tallies(reading: Reading, stream: str) -> list[TallyOut]:
    tallies = reading.tables["tallies"]
    query = select(tallies).where(tallies.c.handover == stream).order_by(tallies.c.side)
    return [
        TallyOut(**{str(name): held for name, held in row.items() if name != "handover"})
        for row in reading.connection.execute(query).mappings()
    ]


def _files(reading: Reading, stream: str) -> list[FileOut]:
    referrals, allegations = reading.tables["referrals"], reading.tables["allegations"]
    same = (allegations.c.complaint == referrals.c.complaint) & (allegations.c.allegation == referrals.c.allegation)
    query = (
        select(referrals, allegations.c.holder)
        .join(allegations, same)
        .where(referrals.c.handover == stream)
        .order_by(referrals.c.complaint, referrals.c.allegation)
    )
    return [
        FileOut(**{name: row[name] for name in FileOut.model_fields})
        for row in reading.connection.execute(query).mappings()
    ]


def _members(
    row: RowMapping, tallies: list[TallyOut], became: Counter[str], ended: Mapping[str, str]
) -> dict[str, Any]:
    """The members of a line; counts of what became of the files add up to the manifest's."""
    return {
        **{str(name): held for name, held in row.items() if name != "version"},
        "sender_ended_on": ended.get(row["sender"]),
        "tallies": tallies,
        "became": BecameOut(**became),
        "open": sum(count for standing, count in became.items() if standing in OPEN),
    }
