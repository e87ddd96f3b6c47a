"""An office as its facts tell it, and on which dates it may act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from ledger.office.facts import Level, OfficeEnded, OfficeEstablished, OfficeFact, OfficeKind
from ledger.values import Act, Name, Region, StreamId, Zone


@dataclass(frozen=True, slots=True)
class NoOffice:
    """Nothing has been recorded of such an office."""


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """An office that was established; `ended_on` is the first day on which it could no longer act."""

    kind: OfficeKind
    level: Level
    zone: Zone
    name: Name
    established_on: date
    region: Region | None
    seats: int | None
    parent: StreamId | None
    ended_on: date | None = None
    ended_by: Name | None = None
    successor: StreamId | None = None

    def acts_on(self, day: date) -> bool:
        """Whether the office exists on a date."""
        return self.established_on <= day and (self.ended_on is None or day < self.ended_on)

    def covers(self, region: Region) -> bool:
        """Whether a region lies in the office's own; a national office covers all."""
        return self.region is None or region == self.region or region.startswith(f"{self.region}.")


Office = NoOffice | KnownOffice


def evolve(office: Office, fact: OfficeFact, act: Act) -> Office:
    """The office after one more fact."""
    del act
    match fact:
        case OfficeEstablished():
            return KnownOffice(
                fact.kind, fact.level, fact.zone, fact.name, fact.from_, fact.region, fact.seats, fact.parent
            )
        case OfficeEnded():
            if isinstance(office, NoOffice):
                raise TypeError("an office ended that was never established")
            return replace(office, ended_on=fact.on, ended_by=fact.legal_basis, successor=fact.successor)
        case _:
            assert_never(fact)
