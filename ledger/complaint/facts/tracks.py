"""Beyond the decision: referrals to other offices, tracks that the owner keeps, and outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.complaint.codes import (
    Irregular,
    OutcomeLevel,
    ReturnReason,
    ShownBy,
    Stage,
    Track,
)
from ledger.parties import Party
from ledger.values import (
    Number,
    OutcomeCode,
    SealedRef,
    StreamId,
    indexed,
)


@dataclass(frozen=True, slots=True)
class ReferralOffered:
    """One allegation was sent to another office (penerusan); binding means that it must act without accepting."""

    TOPIC: ClassVar = "complaint.referral_offered.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER, Party.HOLDER})
    FROM: ClassVar = frozenset({Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"letter_number"})

    referral: Number
    allegation: Number
    to: StreamId
    track: Track
    binding: bool
    study_attached: bool
    handover: StreamId | None = None
    irregular: frozenset[Irregular] = frozenset()
    letter_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class ReferralReceived:
    """A referral arrived: the receiver says so, or the sender holds a proof of delivery."""

    TOPIC: ClassVar = "complaint.referral_received.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.ADDRESSEE, Party.PROXY})
    FROM: ClassVar = frozenset({Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"proof"})

    referral: Number
    shown_by: ShownBy
    proof: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ReferralAccepted:
    """The addressee took the allegation: it is the holder from then on."""

    TOPIC: ClassVar = "complaint.referral_accepted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.ADDRESSEE, Party.PROXY})
    FROM: ClassVar = frozenset({Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"their_number"})

    referral: Number
    their_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class ReferralReturned:
    """The addressee sent the allegation back: it lies on the owner's desk again."""

    TOPIC: ClassVar = "complaint.referral_returned.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.ADDRESSEE, Party.PROXY})
    FROM: ClassVar = frozenset({Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"their_number", "text"})

    referral: Number
    reason: ReturnReason
    their_number: SealedRef | None = field(default=None, metadata=indexed())
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class AllegationRetained:
    """The owner handles an established allegation itself."""

    TOPIC: ClassVar = "complaint.retained.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = frozenset({Stage.DECIDED})

    allegation: Number
    track: Track


@dataclass(frozen=True, slots=True)
class OutcomeRecorded:
    """What the office of a track said of an allegation; added to earlier outcomes, never in their place."""

    TOPIC: ClassVar = "complaint.outcome.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.SUPERVISOR, Party.PROXY})
    FROM: ClassVar = frozenset({Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"decree_number", "text"})

    allegation: Number
    outcome: OutcomeCode
    level: OutcomeLevel
    referral: Number | None = None
    decree_number: SealedRef | None = field(default=None, metadata=indexed())
    text: SealedRef | None = None
