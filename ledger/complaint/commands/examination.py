"""What is asked between register and decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.complaint import facts
from ledger.complaint.codes import (
    Announcement,
    Category,
    ConflictSource,
    Kind,
    Whom,
)
from ledger.complaint.commands.asked import Attendee, ComplaintCommand
from ledger.values import (
    Count,
    Handle,
    Number,
    Secret,
    Somebody,
)


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
class CallHearing(ComplaintCommand):
    """Invite somebody to be heard."""

    FACT: ClassVar = facts.HearingCalled

    whom: Whom
    set_for: date
    respondent: Handle | None = None
    person: Secret | None = None
    letter_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldHearing(ComplaintCommand):
    """Record that a called hearing took place."""

    FACT: ClassVar = facts.HearingHeld

    hearing: Number
    minutes: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissHearing(ComplaintCommand):
    """Record that somebody who was called did not come."""

    FACT: ClassVar = facts.HearingMissed

    hearing: Number
    minutes: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteStudy(ComplaintCommand):
    """Record the study of some allegations."""

    FACT: ClassVar = facts.StudyCompleted

    allegations: frozenset[Number]
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlenary(ComplaintCommand):
    """Record a plenary with its votes; the decisions follow from them."""

    FACT: ClassVar = facts.PlenaryHeld
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

    what: Announcement
    allegations: frozenset[Number] = frozenset()
    notice_number: Secret | None = None
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence(ComplaintCommand):
    """Add evidence to the file; the digest is the SHA-256 of its bytes, in hex."""

    FACT: ClassVar = facts.EvidenceAdded

    title: Secret
    digest: Secret | None = None
    source: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConflict(ComplaintCommand):
    """Record that a member of staff has a conflict of interest towards a respondent."""

    FACT: ClassVar = facts.ConflictRecorded

    actor: Somebody
    respondent: Handle
    source: ConflictSource
    kind: Secret | None = None
    ground: Secret | None = None
