"""What the law lets happen to a case besides its ordinary course: extension, joining, delegation, recall, phases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ledger.complaint.codes import DropReason, Phase, RespondentClass, Stage
from ledger.complaint.facts.people import RESPONDENTS
from ledger.complaint.facts.stages import DECIDED, GOING_ON
from ledger.parties import Party
from ledger.values import Handle, Number, SealedRef, StreamId, indexed


@dataclass(frozen=True, slots=True)
class ExaminationExtended:
    """The examination takes longer, within the limit that the law allows (3+2 days, 7 to 14)."""

    TOPIC: ClassVar = "complaint.extended.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER, Party.PLENARY})
    FROM: ClassVar = frozenset({Stage.REGISTERED})
    CORRECTABLE: ClassVar = frozenset({"reason"})

    reason: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintJoined:
    """The case goes on inside another one; it keeps its identity and may be separated again."""

    TOPIC: ClassVar = "complaint.joined.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = GOING_ON
    CORRECTABLE: ClassVar = frozenset({"text"})

    into: StreamId
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintAdmitted:
    """Another case goes on inside this one."""

    TOPIC: ClassVar = "complaint.admitted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = GOING_ON

    joined: StreamId


@dataclass(frozen=True, slots=True)
class ComplaintSeparated:
    """The case stands by itself again, at the stage that it was joined from."""

    TOPIC: ClassVar = "complaint.separated.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = frozenset({Stage.JOINED})
    CORRECTABLE: ClassVar = frozenset({"text"})

    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ComplaintDelegated:
    """The owner passes the complaint to another office of its institution (pelimpahan), which has yet to receive it."""

    TOPIC: ClassVar = "complaint.delegated.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = GOING_ON
    CORRECTABLE: ClassVar = frozenset({"letter_number"})

    to: StreamId
    letter_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class DelegationReceived:
    """The office has the delegated complaint and owns it from then on."""

    TOPIC: ClassVar = "complaint.delegation_received.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.DELEGATE})
    FROM: ClassVar = GOING_ON
    CORRECTABLE: ClassVar = frozenset({"number"})

    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class ComplaintTakenOver:
    """The office above takes the complaint over (pengambilalihan) and owns it from then on."""

    TOPIC: ClassVar = "complaint.taken_over.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OFFICE_ABOVE})
    FROM: ClassVar = GOING_ON
    CORRECTABLE: ClassVar = frozenset({"text"})

    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class RespondentReclassified:
    """A respondent belongs to another class than was recorded: since a day, or all along where none is said."""

    TOPIC: ClassVar = "complaint.respondent_reclassified.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = GOING_ON
    CORRECTABLE: ClassVar = frozenset({"text"})

    respondent: Handle
    class_: RespondentClass
    since: date | None = None
    text: SealedRef | None = field(default=None, metadata=RESPONDENTS)


@dataclass(frozen=True, slots=True)
class ReferralRecalled:
    """The sender takes back a referral that nobody has taken."""

    TOPIC: ClassVar = "complaint.referral_recalled.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER, Party.HOLDER})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    referral: Number
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class AllegationDropped:
    """An allegation ends without decision or outcome: the respondent died, or nothing is left to decide."""

    TOPIC: ClassVar = "complaint.dropped.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OWNER})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"text"})

    allegation: Number
    reason: DropReason
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class PhaseSet:
    """Whether an act lies before or after the pairs were fixed: it says which kind of sanction follows."""

    TOPIC: ClassVar = "complaint.phase_set.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER, Party.PLENARY})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})

    allegation: Number
    phase: Phase
