"""The ethics track at DKPP: verification of papers and substance, registration, hearings, a decision, its execution.

Sources: UU 7/2017 art. 155 to 160 and 457 to 459, Peraturan DKPP 3/2017; DOMAIN.md 1.c1. What is decided of each
respondent is an outcome; a decision read out joins the allegations of one proceeding.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from ledger.complaint import facts
from ledger.complaint.track.codes import DkppResult, DkppStage
from ledger.complaint.track.course import Course, Procedure, Step, has_last_word, walked
from ledger.office.facts import OfficeKind
from ledger.refusals import refused


class DkppState(StrEnum):
    """Where an allegation stands at DKPP."""

    VERIFYING = "verifying"
    COMPLETING = "completing"
    NOT_MET = "not_met"
    REGISTERED = "registered"
    HEARING = "hearing"
    DECIDED = "decided"
    EXECUTED = "executed"
    CLOSED = "closed"


State = DkppState
DKPP: Final = frozenset({OfficeKind.DKPP})
EXECUTES: Final = frozenset({OfficeKind.KPU, OfficeKind.BAWASLU, OfficeKind.OTHER})
"""KPU and Bawaslu execute; of members of the national bodies the President does, who is off the system."""

STEPS: Final = (
    Step(
        facts.DkppVerified,
        DKPP,
        frozenset({State.VERIFYING, State.COMPLETING}),
        {DkppResult.MS: State.VERIFYING, DkppResult.BMS: State.COMPLETING, DkppResult.TMS: State.NOT_MET},
    ),
    Step(facts.DkppCompleted, DKPP, frozenset({State.COMPLETING}), State.VERIFYING),
    Step(
        facts.DkppRegistered,
        DKPP,
        frozenset({State.VERIFYING}),
        State.REGISTERED,
        again=False,
        after=(facts.DkppVerified,),
    ),
    Step(facts.DkppHearingHeld, DKPP, frozenset({State.REGISTERED, State.HEARING}), State.HEARING),
    Step(facts.DkppDecisionRead, DKPP, frozenset({State.REGISTERED, State.HEARING}), State.DECIDED, again=False),
    Step(facts.DkppDecisionExecuted, EXECUTES, frozenset({State.DECIDED}), State.EXECUTED, again=False),
)


def place(course: Course) -> DkppState:
    """Where the steps have led."""
    return DkppState(walked(STEPS, DkppState.VERIFYING, course))


def state(course: Course) -> DkppState:
    """Where the allegation stands, as it is told: a decision waits for its execution, whatever outcome it has."""
    now = place(course)
    waits = now in (DkppState.DECIDED, DkppState.EXECUTED)
    return now if waits or not has_last_word(STEPS, course) else DkppState.CLOSED


def check(fact: Any, course: Course) -> None:
    """The papers are verified first, the substance once they meet the requirements, and nothing after that."""
    if isinstance(fact, facts.DkppVerified):
        due = DkppStage.MATERIAL if DkppStage.ADMINISTRATIVE in _met(course) else DkppStage.ADMINISTRATIVE
        if fact.stage is not due or DkppStage.MATERIAL in _met(course):
            raise refused("dkpp.stage", stage=fact.stage, met=", ".join(sorted(_met(course))) or "-")


def _met(course: Course) -> frozenset[DkppStage]:
    """The stages of verification whose requirements are met."""
    return frozenset(
        each.stage for each in course.facts if isinstance(each, facts.DkppVerified) and each.result is DkppResult.MS
    )


PROCEDURE: Final = Procedure(DkppState, STEPS, place, state, check=check)
