"""A complaint as its facts tell it: a union by stage, so that what cannot be has no form.

The owner is the office responsible for the complaint. Everything that every stage carries on stands in the file; what
may become of one allegation stands in allegations.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from ledger.changing import changed
from ledger.complaint.allegations import Alleged
from ledger.complaint.codes import ReviewResult, Stage
from ledger.complaint.facts import (
    AllegationDecided,
    AllegationDropped,
    ComplaintClosed,
    ComplaintFact,
    ComplaintFiled,
    ComplaintJoined,
    ComplaintRegistered,
    ComplaintReopened,
    ComplaintSeparated,
    ComplaintWithdrawn,
    CompletionReceived,
    CompletionRequested,
    FindingFixed,
    InitialReviewConcluded,
    PreliminaryInformationNoted,
    RegistrationRefused,
)
from ledger.complaint.file import File, begun, grown
from ledger.values import Act, StreamId


@dataclass(frozen=True, slots=True)
class Nothing:
    """No such complaint."""

    STAGE: ClassVar = Stage.NOTHING


@dataclass(frozen=True, slots=True)
class Received:
    """A report has arrived and awaits the initial review."""

    STAGE: ClassVar = Stage.RECEIVED
    file: File


@dataclass(frozen=True, slots=True)
class AwaitingCompletion:
    """The complainant was asked to complete the report."""

    STAGE: ClassVar = Stage.AWAITING_COMPLETION
    file: File


@dataclass(frozen=True, slots=True)
class Tracing:
    """Preliminary information is being traced."""

    STAGE: ClassVar = Stage.TRACING
    file: File


@dataclass(frozen=True, slots=True)
class Found:
    """A finding was fixed and can be registered."""

    STAGE: ClassVar = Stage.FOUND
    file: File


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review says that it can be registered."""

    STAGE: ClassVar = Stage.REVIEWED
    file: File


@dataclass(frozen=True, slots=True)
class Registered:
    """Under examination: hearings, study, plenary."""

    STAGE: ClassVar = Stage.REGISTERED
    file: File


@dataclass(frozen=True, slots=True)
class Decided:
    """Every allegation has been decided at least once; tracks go on."""

    STAGE: ClassVar = Stage.DECIDED
    file: File


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """Registration was refused: an ending. `before` is the stage that a reopening leads to."""

    STAGE: ClassVar = Stage.NOT_REGISTERED
    file: File
    before: Stage


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """No complainant stands any more: an ending, unless the office continues it as a finding."""

    STAGE: ClassVar = Stage.WITHDRAWN
    file: File
    before: Stage


@dataclass(frozen=True, slots=True)
class Closed:
    """The owner closed the case. `before` is the stage before the earliest of its endings."""

    STAGE: ClassVar = Stage.CLOSED
    file: File
    before: Stage


@dataclass(frozen=True, slots=True)
class Joined:
    """The case goes on inside another one. `before` is the stage that a separation leads to."""

    STAGE: ClassVar = Stage.JOINED
    file: File
    into: StreamId
    before: Stage


GoingOn = Received | AwaitingCompletion | Tracing | Found | Reviewed | Registered | Decided
Ended = NotRegistered | Withdrawn | Closed
Filed = GoingOn | Ended | Joined
Complaint = Nothing | Filed

_RESUMED: Final[dict[Stage, type[GoingOn]]] = {
    stage.STAGE: stage for stage in (Received, AwaitingCompletion, Tracing, Found, Reviewed, Registered, Decided)
}


def evolve(complaint: Complaint, fact: ComplaintFact, act: Act) -> Complaint:
    """The complaint after one more fact; total on every history that `decide` produced, and a crash on any other."""
    if isinstance(complaint, Nothing):
        return _begin(fact, act)
    file = grown(complaint.file, fact, act)
    match fact:
        case InitialReviewConcluded():
            # What the other results lead to is the next fact of the same command.
            return Reviewed(file) if fact.result is ReviewResult.REGISTER else Received(file)
        case CompletionRequested():
            return AwaitingCompletion(file)
        case CompletionReceived():
            return Received(file)
        case PreliminaryInformationNoted():
            return Tracing(file)
        case FindingFixed():
            return Found(file)
        case ComplaintRegistered():
            return Registered(file)
        case AllegationDecided() | AllegationDropped():
            undecided = any(isinstance(each.standing, Alleged) for each in file.allegations.values())
            return Registered(file) if undecided and isinstance(complaint, Registered) else Decided(file)
        case RegistrationRefused():
            return NotRegistered(file, complaint.STAGE)
        case ComplaintWithdrawn():
            return changed(complaint, file=file) if file.standing_complainants else Withdrawn(file, complaint.STAGE)
        case ComplaintClosed():
            return Closed(
                file, complaint.before if isinstance(complaint, NotRegistered | Withdrawn) else complaint.STAGE
            )
        case ComplaintReopened():
            before = _ended(complaint).before
            return _RESUMED[before](changed(file, reopened=before is Stage.DECIDED))
        case ComplaintJoined():
            return Joined(file, fact.into, complaint.STAGE)
        case ComplaintSeparated():
            return _RESUMED[_joined(complaint).before](file)
        case _:
            return changed(complaint, file=file)


def _begin(fact: ComplaintFact, act: Act) -> Complaint:
    match fact:
        case ComplaintFiled():
            return Received(begun(fact, act))
        case PreliminaryInformationNoted():
            return Tracing(begun(fact, act))
        case FindingFixed():
            return Found(begun(fact, act))
        case _:
            raise TypeError(f"{type(fact).__name__} in a complaint that was never begun")


def _ended(complaint: Filed) -> Ended:
    if not isinstance(complaint, NotRegistered | Withdrawn | Closed):
        raise TypeError("a complaint was reopened that had not ended")
    return complaint


def _joined(complaint: Filed) -> Joined:
    if not isinstance(complaint, Joined):
        raise TypeError("a complaint was separated that had not been joined")
    return complaint
