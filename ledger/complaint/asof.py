"""On which day each fact of a complaint counts: its act's own, whenever it was recorded.

Facts are kept in the order of recording, and one that builds on a later-dated one recorded before it counts on that
one's day: so what is left on any day is a history by itself, and replays like every other.
"""

from __future__ import annotations

from datetime import date

from ledger.complaint.scope import touches
from ledger.complaint.state import Complaint, Nothing
from ledger.scopes import Scope


def counting_days(complaint: Complaint) -> tuple[date, ...]:
    """The day on which each fact of a complaint counts, by version.

    Its act's own; the first fact's at least; and at least that of every earlier fact about the same allegation, or,
    where either of the two is about the whole complaint, of every earlier fact at all.
    """
    days: list[date] = []
    scopes: list[Scope] = []
    for each in () if isinstance(complaint, Nothing) else complaint.file.entered:
        scope = touches(each.fact, complaint)
        earlier = [day for day, other in zip(days, scopes, strict=True) if _builds(scope, other)]
        days.append(max([each.on, *days[:1], *earlier]))
        scopes.append(scope)
    return tuple(days)


def _builds(scope: Scope, earlier: Scope) -> bool:
    """Whether a fact may build on an earlier one; about no allegation at all, it builds on what is about everything."""
    return scope is None or earlier is None or bool(scope & earlier)
