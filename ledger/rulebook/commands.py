"""What the registry may ask of the rulebook. A ledger has one, and its stream is known without a search."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.command import Command, digest_of
from ledger.rulebook.days import YearOfDays
from ledger.rulebook.facts import CalendarAdopted, RegulationAdopted, RulebookAdopted
from ledger.rulebook.law import Regulation
from ledger.values import Digest, StreamId


def rulebook_of(ledger: StreamId) -> StreamId:
    """The stream of a ledger's rulebook: the ledger's own 32 hex digits, under another kind."""
    return StreamId(f"rulebook-{ledger.partition('-')[2]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRegulation(Command):
    """Take in a regulation, whole."""

    KIND: ClassVar = "rulebook"
    FACT: ClassVar = RegulationAdopted

    regulation: Regulation
    digest: Digest | None = field(default=None, metadata=digest_of("regulation"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptCalendar(Command):
    """Take in the days off of a year."""

    KIND: ClassVar = "rulebook"
    FACT: ClassVar = CalendarAdopted

    calendar: YearOfDays
    digest: Digest | None = field(default=None, metadata=digest_of("calendar"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRulebook(Command):
    """Say which of the regulations and calendars that were taken in are in force."""

    KIND: ClassVar = "rulebook"
    FACT: ClassVar = RulebookAdopted

    digests: frozenset[Digest]
    digest: Digest | None = field(default=None, metadata=digest_of("digests"))


RulebookCommand = AdoptRegulation | AdoptCalendar | AdoptRulebook
