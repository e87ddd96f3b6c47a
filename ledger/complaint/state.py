"""A complaint as its facts tell it: a union by stage, so that what cannot be has no form.

The owner is the office responsible for the complaint; the holder is the office that must act on one allegation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from ledger.complaint.codes import (
    Announcement,
    Category,
    Decision,
    Irregularity,
    Kind,
    RespondentClass,
    ReturnReason,
    ReviewResult,
    Track,
)
from ledger.complaint.facts import (
    AllegationDecided,
    AllegationMade,
    ComplaintFact,
    ComplaintFiled,
    ComplaintRegistered,
    HearingCalled,
    HearingHeld,
    InitialReviewConcluded,
    PlenaryHeld,
    ReferralAccepted,
    ReferralOffered,
    ReferralReceived,
    ReferralReturned,
    RegistrationRefused,
    RespondentNamed,
    StatusAnnounced,
    StudyCompleted,
)
from ledger.values import Act, Handle, Region, StreamId, day_of

# --- allegations ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alleged:
    """Not yet decided."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """Decided: not a violation."""


@dataclass(frozen=True, slots=True)
class Established:
    """Decided: a violation; `returned` is the referral that came back, if one did. The owner holds it."""

    returned: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """Sent to another office that has not taken it yet; the sender still holds it."""

    referral: int


@dataclass(frozen=True, slots=True)
class OnTrack:
    """Another office has taken it and holds it."""

    referral: int
    track: Track
    holder: StreamId


Standing = Alleged | Cleared | Established | Offered | OnTrack


@dataclass(frozen=True, slots=True)
class Allegation:
    """One accusation of one respondent in one category, where it stands, and since which day."""

    number: int
    respondent: Handle
    category: Category
    kinds: frozenset[Kind]
    standing: Standing
    since: date


@dataclass(frozen=True, slots=True)
class Referral:
    """One offer of one allegation to another office, and what became of it."""

    number: int
    allegation: int
    sender: StreamId
    to: StreamId
    track: Track
    binding: bool
    study_attached: bool
    irregular: frozenset[Irregularity] = frozenset()
    received: bool = False
    accepted: bool = False
    returned: ReturnReason | None = None


# --- stages ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """What every stage carries on: the complaint's attributes and all that only grows."""

    owner: StreamId
    election: StreamId
    region: Region
    occurred_from: date
    occurred_until: date
    known_on: date
    since: date
    respondents: Mapping[Handle, RespondentClass] = field(default_factory=dict)
    allegations: Mapping[int, Allegation] = field(default_factory=dict)
    referrals: Mapping[int, Referral] = field(default_factory=dict)
    hearings: Mapping[int, bool] = field(default_factory=dict)
    studies: Mapping[int, frozenset[int]] = field(default_factory=dict)
    plenaries: int = 0
    announced: frozenset[Announcement] = frozenset()

    def holder(self, allegation: Allegation) -> StreamId:
        """The office that must act on an allegation."""
        match allegation.standing:
            case Alleged() | Cleared() | Established():
                return self.owner
            case Offered(referral):
                return self.referrals[referral].sender
            case OnTrack(holder=holder):
                return holder
            case other:
                assert_never(other)

    def studied(self, allegation: int) -> bool:
        """Whether a completed study covers an allegation."""
        return any(allegation in covered for covered in self.studies.values())


@dataclass(frozen=True, slots=True)
class Nothing:
    """No such complaint."""


