"""An election as its facts tell it: where and when people vote, its stages, its fixed pairs, its revotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from ledger.election.facts import (
    ElectionAnnounced,
    ElectionFact,
    ElectionKind,
    ElectionStage,
    PairFixed,
    Regime,
    RevoteOrdered,
    StageRecorded,
)
from ledger.values import Act, Region


@dataclass(frozen=True, slots=True)
class NoElection:
    """Nothing has been recorded of such an election."""


@dataclass(frozen=True, slots=True)
class KnownElection:
    """An election that was announced; no regions means the whole country."""

    regime: Regime
    kind: ElectionKind
    polling_on: date
    regions: frozenset[Region]
    stages: Mapping[ElectionStage, StageRecorded] = field(default_factory=dict)
    """The schedule as it was said last."""
    pairs: Mapping[Region, date] = field(default_factory=dict)
    """When the pairs of a region were fixed, as it was said last."""
    revotes: tuple[RevoteOrdered, ...] = ()

    def covers(self, region: Region) -> bool:
        """Whether people vote in a region, or in a part or the whole around it."""
        return not self.regions or any(
            region == each or region.startswith(f"{each}.") or each.startswith(f"{region}.") for each in self.regions
        )

    def pairs_fixed_on(self, region: Region) -> date | None:
        """When the pairs for whom a region votes were fixed: its own, or those of the province around it."""
        found = (self.pairs.get(each) for each in (region, Region(region[:2])))
        return next((day for day in found if day is not None), None)


Election = NoElection | KnownElection


def evolve(election: Election, fact: ElectionFact, act: Act) -> Election:
    """The election after one more fact."""
    del act
    if isinstance(fact, ElectionAnnounced):
        return KnownElection(fact.regime, fact.kind, fact.polling_on, fact.regions)
    if isinstance(election, NoElection):
        raise TypeError(f"{type(fact).__name__} of an election that was never announced")
    match fact:
        case StageRecorded():
            return replace(election, stages={**election.stages, fact.stage: fact})
        case PairFixed():
            return replace(election, pairs={**election.pairs, fact.region: fact.on})
        case RevoteOrdered():
            return replace(election, revotes=(*election.revotes, fact))
        case _:
            assert_never(fact)
