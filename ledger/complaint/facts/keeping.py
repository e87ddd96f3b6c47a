"""How a case ends and is taken up again; corrections, erasures and disclosures of what was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ledger.complaint.codes import (
    ClosingReason,
    CorrectionReason,
    Irregular,
    ReopeningReason,
    Stage,
)
from ledger.complaint.facts.people import Present
from ledger.complaint.facts.stages import ANY, ENDED
from ledger.erasure import ErasureReason
from ledger.parties import Party
from ledger.values import (
    Audience,
    MemberPath,
    Name,
    Number,
    PublicValue,
    SealedRef,
    Subject,
    about,
)


@dataclass(frozen=True, slots=True)
class ValueCorrected:
    """A value of an open fact was recorded wrongly, and is now believed to be another; the fact itself stands."""

    TOPIC: ClassVar = "complaint.corrected.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.RECORDING_OFFICE, Party.OWNER})
    FROM: ClassVar = ANY

    version: Number
    member: MemberPath
    reason: CorrectionReason
    value: PublicValue | None = None
    replacement: SealedRef | None = field(default=None, metadata=about("subject"))
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ClosedValueCorrected:
    """As `ValueCorrected`, of a fact whose topic is closed."""

    TOPIC: ClassVar = "complaint.corrected_closed.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.RECORDING_OFFICE, Party.OWNER})
    FROM: ClassVar = ANY

    version: Number
    member: MemberPath
    reason: CorrectionReason
    value: PublicValue | None = None
    replacement: SealedRef | None = field(default=None, metadata=about("subject"))
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintClosed:
    """The owner closed the case: every allegation is final, or the case had ended otherwise."""

    TOPIC: ClassVar = "complaint.closed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = frozenset({Stage.DECIDED, Stage.NOT_REGISTERED, Stage.WITHDRAWN})
    CORRECTABLE: ClassVar = frozenset({"text"})

    reason: ClosingReason
    allegations: frozenset[Number] = frozenset()
    irregular: frozenset[Irregular] = frozenset()
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintReopened:
    """An ended case is taken up again at the stage before its end, and some of its allegations with it."""

    TOPIC: ClassVar = "complaint.reopened.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = ENDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    reason: ReopeningReason
    allegations: frozenset[Number] = frozenset()
    irregular: frozenset[Irregular] = frozenset()
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintPersonErased:
    """The keys of one person in this stream, or of the case, were destroyed: what was sealed under them is gone."""

    TOPIC: ClassVar = "complaint.erased.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.PROTECTION_OFFICER})
    FROM: ClassVar = ANY

    of: Subject
    reason: ErasureReason
    basis: Name
    backups_expire_on: date
    second: Present


@dataclass(frozen=True, slots=True)
class ValueDisclosed:
    """Salt and payload of a sealed value were handed out; what is disclosed cannot be erased."""

    TOPIC: ClassVar = "complaint.disclosed.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = ANY

    version: Number
    member: MemberPath
    to: Audience
    basis: Name
