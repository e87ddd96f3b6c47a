"""What is asked of allegations that were decided: referral, retention, outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.complaint import facts
from ledger.complaint.codes import (
    OutcomeLevel,
    ReturnReason,
    ShownBy,
    Track,
)
from ledger.complaint.commands.asked import ComplaintCommand
from ledger.values import (
    Number,
    OutcomeCode,
    Secret,
    StreamId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReferral(ComplaintCommand):
    """Send one allegation to another office."""

    FACT: ClassVar = facts.ReferralOffered
    NEEDS_MATCH: ClassVar = True

    allegation: Number
    to: StreamId
    track: Track
    study_attached: bool
    letter_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFile(ComplaintCommand):
    """Pass one file on in a hand-over; asked together with the manifest that names it."""

    FACT: ClassVar = facts.ReferralOffered

    allegation: Number
    referral: Number
    from_: StreamId
    to: StreamId
    handover: StreamId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveReferral(ComplaintCommand):
    """Record that a referral arrived, by the receiver's word or by a proof of delivery."""

    FACT: ClassVar = facts.ReferralReceived

    referral: Number
    shown_by: ShownBy
    proof: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptReferral(ComplaintCommand):
    """Record that the addressee takes the allegation."""

    FACT: ClassVar = facts.ReferralAccepted

    referral: Number
    their_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReferral(ComplaintCommand):
    """Record that the addressee sends the allegation back."""

    FACT: ClassVar = facts.ReferralReturned

    referral: Number
    reason: ReturnReason
    their_number: Secret | None = None
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainAllegation(ComplaintCommand):
    """Handle an established allegation in the owner's own office."""

    FACT: ClassVar = facts.AllegationRetained

    allegation: Number
    track: Track


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOutcome(ComplaintCommand):
    """Record what the office of a track said of an allegation."""

    FACT: ClassVar = facts.OutcomeRecorded

    allegation: Number
    outcome: OutcomeCode
    level: OutcomeLevel
    decree_number: Secret | None = None
    text: Secret | None = None
