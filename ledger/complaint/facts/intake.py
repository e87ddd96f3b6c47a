"""From the first word of a case to its register number, and its withdrawal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ledger.complaint.codes import (
    Category,
    Channel,
    FindingOrigin,
    Irregular,
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
from ledger.complaint.facts.people import COMPLAINANTS, RESPONDENTS, WITNESSES, Complainant, Witness
from ledger.complaint.facts.stages import BEFORE_DECIDED, GOING_ON
from ledger.parties import Party
from ledger.values import (
    Handle,
    Number,
    Region,
    SealedRef,
    StreamId,
    about,
    indexed,
)


@dataclass(frozen=True, slots=True)
class ComplaintFiled:
    """A report arrived at an office, which owns the complaint from then on."""

    TOPIC: ClassVar = "complaint.filed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.INTAKE})
    FROM: ClassVar = frozenset({Stage.NOTHING})
    CORRECTABLE: ClassVar = (
        frozenset({"region", "occurred_from", "occurred_until", "known_on", "narrative", "place", "received_number"})
        | COMPLAINANTS
        | WITNESSES
    )

    election: StreamId
    region: Region
    occurred_from: date
    occurred_until: date
    known_on: date
    channel: Channel
    irregular: frozenset[Irregular] = frozenset()
    complainants: tuple[Complainant, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    narrative: SealedRef | None = None
    place: SealedRef | None = None
    received_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class PreliminaryInformationNoted:
    """Preliminary information (informasi awal) to be traced; it says where and when only where it begins the case."""

    TOPIC: ClassVar = "complaint.preliminary_noted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.INTAKE})
    FROM: ClassVar = frozenset({Stage.NOTHING, Stage.RECEIVED})
    CORRECTABLE: ClassVar = (
        frozenset({"region", "occurred_from", "occurred_until", "known_on", "narrative", "place", "source"}) | WITNESSES
    )

    origin: PreliminaryOrigin
    election: StreamId | None = None
    region: Region | None = None
    occurred_from: date | None = None
    occurred_until: date | None = None
    known_on: date | None = None
    channel: Channel | None = None
    irregular: frozenset[Irregular] = frozenset()
    witnesses: tuple[Witness, ...] = ()
    narrative: SealedRef | None = None
    place: SealedRef | None = None
    source: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class TracingRecorded:
    """Tracing (penelusuran) has come to a result, or goes on."""

    TOPIC: ClassVar = "complaint.traced.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.TRACING})
    CORRECTABLE: ClassVar = frozenset({"report"})

    result: TracingResult
    report: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class FindingFixed:
    """A plenary fixed a finding (temuan); it says where and when only where it begins the case."""

    TOPIC: ClassVar = "complaint.finding_fixed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.PLENARY})
    FROM: ClassVar = frozenset({Stage.NOTHING, Stage.TRACING, Stage.WITHDRAWN})
    CORRECTABLE: ClassVar = (
        frozenset({"found_on", "region", "occurred_from", "occurred_until", "known_on", "place", "report", "narrative"})
        | WITNESSES
    )

    found_on: date
    origin: FindingOrigin
    election: StreamId | None = None
    region: Region | None = None
    occurred_from: date | None = None
    occurred_until: date | None = None
    known_on: date | None = None
    channel: Channel | None = None
    irregular: frozenset[Irregular] = frozenset()
    witnesses: tuple[Witness, ...] = ()
    place: SealedRef | None = None
    report: SealedRef | None = None
    narrative: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class RespondentNamed:
    """An official is complained about; `known` says whether the person behind the handle is identified."""

    TOPIC: ClassVar = "complaint.respondent_named.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.INTAKE, Party.EXAMINER})
    FROM: ClassVar = GOING_ON
    CORRECTABLE: ClassVar = frozenset({"name", "position_class", "unit"})

    respondent: Handle
    class_: RespondentClass
    known: bool
    official: SealedRef | None = field(default=None, metadata=RESPONDENTS)
    name: SealedRef | None = field(default=None, metadata=RESPONDENTS)
    position_class: SealedRef | None = field(default=None, metadata=RESPONDENTS)
    unit: SealedRef | None = field(default=None, metadata=RESPONDENTS)


@dataclass(frozen=True, slots=True)
class AllegationMade:
    """One respondent is accused in one category: the unit that decisions and outcomes belong to."""

    TOPIC: ClassVar = "complaint.alleged.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.INTAKE, Party.EXAMINER})
    FROM: ClassVar = GOING_ON

    allegation: Number
    respondent: Handle
    category: Category
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class AllegationRecategorised:
    """An allegation is read as another category or other kinds of act than before."""

    TOPIC: ClassVar = "complaint.recategorised.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER, Party.PLENARY})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"reason"})

    allegation: Number
    category: Category
    kinds: frozenset[Kind] = frozenset()
    reason: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class InitialReviewConcluded:
    """The formal and material requirements were examined; `known_on` is the date found, which the clocks follow."""

    TOPIC: ClassVar = "complaint.reviewed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.RECEIVED})
    CORRECTABLE: ClassVar = frozenset({"known_on", "reasons"})

    formal: bool
    material: bool
    result: ReviewResult
    known_on: date
    missing: frozenset[Requirement] = frozenset()
    reasons: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class CompletionRequested:
    """The complainant was asked, once, to complete the report."""

    TOPIC: ClassVar = "complaint.completion_requested.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.RECEIVED})
    CORRECTABLE: ClassVar = frozenset({"text"})

    items: frozenset[Requirement]
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class CompletionReceived:
    """The complainant completed the report, or a part of what was asked."""

    TOPIC: ClassVar = "complaint.completion_received.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.INTAKE})
    FROM: ClassVar = frozenset({Stage.AWAITING_COMPLETION})
    CORRECTABLE: ClassVar = frozenset({"text"})

    items: frozenset[Requirement]
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class RegistrationRefused:
    """The report is not registered; the case ends here unless it is reopened."""

    TOPIC: ClassVar = "complaint.registration_refused.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.RECEIVED, Stage.AWAITING_COMPLETION, Stage.TRACING, Stage.FOUND})
    CORRECTABLE: ClassVar = frozenset({"text"})

    reason: RefusalReason
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintRegistered:
    """The complaint has a register number and must be decided."""

    TOPIC: ClassVar = "complaint.registered.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.REVIEWED, Stage.FOUND})
    CORRECTABLE: ClassVar = frozenset({"number"})

    kind: RegistrationKind
    number: SealedRef = field(metadata=indexed())
    irregular: frozenset[Irregular] = frozenset()


@dataclass(frozen=True, slots=True)
class ComplaintWithdrawn:
    """A complainant withdrew; the case ends only when no complainant stands any more."""

    TOPIC: ClassVar = "complaint.withdrawn.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.INTAKE})
    FROM: ClassVar = BEFORE_DECIDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    complainant: Handle
    text: SealedRef | None = field(default=None, metadata=about("complainant"))
