"""What the registry may ask of the register of elections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.command import Command
from ledger.election.facts import ElectionAnnounced, ElectionKind, Regime
from ledger.values import Region


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


ElectionCommand = AnnounceElection
