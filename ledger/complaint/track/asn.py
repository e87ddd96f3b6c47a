"""The track of civil servants: KASN, from 24 August 2024 BKN with its task force, then the personnel authority.

Sources: PP 94/2021, PP 53/2010 and PP 42/2004 for sanctions, PP 79/2021 for objection and appeal, Perpres 116/2022 for
the suspension of personnel data; DOMAIN.md 1.b.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from ledger.complaint import facts
from ledger.complaint.track.codes import AppealResult, SanctionClass, TrackMark, VerificationResult
from ledger.complaint.track.course import Course, Procedure, Step, has_last_word, walked
from ledger.office.facts import OfficeKind
from ledger.refusals import refused


class AsnState(StrEnum):
    """Where an allegation stands on the track of civil servants."""

    RECEIVED = "received"
    VERIFIED = "verified"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    RECOMMENDED = "recommended"
    WITH_AUTHORITY = "with_authority"
    EXAMINED = "examined"
    SANCTIONED = "sanctioned"
    DELIVERED = "delivered"
    OBJECTED = "objected"
    APPEALED = "appealed"
    UPHELD = "upheld"
    CHANGED = "changed"
    ANNULLED = "annulled"
    CLOSED = "closed"


State = AsnState
RECOMMENDS: Final = frozenset({OfficeKind.KASN, OfficeKind.BKN})
AUTHORITY: Final = frozenset({OfficeKind.PERSONNEL_AUTHORITY})
PUNISHES: Final = AUTHORITY | {OfficeKind.HOME_MINISTRY}
"""The ministry punishes where the authority is itself a respondent."""
APPEALS: Final = AUTHORITY | {OfficeKind.OTHER}
"""Objections go to the authority or to who stands above it, appeals to BPASN, which is off the system."""
SUPERVISES: Final = frozenset({OfficeKind.BKN, OfficeKind.HOME_MINISTRY})
BKN: Final = frozenset({OfficeKind.BKN})
BEFORE_SANCTION: Final = frozenset({State.RECEIVED, State.VERIFIED, State.WITH_AUTHORITY, State.EXAMINED})
AFTER_SANCTION: Final = frozenset(
    {State.SANCTIONED, State.DELIVERED, State.OBJECTED, State.APPEALED, State.UPHELD, State.CHANGED}
)

STEPS: Final = (
    Step(
        facts.SatgasVerified,
        BKN,
        frozenset({State.RECEIVED}),
        {
            VerificationResult.PASSED: State.VERIFIED,
            VerificationResult.REJECTED: State.REJECTED,
            VerificationResult.CANCELLED: State.CANCELLED,
        },
        again=False,
    ),
    Step(facts.SanctionRecommended, RECOMMENDS, frozenset({State.RECEIVED, State.VERIFIED}), State.RECOMMENDED),
    Step(facts.AuthorityExamined, PUNISHES, BEFORE_SANCTION, State.EXAMINED),
    Step(facts.Sanctioned, PUNISHES, BEFORE_SANCTION | {State.SANCTIONED, State.CHANGED}, State.SANCTIONED),
    Step(facts.SanctionDelivered, PUNISHES, frozenset({State.SANCTIONED}), State.DELIVERED),
    Step(facts.AuthorityReprimanded, SUPERVISES, frozenset({State.WITH_AUTHORITY, State.EXAMINED})),
    Step(facts.DataBlocked, BKN, frozenset({State.VERIFIED, State.WITH_AUTHORITY, State.EXAMINED, State.SANCTIONED})),
    Step(facts.DataUnblocked, BKN, frozenset(AsnState)),
    Step(facts.SanctionObjected, APPEALS, frozenset({State.SANCTIONED, State.DELIVERED}), State.OBJECTED),
    Step(
        facts.SanctionAppealed,
        APPEALS,
        frozenset({State.DELIVERED, State.OBJECTED, State.UPHELD, State.CHANGED}),
        State.APPEALED,
    ),
    Step(
        facts.SanctionAppealDecided,
        APPEALS,
        frozenset({State.OBJECTED, State.APPEALED}),
        {
            AppealResult.UPHELD: State.UPHELD,
            AppealResult.CHANGED: State.CHANGED,
            AppealResult.ANNULLED: State.ANNULLED,
        },
    ),
    Step(facts.EnteredInIdis, AUTHORITY | BKN, AFTER_SANCTION, again=False),
)
OF_CIVIL_SERVANTS: Final = frozenset(
    {SanctionClass.MORAL, SanctionClass.LIGHT, SanctionClass.MEDIUM, SanctionClass.HEAVY, SanctionClass.CONTRACT}
)


def place(course: Course) -> AsnState:
    """Where the steps have led; a referral that binds puts it with the authority, whoever sent it."""
    state = AsnState(walked(STEPS, AsnState.RECEIVED, course))
    waiting = state in (AsnState.RECEIVED, AsnState.VERIFIED, AsnState.RECOMMENDED)
    return AsnState.WITH_AUTHORITY if course.bound and waiting else state


def state(course: Course) -> AsnState:
    """Where the allegation stands, as it is told."""
    return AsnState.CLOSED if has_last_word(STEPS, course) else place(course)


def marks(course: Course) -> frozenset[TrackMark]:
    """What is so beside the state."""
    found = {
        TrackMark.BLOCKED: _blocked(course),
        TrackMark.REPRIMANDED: course.count(facts.AuthorityReprimanded) > 0,
        TrackMark.ENTERED_IN_IDIS: course.count(facts.EnteredInIdis) > 0,
    }
    return frozenset(mark for mark, holds in found.items() if holds)


def check(fact: Any, course: Course) -> None:
    """What the table of steps cannot say: data are suspended once, and lifted once suspended; sanctions are ASN's."""
    if isinstance(fact, facts.DataBlocked) and _blocked(course):
        raise refused("step.blocked", number=fact.allegation)
    if isinstance(fact, facts.DataUnblocked) and not _blocked(course):
        raise refused("step.unblocked", number=fact.allegation)
    classed = isinstance(fact, facts.Sanctioned | facts.SanctionRecommended) and fact.class_ is not None
    if classed and fact.class_ not in OF_CIVIL_SERVANTS:
        raise refused("sanction.class", class_=fact.class_, known=", ".join(sorted(OF_CIVIL_SERVANTS)))


def _blocked(course: Course) -> bool:
    return course.count(facts.DataBlocked) > course.count(facts.DataUnblocked)


PROCEDURE: Final = Procedure(AsnState, STEPS, place, state, marks, check)
