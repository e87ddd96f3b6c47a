"""What is asked from the first word of a case to its register number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ledger.command import official_of
from ledger.complaint import facts
from ledger.complaint.codes import (
    Category,
    Channel,
    Kind,
    PreliminaryOrigin,
    RefusalReason,
    RegistrationKind,
    Requirement,
    RespondentClass,
    ReviewResult,
    Stage,
    TracingResult,
)
from ledger.complaint.commands.asked import ComplainantTold, ComplaintCommand, WitnessTold
from ledger.values import (
    Handle,
    Number,
    Region,
    Secret,
    Somebody,
    StreamId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalAsked:
    """Why a reviewed report is not to be registered."""

    FACT: ClassVar = facts.RegistrationRefused

    reason: RefusalReason
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationAsked:
    """To which office of the institution a reviewed report is passed."""

    FACT: ClassVar = facts.ComplaintDelegated

    to: StreamId
    letter_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionAsked:
    """What the complainant is asked to complete."""

    FACT: ClassVar = facts.CompletionRequested

    items: frozenset[Requirement]
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreliminaryAsked:
    """That the report is taken as preliminary information."""

    FACT: ClassVar = facts.PreliminaryInformationNoted

    origin: PreliminaryOrigin = PreliminaryOrigin.REPORT
    narrative: Secret | None = None
    source: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileComplaint(ComplaintCommand):
    """Take in a report; `act.at` is the instant at which it was received."""

    FACT: ClassVar = facts.ComplaintFiled
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
class NotePreliminary(ComplaintCommand):
    """Note preliminary information that did not come as a report; it begins a case that is traced."""

    FACT: ClassVar = facts.PreliminaryInformationNoted
    BEGINS: ClassVar = True
    FROM: ClassVar = frozenset({Stage.NOTHING})

    origin: PreliminaryOrigin
    election: StreamId
    region: Region
    occurred_from: date | None = None
    occurred_until: date | None = None
    known_on: date | None = None
    channel: Channel | None = None
    witnesses: tuple[WitnessTold, ...] = ()
    narrative: Secret | None = None
    place: Secret | None = None
    source: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTracing(ComplaintCommand):
    """Record what tracing says so far."""

    FACT: ClassVar = facts.TracingRecorded

    result: TracingResult
    report: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixFinding(ComplaintCommand):
    """Fix a finding of supervision, which begins a case."""

    FACT: ClassVar = facts.FindingFixed
    BEGINS: ClassVar = True
    FROM: ClassVar = frozenset({Stage.NOTHING})

    found_on: date
    election: StreamId
    region: Region
    occurred_from: date
    occurred_until: date
    witnesses: tuple[WitnessTold, ...] = ()
    narrative: Secret | None = None
    place: Secret | None = None
    report: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueAsFinding(ComplaintCommand):
    """Fix a finding of what was traced, or of a withdrawn report; dates only where the case has none yet."""

    FACT: ClassVar = facts.FindingFixed
    FROM: ClassVar = frozenset({Stage.TRACING, Stage.WITHDRAWN})

    found_on: date
    occurred_from: date | None = None
    occurred_until: date | None = None
    report: Secret | None = None
    narrative: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRespondent(ComplaintCommand):
    """Say whom the complaint is about; `known` tells whether the person is identified."""

    FACT: ClassVar = facts.RespondentNamed

    respondent: Somebody
    class_: RespondentClass
    known: bool
    official: Secret | None = field(default=None, metadata=official_of("respondent"))
    name: Secret | None = None
    position_class: Secret | None = None
    unit: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeAllegation(ComplaintCommand):
    """Accuse one respondent in one category."""

    FACT: ClassVar = facts.AllegationMade

    respondent: Handle
    category: Category
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecategoriseAllegation(ComplaintCommand):
    """Read an allegation as another category or other kinds of act."""

    FACT: ClassVar = facts.AllegationRecategorised

    allegation: Number
    category: Category
    kinds: frozenset[Kind] = frozenset()
    reason: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComplaint(ComplaintCommand):
    """Conclude the initial review; what the result leads to is asked with it, and recorded in the same command."""

    FACT: ClassVar = facts.InitialReviewConcluded
    NEEDS_MATCH: ClassVar = True

    formal: bool
    material: bool
    known_on: date
    result: ReviewResult
    missing: frozenset[Requirement] = frozenset()
    reasons: Secret | None = None
    refusal: RefusalAsked | None = None
    completion: CompletionAsked | None = None
    preliminary: PreliminaryAsked | None = None
    delegation: DelegationAsked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCompletion(ComplaintCommand):
    """Take in what the complainant completed."""

    FACT: ClassVar = facts.CompletionReceived

    items: frozenset[Requirement]
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRegistration(ComplaintCommand):
    """Refuse the registration outside a review."""

    FACT: ClassVar = facts.RegistrationRefused

    reason: RefusalReason
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterComplaint(ComplaintCommand):
    """Give the complaint its register number."""

    FACT: ClassVar = facts.ComplaintRegistered

    kind: RegistrationKind
    number: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawComplaint(ComplaintCommand):
    """Record that one complainant withdrew."""

    FACT: ClassVar = facts.ComplaintWithdrawn

    complainant: Handle
    text: Secret | None = None
