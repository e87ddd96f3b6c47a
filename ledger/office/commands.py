"""What the registry may ask of the register of offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.command import Command
from ledger.office.facts import Level, OfficeEnded, OfficeEstablished, OfficeKind
from ledger.values import Name, Number, Region, StreamId, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishOffice(Command):
    """Enter an office into the register."""

    KIND: ClassVar = "office"
    FACT: ClassVar = OfficeEstablished
    BEGINS: ClassVar = True

    kind: OfficeKind
    level: Level
    zone: Zone
    from_: date
    name: Name
    region: Region | None = None
    seats: Number | None = None
    parent: StreamId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOffice(Command):
    """Say from which day an office may no longer act, by which law, and who succeeds it."""

    KIND: ClassVar = "office"
    FACT: ClassVar = OfficeEnded

    on: date
    legal_basis: Name
    successor: StreamId | None = None


OfficeCommand = EstablishOffice | EndOffice
