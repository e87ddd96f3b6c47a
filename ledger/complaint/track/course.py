"""What the tracks have in common: the course of one allegation, and steps that lead from one state to another.

A state is derived: each step says from which states of its track it may follow and to which it leads. What was done in
another order than the law wants is recorded as far as it contradicts nothing; a step that has no ground in what is
recorded, such as an appeal without a verdict, is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ledger.complaint.allegations import Allegation, Offered, OnTrack, Referral, Settled, Taken
from ledger.complaint.codes import Track
from ledger.complaint.facts import OutcomeRecorded, SanctionRecommended
from ledger.complaint.track.codes import TrackMark
from ledger.office.facts import OfficeKind


@dataclass(frozen=True, slots=True)
class Course:
    """An allegation on its track: what happened there, and under which referral it stands."""

    track: Track
    happened: tuple[Taken, ...]
    bound: bool
    """Whether it lies with an addressee that must act without accepting."""
    settled: bool
    taken_up: bool
    """Whether an office has it, rather than only an offer of it."""

    @property
    def facts(self) -> tuple[Any, ...]:
        """The steps and words, oldest first."""
        return tuple(each.fact for each in self.happened)

    def last(self, fact: type[Any]) -> Any:
        """The last step of a kind, or None."""
        return next((each for each in reversed(self.facts) if isinstance(each, fact)), None)

    def count(self, fact: type[Any]) -> int:
        """How often a kind of step was taken."""
        return sum(isinstance(each, fact) for each in self.facts)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a track: whose act it is, from which states it may follow, and to which it leads.

    Without `to` the state stays; a mapping leads by one of the fact's codes. `again` is false for what happens once.
    """

    fact: type[Any]
    by: frozenset[OfficeKind]
    from_: frozenset[StrEnum]
    to: StrEnum | Mapping[StrEnum, StrEnum] | None = None
    again: bool = True
    after: tuple[type[Any], ...] = ()
    """At least one of these was taken before, where the states do not say so."""
    after_outcome: bool = False
    """Whether the track must have said its word before."""

    def leads(self, state: StrEnum, fact: Any) -> StrEnum:
        """The state after the step."""
        if isinstance(self.to, Mapping):
            return next(self.to[held] for held in _codes(fact) if held in self.to)
        return state if self.to is None else self.to


def unmarked(course: Course) -> frozenset[TrackMark]:
    """Nothing is so beside the state."""
    del course
    return frozenset()


def unchecked(fact: Any, course: Course) -> None:
    """The table of steps says everything."""
    del fact, course


@dataclass(frozen=True, slots=True)
class Procedure:
    """A track: its states, its steps, where a course stands on it (`place` by its steps, `state` as it is told)."""

    states: type[StrEnum]
    steps: tuple[Step, ...]
    place: Callable[[Course], StrEnum]
    state: Callable[[Course], StrEnum]
    marks: Callable[[Course], frozenset[TrackMark]] = unmarked
    check: Callable[[Any, Course], None] = unchecked
    """Refuses what the table of steps cannot say."""


PLACES: Final = OnTrack | Settled | Offered


def course_of(allegation: Allegation, referrals: Mapping[int, Referral]) -> Course | None:
    """The course of an allegation that is on a track, or was on one when it was offered to another office."""
    standing = allegation.standing
    if not isinstance(standing, PLACES):
        return None
    referral = None if standing.referral is None else referrals[standing.referral]
    return Course(
        track=referral.track if isinstance(standing, Offered) and referral else getattr(standing, "track", Track.OTHER),
        happened=tuple(each for each in allegation.course if not _came_back(each.fact, referrals)),
        bound=referral is not None and referral.binding and not isinstance(standing, Offered),
        settled=isinstance(standing, Settled),
        taken_up=not isinstance(standing, Offered),
    )


def walked(steps: Iterable[Step], first: StrEnum, course: Course) -> StrEnum:
    """The state to which the steps taken have led from the first one."""
    known = {each.fact: each for each in steps}
    state = first
    for fact in course.facts:
        if type(fact) in known:
            state = known[type(fact)].leads(state, fact)
    return state


def has_last_word(steps: Iterable[Step], course: Course) -> bool:
    """Whether an outcome stands and no step has led on since."""
    leading = {each.fact for each in steps if each.to is not None}
    moved = [each for each in course.facts if isinstance(each, OutcomeRecorded) or type(each) in leading]
    return course.settled and bool(moved) and isinstance(moved[-1], OutcomeRecorded)


def _came_back(fact: Any, referrals: Mapping[int, Referral]) -> bool:
    """Whether a recommendation was returned or recalled: it leads nowhere then."""
    if not isinstance(fact, SanctionRecommended):
        return False
    referral = referrals.get(fact.referral)  # the offer is the next fact of the same command
    return referral is not None and (referral.returned is not None or referral.recalled)


def _codes(fact: Any) -> Iterable[StrEnum]:
    return (held for held in (getattr(fact, name) for name in type(fact).__slots__) if isinstance(held, StrEnum))