@dataclass(frozen=True, slots=True)
class Received:
    """A report has arrived and awaits the initial review."""

    file: File


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review says that it can be registered."""

    file: File


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """The report was refused registration: an ending."""

    file: File


@dataclass(frozen=True, slots=True)
class Registered:
    """Under examination: hearings, study, plenary."""

    file: File


@dataclass(frozen=True, slots=True)
class Decided:
    """Every allegation has been decided at least once; tracks go on."""

    file: File


Filed = Received | Reviewed | NotRegistered | Registered | Decided
Complaint = Nothing | Filed


def evolve(complaint: Complaint, fact: ComplaintFact, act: Act) -> Complaint:
    """The complaint after one more fact; total on every history that `decide` produced, and a crash on any other."""
    if isinstance(fact, ComplaintFiled):
        return Received(
            File(
                owner=act.office,
                election=fact.election,
                region=fact.region,
                occurred_from=fact.occurred_from,
                occurred_until=fact.occurred_until,
                known_on=fact.known_on,
                since=day_of(act),
            )
        )
    if isinstance(complaint, Nothing):
        raise TypeError(f"{type(fact).__name__} in a complaint that was never filed")
    file = complaint.file
    match fact:
        case InitialReviewConcluded():
            reviewed = replace(file, known_on=fact.known_on, since=day_of(act))
            return Reviewed(reviewed) if fact.result is ReviewResult.REGISTER else Received(reviewed)
        case RegistrationRefused():
            return NotRegistered(replace(file, since=day_of(act)))
        case ComplaintRegistered():
            return Registered(replace(file, since=day_of(act)))
        case AllegationDecided():
            after = _decided(file, fact, act)
            undecided = any(isinstance(each.standing, Alleged) for each in after.allegations.values())
            return Registered(after) if undecided and isinstance(complaint, Registered) else Decided(after)
        case _:
            return replace(complaint, file=_grow(file, fact, act))


def _grow(
    file: File,
    fact: RespondentNamed
    | AllegationMade
    | HearingCalled
    | HearingHeld
    | StudyCompleted
    | PlenaryHeld
    | StatusAnnounced
    | ReferralOffered
    | ReferralReceived
    | ReferralAccepted
    | ReferralReturned,
    act: Act,
) -> File:
    """The file after a fact that leaves the complaint in its stage."""
    match fact:
        case RespondentNamed():
            return replace(file, respondents={**file.respondents, fact.respondent: fact.class_})
        case AllegationMade():
            made = Allegation(
                fact.allegation, fact.respondent, fact.category, fact.kinds, standing=Alleged(), since=day_of(act)
            )
            return replace(file, allegations={**file.allegations, fact.allegation: made})
        case HearingCalled():
            return replace(file, hearings={**file.hearings, fact.hearing: False})
        case HearingHeld():
            return replace(file, hearings={**file.hearings, fact.hearing: True})
        case StudyCompleted():
            return replace(file, studies={**file.studies, fact.study: fact.allegations})
        case PlenaryHeld():
            return replace(file, plenaries=fact.plenary)
        case StatusAnnounced():
            return replace(file, announced=file.announced | {fact.what})
        case ReferralOffered():
            offered = Referral(
                fact.referral,
                fact.allegation,
                act.office,
                fact.to,
                fact.track,
                fact.binding,
                fact.study_attached,
                fact.irregular,
            )
            return _standing(_refer(file, offered), fact.allegation, Offered(fact.referral), act)
        case ReferralReceived():
            received = replace(file.referrals[fact.referral], received=True)
            after = _refer(file, received)
            return _on_track(after, received, act) if received.binding else after
        case ReferralAccepted():
            accepted = replace(file.referrals[fact.referral], accepted=True, received=True)
            return _on_track(_refer(file, accepted), accepted, act)
        case ReferralReturned():
            returned = replace(file.referrals[fact.referral], returned=fact.reason, received=True)
            return _standing(_refer(file, returned), returned.allegation, Established(returned.number), act)
        case _:
            assert_never(fact)


def _decided(file: File, fact: AllegationDecided, act: Act) -> File:
    violation = fact.decision is Decision.VIOLATION
    before = file.allegations[fact.allegation]
    was_returned = before.standing.returned if isinstance(before.standing, Established) else None
    decided = replace(
        before,
        category=fact.category,
        kinds=fact.kinds,
        standing=Established(was_returned) if violation else Cleared(),
        since=day_of(act),
    )
    return replace(file, allegations={**file.allegations, fact.allegation: decided})


def _refer(file: File, referral: Referral) -> File:
    return replace(file, referrals={**file.referrals, referral.number: referral})


def _on_track(file: File, referral: Referral, act: Act) -> File:
    return _standing(file, referral.allegation, OnTrack(referral.number, referral.track, referral.to), act)


def _standing(file: File, allegation: int, standing: Standing, act: Act) -> File:
    moved = replace(file.allegations[allegation], standing=standing, since=day_of(act))
    return replace(file, allegations={**file.allegations, allegation: moved})
