"""The desk of an office: what waits for it, oldest first.

A case waits for its owner until it is decided; after that each allegation waits for its holder, and each referral that
has not been answered waits for its addressee too. The desk of a successor shows what lies at the office that ended:
competence has moved, the files have not.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, or_, select

from api.clocks import DeadlineOut, open_at
from api.reading import At
from ledger.complaint.codes import Stage
from projections.views import Reading, Views

WAITS_FOR_NOBODY = frozenset({Stage.NOTHING, Stage.DECIDED, Stage.CLOSED, Stage.JOINED})
"""A joined case waits inside the one that it was joined to."""
UNDECIDED = tuple(stage.value for stage in Stage if stage not in WAITS_FOR_NOBODY)
AT_THE_OWNERS = ("alleged", "established", "returned")
AT_THE_HOLDERS = ("offered", "received", "on_track")


class WaitingOut(BaseModel):
    """One thing that waits: a whole case, or one of its allegations, and at whose desk the file is recorded."""

    complaint: str
    allegation: int | None
    standing: str
    since: str
    at: str
    """The office where it is recorded, which may be one that ended."""
    referral: int | None


class DeskOut(BaseModel):
    """What waits for an office, oldest first."""

    office: str
    also_for: list[str]
    """The offices that ended and whose successor it is."""
    waiting: list[WaitingOut]
    deadlines: list[DeadlineOut]
    """The time limits on this desk that run, or are over and were not met, the earliest due first."""


def desk(views: Views, office: str, at: datetime) -> At:
    """The desk of an office as its clocks stand at an instant; an office that nobody knows has an empty one."""
    with views.read("registers") as registers:
        offices = registers.tables["offices"]
        query = select(offices.c.office).where(offices.c.successor == office).order_by(offices.c.office)
        ended = list(registers.connection.execute(query).scalars())
    deadlines = open_at(views, [office, *ended], at)
    with views.read("cases") as reading:
        waiting = [*_cases(reading, [office, *ended]), *_allegations(reading, [office, *ended])]
        waiting.sort(key=lambda each: (each.since, each.complaint, each.allegation or 0))
        return At(
            reading.next_position - 1, DeskOut(office=office, also_for=ended, waiting=waiting, deadlines=deadlines)
        )


def _cases(reading: Reading, offices: list[str]) -> list[WaitingOut]:
    """Cases that no plenary has decided, and endings that are not closed."""
    cases = reading.tables["cases"]
    query = select(cases).where(cases.c.owner.in_(offices), cases.c.stage.in_(UNDECIDED))
    return [
        _waiting(row, allegation=None, standing=row["stage"], at=row["owner"], referral=None)
        for row in reading.connection.execute(query).mappings()
    ]


def _allegations(reading: Reading, offices: list[str]) -> list[WaitingOut]:
    """Allegations of decided cases: at their holder's, and, while an offer is unanswered, at the addressee's."""
    cases, allegations, referrals = (reading.tables[name] for name in ("cases", "allegations", "referrals"))
    offered: ColumnElement[bool] = (referrals.c.to.in_(offices)) & referrals.c.standing.in_(("offered", "received"))
    query = (
        select(allegations, referrals.c.to, cases.c.stage)
        .join(cases, cases.c.complaint == allegations.c.complaint)
        .outerjoin(
            referrals,
            (referrals.c.complaint == allegations.c.complaint) & (referrals.c.referral == allegations.c.referral),
        )
        .where(
            cases.c.stage == Stage.DECIDED.value,
            allegations.c.standing.in_((*AT_THE_OWNERS, *AT_THE_HOLDERS)),
            or_(allegations.c.holder.in_(offices), offered),
        )
    )
    return [
        _waiting(
            row,
            allegation=row["allegation"],
            standing=row["standing"],
            at=row["holder"] if row["holder"] in offices else row["to"],
            referral=row["referral"],
        )
        for row in reading.connection.execute(query).mappings()
    ]


def _waiting(row: Any, *, allegation: int | None, standing: str, at: str, referral: int | None) -> WaitingOut:
    return WaitingOut(
        complaint=row["complaint"],
        allegation=allegation,
        standing=standing,
        since=row["since"],
        at=at,
        referral=referral,
    )
