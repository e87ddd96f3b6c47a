"""What can happen to an election. Its regime (Pilkada or Pemilu) stands here and is sent nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ledger.parties import Party
from ledger.values import Region


class Regime(StrEnum):
    """Which law governs: regional-head elections (UU 10/2016) or general elections (UU 7/2017)."""

    PILKADA = "pilkada"
    PEMILU = "pemilu"


class ElectionKind(StrEnum):
    """Who is elected."""

    GOVERNOR = "governor"
    REGENT = "regent"
    MAYOR = "mayor"
    PRESIDENT = "president"
    LEGISLATURE = "legislature"


@dataclass(frozen=True, slots=True)
class ElectionAnnounced:
    """An election will be held in some regions on a polling day."""

    TOPIC: ClassVar = "election.announced.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    regime: Regime
    kind: ElectionKind
    polling_on: date
    regions: frozenset[Region] = frozenset()


ElectionFact = ElectionAnnounced
ELECTION_FACTS = (ElectionAnnounced,)
