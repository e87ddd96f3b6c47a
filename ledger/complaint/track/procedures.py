"""Which procedure each track follows, where an allegation stands on it, and which steps may follow now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ledger.complaint.allegations import Allegation, Referral
from ledger.complaint.codes import Track
from ledger.complaint.facts import OutcomeRecorded
from ledger.complaint.track import adhoc, admin, asn, crime, dkpp, neighbours
from ledger.complaint.track.codes import TrackMark
from ledger.complaint.track.course import Course, Procedure, Step, course_of

PROCEDURES: Final[Mapping[Track, Procedure]] = {
    Track.ASN: asn.PROCEDURE,
    Track.DKPP: dkpp.PROCEDURE,
    Track.KPU_ADHOC: adhoc.AT_KPU,
    Track.BAWASLU_ADHOC: adhoc.AT_BAWASLU,
    Track.KPU_ADMIN: admin.PROCEDURE,
    Track.CRIME: crime.PROCEDURE,
    Track.OTHER: neighbours.PROCEDURE,
}


@dataclass(frozen=True, slots=True)
class OnItsTrack:
    """Where an allegation stands on its track, and what is so beside."""

    state: StrEnum
    marks: frozenset[TrackMark]


def on_its_track(allegation: Allegation, referrals: Mapping[int, Referral]) -> OnItsTrack | None:
    """Where an allegation stands on its track; nothing before an office has it there."""
    course = course_of(allegation, referrals)
    if course is None or not (course.taken_up or course.happened):
        return None
    procedure = PROCEDURES[course.track]
    return OnItsTrack(procedure.state(course), procedure.marks(course))


def may_follow(step: Step, course: Course) -> bool:
    """Whether the table of a track's steps lets a step follow now."""
    return (
        PROCEDURES[course.track].place(course) in step.from_
        and (step.again or course.count(step.fact) == 0)
        and (not step.after or any(course.count(each) for each in step.after))
        and (not step.after_outcome or course.count(OutcomeRecorded) > 0)
    )


def following(course: Course) -> tuple[str, ...]:
    """The topics of the steps that may follow."""
    return tuple(step.fact.TOPIC for step in PROCEDURES[course.track].steps if may_follow(step, course))


def step_of(course: Course, fact: type) -> Step | None:
    """A track's step by its fact."""
    return next((step for step in PROCEDURES[course.track].steps if step.fact is fact), None)
