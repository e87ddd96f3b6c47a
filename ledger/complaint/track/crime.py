"""The criminal track at Sentra Gakkumdu: discussions I to III, investigation, prosecution, court, appeal.

Sources: UU 10/2016 art. 145 to 148, UU 7/2017 art. 476 to 484; DOMAIN.md 1.d. Police, prosecutors and courts are off
the system: their acts are those of an office of the kind `other`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from ledger.complaint import facts
from ledger.complaint.codes import OutcomeLevel
from ledger.complaint.track.codes import DiscussionResult
from ledger.complaint.track.course import Course, Procedure, Step, has_last_word, walked
from ledger.office.facts import OfficeKind
from ledger.refusals import refused


class CrimeState(StrEnum):
    """Where an allegation stands on the criminal track."""

    RECEIVED = "received"
    DISCUSSION_1 = "discussion_1"
    DISCUSSION_2 = "discussion_2"
    DISCUSSION_3 = "discussion_3"
    STOPPED = "stopped"
    INVESTIGATING = "investigating"
    WITH_PROSECUTOR = "with_prosecutor"
    RETURNED = "returned"
    IN_COURT = "in_court"
    JUDGED = "judged"
    APPEALED = "appealed"
    FINAL = "final"
    CLOSED = "closed"


State = CrimeState
GAKKUMDU: Final = frozenset({OfficeKind.GAKKUMDU})
LAW_ENFORCEMENT: Final = GAKKUMDU | {OfficeKind.OTHER}
DISCUSSIONS: Final = (State.DISCUSSION_1, State.DISCUSSION_2, State.DISCUSSION_3)
WHILE_INVESTIGATING: Final = frozenset({State.INVESTIGATING, *DISCUSSIONS})
LEVELS: Final = {
    State.IN_COURT: frozenset({OutcomeLevel.FIRST}),
    State.APPEALED: frozenset({OutcomeLevel.APPEAL, OutcomeLevel.FINAL}),
}
"""The level of the verdict that can follow."""

STEPS: Final = (
    Step(
        facts.Discussed,
        GAKKUMDU,
        frozenset({State.RECEIVED, State.DISCUSSION_1, State.DISCUSSION_2, State.INVESTIGATING}),
        {DiscussionResult.PROCEED: State.DISCUSSION_1, DiscussionResult.STOP: State.STOPPED},
    ),
    Step(
        facts.InvestigationStarted,
        LAW_ENFORCEMENT,
        frozenset({State.DISCUSSION_1, State.DISCUSSION_2}),
        State.INVESTIGATING,
        again=False,
    ),
    Step(
        facts.InvestigationStopped,
        LAW_ENFORCEMENT,
        WHILE_INVESTIGATING | {State.RETURNED},
        State.STOPPED,
        again=False,
        after=(facts.InvestigationStarted,),
    ),
    Step(
        facts.FileSent,
        LAW_ENFORCEMENT,
        WHILE_INVESTIGATING,
        State.WITH_PROSECUTOR,
        again=False,
        after=(facts.InvestigationStarted,),
    ),
    Step(facts.FileReturned, LAW_ENFORCEMENT, frozenset({State.WITH_PROSECUTOR}), State.RETURNED),
    Step(facts.FileResubmitted, LAW_ENFORCEMENT, frozenset({State.RETURNED}), State.WITH_PROSECUTOR),
    Step(facts.FileTransferred, LAW_ENFORCEMENT, frozenset({State.WITH_PROSECUTOR}), State.IN_COURT, again=False),
    Step(
        facts.Judged,
        LAW_ENFORCEMENT,
        frozenset({State.IN_COURT, State.APPEALED}),
        {OutcomeLevel.FIRST: State.JUDGED, OutcomeLevel.APPEAL: State.FINAL, OutcomeLevel.FINAL: State.FINAL},
    ),
    Step(facts.JudgmentAppealed, LAW_ENFORCEMENT, frozenset({State.JUDGED}), State.APPEALED, again=False),
)


def place(course: Course) -> CrimeState:
    """Where the steps have led; a discussion that lets the case proceed is told by its number."""
    now = CrimeState(walked(STEPS, CrimeState.RECEIVED, course))
    return DISCUSSIONS[course.count(facts.Discussed) - 1] if now is CrimeState.DISCUSSION_1 else now


def state(course: Course) -> CrimeState:
    """Where the allegation stands, as it is told."""
    return CrimeState.CLOSED if has_last_word(STEPS, course) else place(course)


def check(fact: Any, course: Course) -> None:
    """Discussions follow one another, the third one the investigation; a verdict is of the court where the case is."""
    if isinstance(fact, facts.Discussed) and fact.discussion != course.count(facts.Discussed) + 1:
        raise refused("step.discussion", next=course.count(facts.Discussed) + 1)
    if isinstance(fact, facts.Judged) and fact.level not in LEVELS[place(course)]:
        raise refused("crime.level", level=fact.level, allowed=", ".join(sorted(LEVELS[place(course)])))


PROCEDURE: Final = Procedure(CrimeState, STEPS, place, state, check=check)
