"""Questions about hand-overs: the manifest, the two counts, and what became of each file."""

from __future__ import annotations

from pydantic import BaseModel
from sqlalchemy import select

from api.reading import At
from ledger.errors import Missing
from ledger.speech import Said
from projections.views import Views


class TallyOut(BaseModel):
    """What one side counted."""

    office: str
    count: int
    digest: str


class FileOut(BaseModel):
    """One file of a hand-over, and what became of it."""

    complaint: str
    allegation: int
    referral: int
    standing: str
    holder: str


class HandoverOut(BaseModel):
    """A hand-over: `open` counts the files that are neither accepted nor returned, and lie with the giving side."""

    handover: str
    sender: str
    to: str
    count: int
    digest: str
    agreed: bool
    tallies: list[TallyOut]
    open: int
    files: list[FileOut]


class HandoversOut(BaseModel):
    """Every hand-over."""

    handovers: list[HandoverOut]


def handovers(views: Views) -> At:
    """Every hand-over, in the order of their identifiers."""
    with views.read("handovers") as reading:
        table = reading.tables["handovers"]
        streams = list(reading.connection.execute(select(table.c.handover).order_by(table.c.handover)).scalars())
    answers = [handover(views, stream) for stream in streams]
    return At(views.known(), HandoversOut(handovers=[each.answer for each in answers]))


def handover(views: Views, stream: str) -> At:
    """One hand-over; Missing when there is none of that name."""
    with views.read("handovers") as reading:
        table, tallies = reading.tables["handovers"], reading.tables["tallies"]
        row = reading.connection.execute(select(table).where(table.c.handover == stream)).mappings().first()
        if row is None:
            last = reading.next_position - 1
            raise Missing(
                Said(
                    f"no hand-over {stream} is known at position {last}",
                    f"serah terima {stream} tidak dikenal pada posisi {last}",
                )
            )
        counted = select(tallies).where(tallies.c.handover == stream).order_by(tallies.c.office)
        sides = [
            TallyOut(office=each["office"], count=each["count"], digest=each["digest"])
            for each in reading.connection.execute(counted).mappings()
        ]
    with views.read("cases") as reading:
        referrals, allegations = reading.tables["referrals"], reading.tables["allegations"]
        query = (
            select(referrals, allegations.c.holder)
            .join(
                allegations,
                (allegations.c.complaint == referrals.c.complaint)
                & (allegations.c.allegation == referrals.c.allegation),
            )
            .where(referrals.c.handover == stream)
            .order_by(referrals.c.complaint, referrals.c.referral)
        )
        files = [
            FileOut(
                complaint=each["complaint"],
                allegation=each["allegation"],
                referral=each["referral"],
                standing=each["standing"],
                holder=each["holder"],
            )
            for each in reading.connection.execute(query).mappings()
        ]
        position = reading.next_position - 1
    waiting = sum(each.standing in ("offered", "received") for each in files)
    members = {name: row[name] for name in ("handover", "sender", "to", "count", "digest", "agreed")}
    return At(position, HandoverOut(**members, tallies=sides, open=waiting, files=files))
