"""What is asked at the end of a case, and of what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.complaint import facts
from ledger.complaint.codes import (
    ClosingReason,
    CorrectionReason,
    ReopeningReason,
)
from ledger.complaint.commands.asked import CASE, Attendee, ComplaintCommand
from ledger.erasure import ErasureReason
from ledger.values import (
    Audience,
    MemberPath,
    Name,
    Number,
    PublicValue,
    Secret,
    Subject,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectValue(ComplaintCommand):
    """Correct one recorded value: a date or a region by `value`, a sealed one by `replacement`."""

    FACT: ClassVar[type[facts.ValueCorrected | facts.ClosedValueCorrected]] = facts.ValueCorrected
    NEEDS_MATCH: ClassVar = True

    version: Number
    member: MemberPath
    reason: CorrectionReason
    value: PublicValue | None = None
    subject: Subject = CASE
    replacement: Secret | None = None
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectClosedValue(CorrectValue):
    """Correct one recorded value of a fact whose topic is closed."""

    FACT: ClassVar = facts.ClosedValueCorrected


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseComplaint(ComplaintCommand):
    """Close the case."""

    FACT: ClassVar = facts.ComplaintClosed
    NEEDS_MATCH: ClassVar = True

    reason: ClosingReason
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenComplaint(ComplaintCommand):
    """Take an ended case up again, and some of its allegations with it."""

    FACT: ClassVar = facts.ComplaintReopened
    NEEDS_MATCH: ClassVar = True

    reason: ReopeningReason
    allegations: frozenset[Number] = frozenset()
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson(ComplaintCommand):
    """Destroy the keys of one person in this stream, or of the case."""

    FACT: ClassVar = facts.ComplaintPersonErased

    of: Subject
    reason: ErasureReason
    basis: Name
    backups_expire_on: date
    second: Attendee


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseValue(ComplaintCommand):
    """Hand out salt and payload of a sealed value, for ever."""

    FACT: ClassVar = facts.ValueDisclosed

    version: Number
    member: MemberPath
    to: Audience
    basis: Name
