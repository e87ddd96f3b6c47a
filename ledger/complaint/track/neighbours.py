"""The way of neighbouring classes: village heads, TNI, Polri, regional heads, state companies, contract staff.

They are referred to the body that the rulebook names for their class, and followed: it accepts or returns, and its
outcome ends the track. It takes no steps of its own here. Sources: UU 6/2014 art. 29, UU 34/2004, UU 2/2002; DOMAIN.md
1.d.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ledger.complaint.track.course import Course, Procedure, Step, has_last_word


class NeighbourState(StrEnum):
    """Where an allegation stands at a body outside the tracks."""

    RECEIVED = "received"
    CLOSED = "closed"


STEPS: Final[tuple[Step, ...]] = ()


def place(course: Course) -> NeighbourState:
    """No step leads anywhere else."""
    del course
    return NeighbourState.RECEIVED


def state(course: Course) -> NeighbourState:
    """Where the allegation stands, as it is told."""
    return NeighbourState.CLOSED if has_last_word(STEPS, course) else place(course)


PROCEDURE: Final = Procedure(NeighbourState, STEPS, place, state)
