"""An election as its facts tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.election.facts import ElectionFact, ElectionKind, Regime
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

    def covers(self, region: Region) -> bool:
        """Whether people vote in a region, or in a part or the whole around it."""
        return not self.regions or any(
            region == each or region.startswith(f"{each}.") or each.startswith(f"{region}.") for each in self.regions
        )


Election = NoElection | KnownElection


def evolve(election: Election, fact: ElectionFact, act: Act) -> Election:
    """The election after one more fact."""
    del election, act
    return KnownElection(fact.regime, fact.kind, fact.polling_on, fact.regions)
