"""The offices that ended, with what still lies there: the gap between succession and hand-over."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from api.desks import waiting_at
from api.handovers import HandoverLineOut, handovers
from api.reading import At
from api.succession import offices_on
from ledger.values import Clock
from projections.views import Views


class PassedOut(BaseModel):
    """One hand-over of an office's files, and how long after its end."""

    handover: str
    to: str
    offered_on: str
    days_after_end: int
    """Negative for one that was offered while the office stood."""
    count: int
    open: int


class EndedOut(BaseModel):
    """An office that ended. What was never handed over lies where nobody is: a visible loss until somebody takes it."""

    office: str
    name: str
    ended_on: str
    ended_by: str | None
    competent: str
    """The office that acts for it now; itself, where nobody follows it."""
    never_handed_over: int
    under_way: int
    """Handed over, and neither accepted nor returned yet."""
    oldest: str | None
    """Since when the oldest of either has waited; each stands on the office's desk."""
    handovers: list[PassedOut]


class EndedOfficesOut(BaseModel):
    """Every office that ended, the latest first."""

    offices: list[EndedOut]


def ended_offices(views: Views, clock: Clock) -> At:
    """Every office that ended, and what of its files was never handed over, or is still under way."""
    known = offices_on(views, clock())
    passed: list[HandoverLineOut] = handovers(views).answer.handovers
    with views.read("cases") as reading:
        listed = []
        for office in known.ended():
            row = known.rows[office]
            # A file whose holder ended before it, and for which it acted, lies with the holder and is counted there.
            shown = waiting_at(reading, [office, *known.followed_by(office)], known)
            waiting = [each for each in shown if each.at == office]
            under_way = sum(each.handover is not None for each in waiting)
            listed.append(
                EndedOut(
                    office=office,
                    name=row["name"],
                    ended_on=row["ended_on"],
                    ended_by=row["ended_by"],
                    competent=known.competent_for(office),
                    never_handed_over=len(waiting) - under_way,
                    under_way=under_way,
                    oldest=waiting[0].since if waiting else None,
                    handovers=[_passed(each, row["ended_on"]) for each in passed if each.sender == office],
                )
            )
        return At(reading.next_position - 1, EndedOfficesOut(offices=listed))


def _passed(one: HandoverLineOut, ended_on: str) -> PassedOut:
    return PassedOut(
        handover=one.handover,
        to=one.to,
        offered_on=one.offered_on,
        days_after_end=(date.fromisoformat(one.offered_on) - date.fromisoformat(ended_on)).days,
        count=one.count,
        open=one.open,
    )
