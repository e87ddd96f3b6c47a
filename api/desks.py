"""The desk of an office: what waits for it, oldest first.

A case waits for its owner until it is decided; after that each allegation waits for its holder, and each referral that
has not been answered waits for its addressee too, and stays with whoever passed it on. The desk of a successor shows
what lies at the offices that ended before it: competence has moved, the files have not.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, RowMapping, or_, select

from api.clocks import DeadlineOut, open_at
from api.reading import At
from api.succession import Offices, offices_on
from ledger.complaint.codes import Stage
from projections.views import Reading, Views

WAITS_FOR_NOBODY = frozenset({Stage.NOTHING, Stage.DECIDED, Stage.CLOSED, Stage.JOINED})
"""A joined case waits inside the one that it was joined to."""
UNDECIDED = tuple(stage.value for stage in Stage if stage not in WAITS_FOR_NOBODY)
AT_THE_OWNERS = ("alleged", "established", "returned")
AT_THE_HOLDERS = ("offered", "received", "on_track")
UNANSWERED = ("offered", "received")


class WaitingOut(BaseModel):
    """One thing that waits: a whole case, or one of its allegations, and at whose desk it is recorded."""

    complaint: str
    allegation: int | None
    standing: str
    since: str
    at: str
    """The office of those asked about at which it is recorded; it may be one that ended."""
    ended_on: str | None
    """When that office ended, if it did: the file lies where nobody is any more."""
    holder: str
    """The office that must act on it: each thing that waits has one, on whatever desks it shows."""
    referral: int | None
    handover: str | None
    """The hand-over under way that carries it, if one does."""


class DeskOut(BaseModel):
    """What waits for an office, oldest first."""

    office: str
    ended_on: str | None
    competent: str
    """The office that acts for it now: itself, unless it ended."""
    also_for: list[str]
    """The offices that ended and for which it acts now."""
    waiting: list[WaitingOut]
    deadlines: list[DeadlineOut]
    """The time limits on this desk that run, or are over and were not met, the earliest due first."""


def desk(views: Views, office: str, at: datetime) -> At:
    """The desk of an office as its clocks stand at an instant; an office that nobody knows has an empty one."""
    known = offices_on(views, at)
    also_for = known.followed_by(office)
    deadlines = open_at(views, [office, *also_for], at)
    with views.read("cases") as reading:
        waiting = waiting_at(reading, [office, *also_for], known)
        told = DeskOut(
            office=office,
            ended_on=known.ended_on(office),
            competent=known.competent_for(office),
            also_for=also_for,
            waiting=waiting,
            deadlines=deadlines,
        )
        return At(reading.next_position - 1, told)


def waiting_at(reading: Reading, offices: Collection[str], known: Offices) -> list[WaitingOut]:
    """What waits at some offices, oldest first."""
    found = [*_cases(reading, offices, known), *_allegations(reading, offices, known)]
    return sorted(found, key=lambda each: (each.since, each.complaint, each.allegation or 0))


def _cases(reading: Reading, offices: Collection[str], known: Offices) -> list[WaitingOut]:
    """Cases that no plenary has decided, and endings that are not closed."""
    cases = reading.tables["cases"]
    query = select(cases).where(cases.c.owner.in_(offices), cases.c.stage.in_(UNDECIDED))
    return [
        _waiting(row, known, standing=row["stage"], at=row["owner"], holder=row["owner"])
        for row in reading.connection.execute(query).mappings()
    ]


def _allegations(reading: Reading, offices: Collection[str], known: Offices) -> list[WaitingOut]:
    """Allegations of decided cases: at their holder's, and, while an offer is unanswered, at its two ends."""
    cases, allegations, referrals = (reading.tables[name] for name in ("cases", "allegations", "referrals"))
    # Of a binding referral the receipt is the answer: its allegation is on its track, and no longer offered.
    under_way: ColumnElement[bool] = allegations.c.standing.in_(UNANSWERED) & (
        referrals.c.to.in_(offices) | referrals.c.given_by.in_(offices)
    )
    query = (
        select(allegations, referrals.c.to, referrals.c.given_by, referrals.c.handover, cases.c.stage)
        .join(cases, cases.c.complaint == allegations.c.complaint)
        .outerjoin(
            referrals,
            (referrals.c.complaint == allegations.c.complaint) & (referrals.c.referral == allegations.c.referral),
        )
        .where(
            cases.c.stage == Stage.DECIDED.value,
            allegations.c.standing.in_((*AT_THE_OWNERS, *AT_THE_HOLDERS)),
            or_(allegations.c.holder.in_(offices), under_way),
        )
    )
    return [
        _waiting(
            row,
            known,
            standing=row["standing"],
            at=next(each for each in (row["holder"], row["given_by"], row["to"]) if each in offices),
            holder=row["holder"],
            allegation=row["allegation"],
            referral=row["referral"],
            handover=row["handover"] if row["standing"] in UNANSWERED else None,
        )
        for row in reading.connection.execute(query).mappings()
    ]


def _waiting(row: RowMapping, known: Offices, *, at: str, **members: Any) -> WaitingOut:
    absent = {"allegation": None, "referral": None, "handover": None}
    return WaitingOut(
        complaint=row["complaint"], since=row["since"], at=at, ended_on=known.ended_on(at), **(absent | members)
    )
