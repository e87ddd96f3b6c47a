"""Between register and decision: hearings, studies, plenaries with their votes; notices, evidence and conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.complaint.codes import (
    Announcement,
    Category,
    ConflictSource,
    Decision,
    Irregular,
    Kind,
    Stage,
    Whom,
)
from ledger.complaint.facts.people import Present
from ledger.complaint.facts.stages import ANY, GOING_ON
from ledger.parties import Party
from ledger.values import (
    Count,
    Handle,
    Number,
    SealedRef,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the members present and not recused voted on one allegation."""

    allegation: Number
    violation: Count
    not_violation: Count
    abstained: Count


@dataclass(frozen=True, slots=True)
class HearingCalled:
    """Somebody is invited to be heard on a date."""

    TOPIC: ClassVar = "complaint.hearing_called.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"set_for", "person", "letter_number"})

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
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"minutes"})

    hearing: Number
    minutes: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class HearingMissed:
    """Somebody who was called did not come."""

    TOPIC: ClassVar = "complaint.hearing_missed.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"minutes"})

    hearing: Number
    minutes: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class StudyCompleted:
    """A study (kajian) of some allegations is complete and can be attached."""

    TOPIC: ClassVar = "complaint.studied.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.EXAMINER, Party.SUPERVISOR})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"text"})

    study: Number
    allegations: frozenset[Number]
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class PlenaryHeld:
    """The owner's members met with a quorum and voted; seats are the office's on that day."""

    TOPIC: ClassVar = "complaint.plenary_held.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.PLENARY})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"minutes_number"})

    plenary: Number
    seats: Number
    present: tuple[Present, ...]
    tally: tuple[Tally, ...]
    recused: frozenset[Handle] = frozenset()
    irregular: frozenset[Irregular] = frozenset()
    votes: SealedRef | None = None
    dissents: SealedRef | None = None
    minutes_number: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class AllegationDecided:
    """A plenary's majority said of one allegation whether it is a violation, and of what category."""

    TOPIC: ClassVar = "complaint.decided.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.PLENARY})
    FROM: ClassVar = frozenset({Stage.REGISTERED, Stage.DECIDED})
    CORRECTABLE: ClassVar = frozenset({"reasons"})

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
    BY: ClassVar = frozenset({Party.EXAMINER})
    FROM: ClassVar = ANY
    CORRECTABLE: ClassVar = frozenset({"notice_number", "text"})

    what: Announcement
    allegations: frozenset[Number] = frozenset()
    notice_number: SealedRef | None = None
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    """Evidence was added to the file; the digest of its bytes is sealed with its title."""

    TOPIC: ClassVar = "complaint.evidence_added.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.INTAKE, Party.EXAMINER, Party.HOLDER})
    FROM: ClassVar = GOING_ON
    CORRECTABLE: ClassVar = frozenset({"title", "source"})

    evidence: Number
    title: SealedRef | None = None
    digest: SealedRef | None = None
    source: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class ConflictRecorded:
    """A member of staff has a conflict of interest towards a respondent: they may neither decide nor vote."""

    TOPIC: ClassVar = "complaint.conflict_recorded.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.ACTOR, Party.OFFICE_ABOVE})
    FROM: ClassVar = GOING_ON

    actor: Handle
    respondent: Handle
    source: ConflictSource
    kind: SealedRef | None = None
    ground: SealedRef | None = None
