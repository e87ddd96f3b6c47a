"""A deadline is evidence: it starts as a fact of its own, with its rule, its inputs and its arithmetic written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from ledger.complaint.facts.stages import ANY
from ledger.parties import Party
from ledger.rulebook.law import Doer
from ledger.values import Digest, Name, Number, RuleId, StreamId, Zone


@dataclass(frozen=True, slots=True)
class DeadlineStarted:
    """A time limit began to run, in the same command as the fact that started it; nothing changes it any more.

    `starts_on` or `starts_at` is the date or the instant from which it counts; `due_at` is exclusive. `office` must
    act, or is the one whose desk and zone count where somebody else must (`doer`). `verified` is false where the rule
    or a calendar that it rests on was not read in its source.
    """

    TOPIC: ClassVar = "complaint.deadline_started.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset(Party)
    FROM: ClassVar = ANY

    deadline: Number
    rule: RuleId
    rulebook_digest: Digest
    started_by: Number
    doer: Doer
    office: StreamId
    due_at: datetime
    zone: Zone
    trace: tuple[Name, ...]
    verified: bool
    calendar_digests: frozenset[Digest] = frozenset()
    starts_on: date | None = None
    starts_at: datetime | None = None
    allegation: Number | None = None
    referral: Number | None = None
    replaces: Number | None = None
