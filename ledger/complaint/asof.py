"""On which day each fact of a complaint counts: its act's own, whenever it was recorded.

Facts are kept in the order of recording, and one that builds on a later-dated one recorded before it counts on that
one's day: so what is left on any day is a history by itself, and replays like every other.
"""

from __future__ import annotations

from datetime import date

from ledger.complaint.scope import touches
from ledger.complaint.state import Complaint, Nothing


def counting_days(complaint: Complaint) -> tuple[date, ...]:
    """The day on which each fact of a complaint counts, by version.

    Its act's own; the first fact's at least; and at least that of every earlier fact about the same allegation, or,
    where either of the two is about the whole complaint, of every earlier fact at all.
    """
    if isinstance(complaint, Nothing):
        return ()
    began = complaint.file.entered[0].on
    of_whole = of_any = began
    of_allegation: dict[int, date] = {}
    days = []
    for each in complaint.file.entered:
        scope = touches(each.fact, complaint)
        before = (of_any,) if scope is None else (of_whole, *(of_allegation.get(number, began) for number in scope))
        day = max(each.on, *before)
        days.append(day)
        of_any = max(of_any, day)
        if scope is None:
            of_whole = day
        for number in scope or ():
            of_allegation[number] = day
    return tuple(days)
