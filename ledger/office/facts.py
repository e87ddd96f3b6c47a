"""What can happen to an office: an institution's unit that acts, at one level, for one region.

Offices below the regency have no stream; their acts are recorded under the regency's office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ledger.parties import Party
from ledger.values import Name, Number, Region, StreamId, Zone


class OfficeKind(StrEnum):
    """The institutions that act in these cases (docs/facts.md has their Indonesian names)."""

    BAWASLU = "bawaslu"
    KPU = "kpu"
    DKPP = "dkpp"
    KASN = "kasn"
    BKN = "bkn"
    HOME_MINISTRY = "home_ministry"
    PERSONNEL_AUTHORITY = "personnel_authority"
    GAKKUMDU = "gakkumdu"
    OTHER = "other"


class Level(StrEnum):
    """National, province (provinsi), regency or city (kabupaten/kota)."""

    NATIONAL = "national"
    PROVINCE = "province"
    REGENCY = "regency"


@dataclass(frozen=True, slots=True)
class OfficeEstablished:
    """An office may act from a date on; seats count the members of its plenary."""

    TOPIC: ClassVar = "office.established.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    kind: OfficeKind
    level: Level
    zone: Zone
    from_: date
    name: Name
    region: Region | None = None
    seats: Number | None = None
    parent: StreamId | None = None


@dataclass(frozen=True, slots=True)
class OfficeEnded:
    """An office may no longer act from a date on; its competence passes to the successor, its files do not."""

    TOPIC: ClassVar = "office.ended.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    on: date
    legal_basis: Name
    successor: StreamId | None = None


OfficeFact = OfficeEstablished | OfficeEnded
OFFICE_FACTS = (OfficeEstablished, OfficeEnded)
