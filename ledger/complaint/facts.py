"""What can happen to a complaint, from filing to the return of a referral and the next one.

Each fact says its topic, whether it is open or closed for ever, and in which roles it is recorded. `SealedRef` members
are sealed values; `about` names the handle they concern, the case otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ledger.complaint.codes import (
    Announcement,
    Category,
    Channel,
    Decision,
    Irregularity,
    Kind,
    RefusalReason,
    RegistrationKind,
    Requirement,
    RespondentClass,
    ReturnReason,
    ReviewResult,
    ShownBy,
    Track,
    Whom,
)
from ledger.values import Count, Handle, Number, Region, Role, SealedRef, StreamId, about

_THEIRS = about("handle")
_RESPONDENTS = about("respondent")


@dataclass(frozen=True, slots=True)
class Complainant:
    """Who reports: everything but the handle is sealed."""

    handle: Handle
    name: SealedRef | None = field(default=None, metadata=_THEIRS)
    id_number: SealedRef | None = field(default=None, metadata=_THEIRS)
    address: SealedRef | None = field(default=None, metadata=_THEIRS)
    phone: SealedRef | None = field(default=None, metadata=_THEIRS)
    email: SealedRef | None = field(default=None, metadata=_THEIRS)
    capacity: SealedRef | None = field(default=None, metadata=_THEIRS)


@dataclass(frozen=True, slots=True)
class Witness:
    """Who saw it: everything but the handle is sealed."""

    handle: Handle
    name: SealedRef | None = field(default=None, metadata=_THEIRS)
    address: SealedRef | None = field(default=None, metadata=_THEIRS)
    phone: SealedRef | None = field(default=None, metadata=_THEIRS)


@dataclass(frozen=True, slots=True)
class Present:
    """A member at a plenary; `who` stands at the handle's first use in the stream."""

    handle: Handle
    who: SealedRef | None = field(default=None, metadata=_THEIRS)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the members present and not recused voted on one allegation."""

    allegation: Number
    violation: Count
    not_violation: Count
    abstained: Count


@dataclass(frozen=True, slots=True)
class ComplaintFiled:
    """A report arrived at an office, which owns the complaint from then on."""

    TOPIC: ClassVar = "complaint.filed.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.INTAKE})

    election: StreamId
    region: Region
    occurred_from: date
    occurred_until: date
    known_on: date
    channel: Channel
    irregular: frozenset[Irregularity] = frozenset()
    complainants: tuple[Complainant, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    narrative: SealedRef | None = None
    place: SealedRef | None = None
    received_number: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class RespondentNamed:
    """An official is complained about; `known` says whether the person behind the handle is identified."""

    TOPIC: ClassVar = "complaint.respondent_named.v1"
    OPEN: ClassVar = False
    RECORDED_BY: ClassVar = frozenset({Role.INTAKE, Role.EXAMINER})

    respondent: Handle
    class_: RespondentClass
    known: bool
    official: SealedRef | None = field(default=None, metadata=_RESPONDENTS)
    name: SealedRef | None = field(default=None, metadata=_RESPONDENTS)
    position_class: SealedRef | None = field(default=None, metadata=_RESPONDENTS)
    unit: SealedRef | None = field(default=None, metadata=_RESPONDENTS)


@dataclass(frozen=True, slots=True)
class AllegationMade:
    """One respondent is accused in one category: the unit that decisions and outcomes belong to."""

    TOPIC: ClassVar = "complaint.alleged.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.INTAKE, Role.EXAMINER})

    allegation: Number
    respondent: Handle
    category: Category
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class InitialReviewConcluded:
    """The formal and material requirements were examined; `known_on` is the date found, which the clocks follow."""

    TOPIC: ClassVar = "complaint.reviewed.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER})

    formal: bool
    material: bool
    result: ReviewResult
    known_on: date
    missing: frozenset[Requirement] = frozenset()
    reasons: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class RegistrationRefused:
    """The report is not registered; the case ends here unless it is reopened."""

    TOPIC: ClassVar = "complaint.registration_refused.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER})

    reason: RefusalReason
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintRegistered:
    """The complaint has a register number and must be decided."""

    TOPIC: ClassVar = "complaint.registered.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER})

    kind: RegistrationKind
    number: SealedRef
    irregular: frozenset[Irregularity] = frozenset()


@dataclass(frozen=True, slots=True)
class HearingCalled:
    """Somebody is invited to be heard on a date."""

    TOPIC: ClassVar = "complaint.hearing_called.v1"
    OPEN: ClassVar = False
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER})

    hearing: Number
    whom: Whom
    set_for: date
    respondent: Handle | None = None
    person: SealedRef | None = None
    letter_number: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class HearingHeld:
    """A called hearing took place."""

    TOPIC: ClassVar = "complaint.hearing_held.v1"
    OPEN: ClassVar = False
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER})

    hearing: Number
    minutes: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class StudyCompleted:
    """A study (kajian) of some allegations is complete and can be attached."""

    TOPIC: ClassVar = "complaint.studied.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER})

    study: Number
    allegations: frozenset[Number]
    report: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class PlenaryHeld:
    """The owner's members met with a quorum and voted; seats are the office's on that day."""

    TOPIC: ClassVar = "complaint.plenary_held.v1"
    OPEN: ClassVar = False
    RECORDED_BY: ClassVar = frozenset({Role.PLENARY})

    plenary: Number
    seats: Number
    present: tuple[Present, ...]
    tally: tuple[Tally, ...]
    recused: frozenset[Handle] = frozenset()
    irregular: frozenset[Irregularity] = frozenset()
    votes: SealedRef | None = None
    dissents: SealedRef | None = None
    minutes_number: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class AllegationDecided:
    """A plenary's majority said of one allegation whether it is a violation, and of what category."""

    TOPIC: ClassVar = "complaint.decided.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.PLENARY})

    allegation: Number
    plenary: Number
    decision: Decision
    category: Category
    kinds: frozenset[Kind] = frozenset()
    reasons: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class StatusAnnounced:
    """The complainant and the public were told where some allegations stand."""

    TOPIC: ClassVar = "complaint.status_announced.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER})

    what: Announcement
    allegations: frozenset[Number] = frozenset()
    notice_number: SealedRef | None = None
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ReferralOffered:
    """One allegation was sent to another office (penerusan); binding means that it must act without accepting."""

    TOPIC: ClassVar = "complaint.referral_offered.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.EXAMINER, Role.HOLDER})

    referral: Number
    allegation: Number
    to: StreamId
    track: Track
    binding: bool
    study_attached: bool
    handover: StreamId | None = None
    irregular: frozenset[Irregularity] = frozenset()
    letter_number: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ReferralReceived:
    """A referral arrived: the receiver says so, or the sender holds a proof of delivery."""

    TOPIC: ClassVar = "complaint.referral_received.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.INTAKE, Role.HOLDER, Role.EXAMINER})

    referral: Number
    shown_by: ShownBy
    proof: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ReferralAccepted:
    """The addressee took the allegation: it is the holder from then on."""

    TOPIC: ClassVar = "complaint.referral_accepted.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.INTAKE, Role.HOLDER, Role.EXAMINER})

    referral: Number
    their_number: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ReferralReturned:
    """The addressee sent the allegation back: it lies on the owner's desk again."""

    TOPIC: ClassVar = "complaint.referral_returned.v1"
    OPEN: ClassVar = True
    RECORDED_BY: ClassVar = frozenset({Role.INTAKE, Role.HOLDER, Role.EXAMINER})

    referral: Number
    reason: ReturnReason
    their_number: SealedRef | None = None
    text: SealedRef | None = None


ComplaintFact = (
    ComplaintFiled
    | RespondentNamed
    | AllegationMade
    | InitialReviewConcluded
    | RegistrationRefused
    | ComplaintRegistered
    | HearingCalled
    | HearingHeld
    | StudyCompleted
    | PlenaryHeld
    | AllegationDecided
    | StatusAnnounced
    | ReferralOffered
    | ReferralReceived
    | ReferralAccepted
    | ReferralReturned
)
COMPLAINT_FACTS = (
    ComplaintFiled,
    RespondentNamed,
    AllegationMade,
    InitialReviewConcluded,
    RegistrationRefused,
    ComplaintRegistered,
    HearingCalled,
    HearingHeld,
    StudyCompleted,
    PlenaryHeld,
    AllegationDecided,
    StatusAnnounced,
    ReferralOffered,
    ReferralReceived,
    ReferralAccepted,
    ReferralReturned,
)
FACTS_AT_AN_INSTANT = frozenset({ComplaintFiled, ReferralReceived, HearingHeld, PlenaryHeld})
"""The facts whose act carries `at`; all others carry `on`."""
