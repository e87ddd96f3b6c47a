"""The steps of the administrative track: KPU acts on a recommendation, or executes a decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.complaint.codes import (
    Decision,
)
from ledger.complaint.facts.stages import DECIDED
from ledger.parties import Party
from ledger.values import Number, SealedRef, indexed


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """Bawaslu decided an administrative violation by adjudication (UU 7/2017 art. 461)."""

    TOPIC: ClassVar = "admin.adjudicated.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    decision: Decision
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class RecommendationActedOn:
    """KPU acted on the recommendation (PKPU 15/2024 art. 4)."""

    TOPIC: ClassVar = "admin.acted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"letter_number", "text"})

    allegation: Number
    letter_number: SealedRef | None = field(default=None, metadata=indexed())
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class AdministrativeDecisionExecuted:
    """KPU executed the decision (UU 7/2017 art. 462)."""

    TOPIC: ClassVar = "admin.executed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.EXECUTOR, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"letter_number"})

    allegation: Number
    letter_number: SealedRef | None = field(default=None, metadata=indexed())
