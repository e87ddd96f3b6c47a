"""The steps of the ethics track at DKPP: verification, registration, hearings, a decision read out, its execution."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.complaint.facts.stages import DECIDED
from ledger.complaint.track.codes import DkppResult, DkppStage
from ledger.parties import Party
from ledger.values import Number, SealedRef, indexed


@dataclass(frozen=True, slots=True)
class DkppVerified:
    """DKPP verified the complaint, first its papers, then its substance."""

    TOPIC: ClassVar = "dkpp.verified.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED

    allegation: Number
    stage: DkppStage
    result: DkppResult


@dataclass(frozen=True, slots=True)
class DkppCompleted:
    """The complaint at DKPP was completed in time."""

    TOPIC: ClassVar = "dkpp.completed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED

    allegation: Number


@dataclass(frozen=True, slots=True)
class DkppRegistered:
    """DKPP registered the case."""

    TOPIC: ClassVar = "dkpp.registered.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class DkppHearingHeld:
    """DKPP, or its team in the province, held a hearing, which is open (UU 7/2017 art. 458)."""

    TOPIC: ClassVar = "dkpp.hearing_held.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"minutes"})

    allegation: Number
    minutes: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class DkppDecisionRead:
    """DKPP read out its decision; the outcome of each respondent is recorded beside it.

    `proceeding` numbers the decisions of this case from 1: allegations decided together have the same.
    """

    TOPIC: ClassVar = "dkpp.decision_read.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    proceeding: Number
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class DkppDecisionExecuted:
    """KPU or Bawaslu executed the decision."""

    TOPIC: ClassVar = "dkpp.executed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"decree_number"})

    allegation: Number
    decree_number: SealedRef | None = field(default=None, metadata=indexed())
