"""What can happen to the rulebook: regulations and calendars are adopted whole, and a list says which are in force.

A fact holds the whole content, so that a replay needs no file; its digest is the SHA-256 of the canonical JSON of that
content, and the registrar makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.parties import Party
from ledger.rulebook.days import YearOfDays
from ledger.rulebook.law import Regulation
from ledger.values import Code, Digest, Number


@dataclass(frozen=True, slots=True)
class RegulationAdopted:
    """The rulebook took in a regulation, or a new edition of one; it is in force once the rulebook names its digest."""

    TOPIC: ClassVar = "rulebook.regulation_adopted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    code: Code
    regulation: Regulation
    digest: Digest


@dataclass(frozen=True, slots=True)
class CalendarAdopted:
    """The rulebook took in the days off of a year; no deadline that has started is changed by it."""

    TOPIC: ClassVar = "calendar.adopted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    year: Number
    calendar: YearOfDays
    digest: Digest


@dataclass(frozen=True, slots=True)
class RulebookAdopted:
    """From here on the regulations and calendars with these digests are in force, and no others."""

    TOPIC: ClassVar = "rulebook.adopted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    digests: frozenset[Digest]
    digest: Digest


RulebookFact = RegulationAdopted | CalendarAdopted | RulebookAdopted
RULEBOOK_FACTS = (RegulationAdopted, CalendarAdopted, RulebookAdopted)
