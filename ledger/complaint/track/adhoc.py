"""The ethics tracks of ad hoc people, at KPU and Bawaslu of the regency or city: a team examines, the office decides.

Sources: PKPU 8/2019 art. 145 with Keputusan KPU 337/2020; Perbawaslu 7/2022 art. 20 and 45; DOMAIN.md 1.c2 and 1.c3.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ledger.complaint import facts
from ledger.complaint.track.course import Course, Procedure, Step, has_last_word, walked
from ledger.office.facts import OfficeKind


class AdhocState(StrEnum):
    """Where an allegation stands at the office of an ad hoc person."""

    RECEIVED = "received"
    TEAM_FORMED = "team_formed"
    EXAMINED = "examined"
    DECIDED = "decided"
    EXECUTED = "executed"


State = AdhocState
ANY: Final = frozenset(AdhocState) - {State.EXECUTED}


def steps_at(body: OfficeKind) -> tuple[Step, ...]:
    """The steps, all of them acts of the body to which the ad hoc person belongs."""
    by = frozenset({body})
    return (
        Step(facts.TeamFormed, by, frozenset({State.RECEIVED}), State.TEAM_FORMED, again=False),
        Step(facts.TeamExamined, by, frozenset({State.TEAM_FORMED, State.EXAMINED}), State.EXAMINED),
        Step(facts.AdhocDecisionExecuted, by, ANY, State.EXECUTED, again=False, after_outcome=True),
    )


STEPS_AT_KPU: Final = steps_at(OfficeKind.KPU)
STEPS_AT_BAWASLU: Final = steps_at(OfficeKind.BAWASLU)


def place(course: Course) -> AdhocState:
    """Where the steps have led."""
    return AdhocState(walked(STEPS_AT_KPU, AdhocState.RECEIVED, course))


def state(course: Course) -> AdhocState:
    """Where the allegation stands, as it is told: the office's outcome is its decision."""
    return AdhocState.DECIDED if has_last_word(STEPS_AT_KPU, course) else place(course)


AT_KPU: Final = Procedure(AdhocState, STEPS_AT_KPU, place, state)
AT_BAWASLU: Final = Procedure(AdhocState, STEPS_AT_BAWASLU, place, state)
