"""What may be asked of a complaint. A secret is plain until the registrar seals it; a person, until it has a handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.command import Command
from ledger.complaint import facts
from ledger.complaint.codes import (
    Announcement,
    Category,
    Channel,
    Kind,
    RefusalReason,
    RegistrationKind,
    Requirement,
    RespondentClass,
    ReturnReason,
    ShownBy,
    Track,
    Whom,
)
from ledger.values import Count, Handle, Number, Region, Secret, Somebody, StreamId


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCommand(Command):
    """A command to one complaint."""

    KIND: ClassVar = "complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplainantTold:
    """A complainant as the intake form names them."""

    handle: Somebody
    name: Secret | None = None
    id_number: Secret | None = None
    address: Secret | None = None
    phone: Secret | None = None
    email: Secret | None = None
    capacity: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessTold:
    """A witness as the intake form names them."""

    handle: Somebody
    name: Secret | None = None
    address: Secret | None = None
    phone: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileComplaint(ComplaintCommand):
    """Take in a report; `act.at` is the instant at which it was received."""

    FACT: ClassVar = facts.ComplaintFiled
    ROLES: ClassVar = facts.ComplaintFiled.RECORDED_BY
    BEGINS: ClassVar = True

    election: StreamId
    region: Region
    occurred_from: date
    occurred_until: date
    known_on: date
    channel: Channel
    complainants: tuple[ComplainantTold, ...]
    witnesses: tuple[WitnessTold, ...] = ()
    narrative: Secret | None = None
    place: Secret | None = None
    received_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRespondent(ComplaintCommand):
    """Say whom the complaint is about; `known` tells whether the person is identified."""

    FACT: ClassVar = facts.RespondentNamed
    ROLES: ClassVar = facts.RespondentNamed.RECORDED_BY

    respondent: Somebody
    class_: RespondentClass
    known: bool
    name: Secret | None = None
    position_class: Secret | None = None
    unit: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeAllegation(ComplaintCommand):
    """Accuse one respondent in one category."""

    FACT: ClassVar = facts.AllegationMade
    ROLES: ClassVar = facts.AllegationMade.RECORDED_BY

    respondent: Handle
    category: Category
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalAsked:
    """Why a reviewed report is not to be registered."""

    FACT: ClassVar = facts.RegistrationRefused

    reason: RefusalReason
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComplaint(ComplaintCommand):
    """Conclude the initial review: register, or, with a refusal, do not."""

    FACT: ClassVar = facts.InitialReviewConcluded
    ROLES: ClassVar = facts.InitialReviewConcluded.RECORDED_BY
    NEEDS_MATCH: ClassVar = True

    formal: bool
    material: bool
    known_on: date
    missing: frozenset[Requirement] = frozenset()
    reasons: Secret | None = None
    refusal: RefusalAsked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterComplaint(ComplaintCommand):
    """Give the complaint its register number."""

    FACT: ClassVar = facts.ComplaintRegistered
    ROLES: ClassVar = facts.ComplaintRegistered.RECORDED_BY

    kind: RegistrationKind
    number: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHearing(ComplaintCommand):
    """Invite somebody to be heard."""

    FACT: ClassVar = facts.HearingCalled
    ROLES: ClassVar = facts.HearingCalled.RECORDED_BY

    whom: Whom
    set_for: date
    respondent: Handle | None = None
    person: Secret | None = None
    letter_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldHearing(ComplaintCommand):
    """Record that a called hearing took place."""

    FACT: ClassVar = facts.HearingHeld
    ROLES: ClassVar = facts.HearingHeld.RECORDED_BY

    hearing: Number
    minutes: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteStudy(ComplaintCommand):
    """Record the study of some allegations."""

    FACT: ClassVar = facts.StudyCompleted
    ROLES: ClassVar = facts.StudyCompleted.RECORDED_BY

    allegations: frozenset[Number]
    report: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A member at a plenary."""

    handle: Somebody
    who: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """How a plenary voted on one allegation, and how it reads the act; left out, category and kinds stay as alleged."""

    FACT: ClassVar = facts.AllegationDecided

    allegation: Number
    violation: Count
    not_violation: Count
    abstained: Count
    category: Category | None = None
    kinds: frozenset[Kind] | None = None
    reasons: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlenary(ComplaintCommand):
    """Record a plenary with its votes; the decisions follow from them."""

    FACT: ClassVar = facts.PlenaryHeld
    ROLES: ClassVar = facts.PlenaryHeld.RECORDED_BY
    NEEDS_MATCH: ClassVar = True

    present: tuple[Attendee, ...]
    ballots: tuple[Ballot, ...]
    recused: tuple[Somebody, ...] = ()
    votes: Secret | None = None
    dissents: Secret | None = None
    minutes_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceStatus(ComplaintCommand):
    """Tell the complainant and the public where some allegations stand."""

    FACT: ClassVar = facts.StatusAnnounced
    ROLES: ClassVar = facts.StatusAnnounced.RECORDED_BY

    what: Announcement
    allegations: frozenset[Number] = frozenset()
    notice_number: Secret | None = None
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReferral(ComplaintCommand):
    """Send one allegation to another office."""

    FACT: ClassVar = facts.ReferralOffered
    ROLES: ClassVar = facts.ReferralOffered.RECORDED_BY
    NEEDS_MATCH: ClassVar = True

    allegation: Number
    to: StreamId
    track: Track
    study_attached: bool
    letter_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveReferral(ComplaintCommand):
    """Record that a referral arrived, by the receiver's word or by a proof of delivery."""

    FACT: ClassVar = facts.ReferralReceived
    ROLES: ClassVar = facts.ReferralReceived.RECORDED_BY

    referral: Number
    shown_by: ShownBy
    proof: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptReferral(ComplaintCommand):
    """Record that the addressee takes the allegation."""

    FACT: ClassVar = facts.ReferralAccepted
    ROLES: ClassVar = facts.ReferralAccepted.RECORDED_BY

    referral: Number
    their_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReferral(ComplaintCommand):
    """Record that the addressee sends the allegation back."""

    FACT: ClassVar = facts.ReferralReturned
    ROLES: ClassVar = facts.ReferralReturned.RECORDED_BY

    referral: Number
    reason: ReturnReason
    their_number: Secret | None = None
    text: Secret | None = None


IntakeCommand = FileComplaint | NameRespondent | MakeAllegation | ReviewComplaint | RegisterComplaint
ExaminationCommand = CallHearing | HoldHearing | CompleteStudy | HoldPlenary | AnnounceStatus
ReferralCommand = OfferReferral | ReceiveReferral | AcceptReferral | ReturnReferral
AnyComplaintCommand = IntakeCommand | ExaminationCommand | ReferralCommand
