"""What the registry may ask of the register of elections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.command import Command
from ledger.election.facts import (
    ElectionAnnounced,
    ElectionKind,
    ElectionStage,
    PairFixed,
    Regime,
    RevoteOrdered,
    RevoteOrderer,
    StageRecorded,
)
from ledger.values import Name, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceElection(Command):
    """Enter an election into the register."""

    KIND: ClassVar = "election"
    FACT: ClassVar = ElectionAnnounced
    BEGINS: ClassVar = True

    regime: Regime
    kind: ElectionKind
    polling_on: date
    regions: frozenset[Region] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStage(Command):
    """Say when a stage of the schedule runs; the last day is part of it."""

    KIND: ClassVar = "election"
    FACT: ClassVar = StageRecorded

    stage: ElectionStage
    from_: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FixPair(Command):
    """Say on which day the pairs of a region were fixed."""

    KIND: ClassVar = "election"
    FACT: ClassVar = PairFixed

    region: Region
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRevote(Command):
    """Say that a revote was ordered, where, by whom and on which basis."""

    KIND: ClassVar = "election"
    FACT: ClassVar = RevoteOrdered

    regions: frozenset[Region]
    on: date
    ordered_by: RevoteOrderer
    basis: Name
    deadline: date | None = None
    border: frozenset[Region] = frozenset()


ElectionCommand = AnnounceElection | RecordStage | FixPair | OrderRevote
