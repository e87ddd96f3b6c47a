"""The administrative track: KPU acts on a recommendation (Pilkada), or executes what Bawaslu adjudicated (Pemilu).

Sources: PKPU 15/2024 art. 4; UU 7/2017 art. 461, 462 and 464; DOMAIN.md 1.c5.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ledger.complaint import facts
from ledger.complaint.track.course import Course, Procedure, Step, has_last_word, walked
from ledger.office.facts import OfficeKind


class AdminState(StrEnum):
    """Where an allegation stands on the administrative track."""

    RECEIVED = "received"
    ADJUDICATED = "adjudicated"
    ACTED = "acted"
    EXECUTED = "executed"
    CLOSED = "closed"


State = AdminState
KPU: Final = frozenset({OfficeKind.KPU})

STEPS: Final = (
    Step(
        facts.Adjudicated, frozenset({OfficeKind.BAWASLU}), frozenset({State.RECEIVED}), State.ADJUDICATED, again=False
    ),
    Step(facts.RecommendationActedOn, KPU, frozenset({State.RECEIVED, State.ACTED}), State.ACTED),
    Step(
        facts.AdministrativeDecisionExecuted,
        KPU,
        frozenset({State.ADJUDICATED, State.ACTED}),
        State.EXECUTED,
        again=False,
    ),
)


def place(course: Course) -> AdminState:
    """Where the steps have led."""
    return AdminState(walked(STEPS, AdminState.RECEIVED, course))


def state(course: Course) -> AdminState:
    """Where the allegation stands, as it is told."""
    return AdminState.CLOSED if has_last_word(STEPS, course) else place(course)


PROCEDURE: Final = Procedure(AdminState, STEPS, place, state)
