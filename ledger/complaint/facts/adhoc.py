"""The steps of the ethics track of ad hoc people, at KPU or Bawaslu of the regency or city."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.complaint.facts.stages import DECIDED
from ledger.parties import Party
from ledger.values import Number, SealedRef, indexed


@dataclass(frozen=True, slots=True)
class TeamFormed:
    """A team was formed to examine."""

    TOPIC: ClassVar = "adhoc.team_formed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"decree_number"})

    allegation: Number
    decree_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class TeamExamined:
    """The team examined."""

    TOPIC: ClassVar = "adhoc.examined.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"minutes"})

    allegation: Number
    minutes: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class AdhocDecisionExecuted:
    """The decision was executed."""

    TOPIC: ClassVar = "adhoc.executed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"decree_number"})

    allegation: Number
    decree_number: SealedRef | None = field(default=None, metadata=indexed())
