"""Which office stands above another: its parent, and above offices without one, the body that watches over their kind.

A conflict of interest moves a case one step up. Source: UU 7/2017 art. 159 (DKPP over KPU and Bawaslu), UU 23/2014 (the
home ministry over regional heads); general knowledge, not verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.grounds import Grounds
from ledger.office.facts import OfficeKind
from ledger.values import StreamId

WATCHED_BY: Final[Mapping[OfficeKind, OfficeKind]] = {
    OfficeKind.BAWASLU: OfficeKind.DKPP,
    OfficeKind.KPU: OfficeKind.DKPP,
    OfficeKind.PERSONNEL_AUTHORITY: OfficeKind.HOME_MINISTRY,
}
"""The body above offices of a kind that have no parent."""


def stands_above(other: StreamId, office: StreamId, grounds: Grounds) -> bool:
    """Whether one office is the next above another."""
    below = grounds.office(office)
    if below.parent is not None:
        return below.parent == other
    return below.kind in WATCHED_BY and grounds.office(other).kind is WATCHED_BY[below.kind]


def has_superior(office: StreamId, grounds: Grounds) -> bool:
    """Whether anybody stands above an office."""
    below = grounds.office(office)
    return below.parent is not None or below.kind in WATCHED_BY


def named_above(office: StreamId, grounds: Grounds) -> str:
    """What a refusal calls the office above: its stream, with its name where the decision read it; or its kind."""
    below = grounds.office(office)
    if below.parent is None:
        return str(WATCHED_BY.get(below.kind, "-"))
    name = grounds.name_of(below.parent)
    return name if name == below.parent else f"{name} ({below.parent})"


def may_speak_of(other: StreamId, office: StreamId, grounds: Grounds) -> bool:
    """Whether an office is of the same institution as another, or of the body that watches over that institution."""
    kind, watched = grounds.office(other).kind, grounds.office(office).kind
    return kind is watched or WATCHED_BY.get(watched) is kind
