"""The words that every concept shares: who acts, who records, when, about whom, and what is sealed.

Instants are aware datetimes in UTC with whole seconds; dates are the acting office's local dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Final, NewType

StreamId = NewType("StreamId", str)
"""`<kind>-<32 hex>`, 128 random bits: it tells neither the hour nor the order."""

Handle = NewType("Handle", str)
"""A person's name inside one stream and nowhere else: r1, k1, w1, a1."""

Region = NewType("Region", str)
"""A Kemendagri code, `PP` or `PP.KK`, never deeper."""

Digest = NewType("Digest", str)
"""SHA-256 in lowercase hex."""

LedgerId = NewType("LedgerId", str)
"""32 hex, 128 random bits."""

Origin = NewType("Origin", str)
"""`<domain>/<first 16 hex of the ledger>`: the name under which checkpoints are signed."""

Vkey = NewType("Vkey", str)
"""A verification key in the signed-note form `name+keyid+base64`."""

KeyId = NewType("KeyId", str)
"""The four bytes of a signed-note key id, in hex."""

Name = NewType("Name", str)
"""A public line of text: an institution's name, a regulation. Never a person's."""

OutcomeCode = NewType("OutcomeCode", str)
"""What the office of a track says: a lowercase code of an open set, such as proven."""

Subject = NewType("Subject", str)
"""Whom sealed values are about: a handle, or `case`."""

MemberPath = NewType("MemberPath", str)
"""Where a value stands in a fact: `narrative`, `complainants[0].name`."""

PublicValue = NewType("PublicValue", str)
"""A corrected public value: a date or a region, as it stands in an entry."""

Audience = NewType("Audience", str)
"""To whom a value is disclosed: an office, or `public`."""

Code = NewType("Code", str)
"""A word of the law as data: lowercase letters, digits and _; an open set."""

RuleId = NewType("RuleId", str)
"""A rule's name for ever: `pk.handle`, `gak.to_court`."""

TopicName = NewType("TopicName", str)
"""A topic, also one that a later release will know."""

Number = NewType("Number", int)
"""Counts things inside a stream, from 1."""

Count = NewType("Count", int)
"""How many, from 0."""

MAX_INTEGER: Final = 2**53 - 1
STREAM = re.compile(r"(ledger|complaint|official|office|election|rulebook|handover)-[0-9a-f]{32}", re.ASCII)


class Zone(StrEnum):
    """Indonesia's three zones; without summer time since 1988, so an offset is all there is."""

    WIB = "wib"
    WITA = "wita"
    WIT = "wit"

    @property
    def offset(self) -> timezone:
        return _OFFSETS[self.value]


_OFFSETS: Final = {name: timezone(timedelta(hours=hours)) for name, hours in (("wib", 7), ("wita", 8), ("wit", 9))}


class Source(StrEnum):
    """How we know of an act: the acting office recorded it itself, a letter says so, it was published."""

    OWN = "own"
    LETTER = "letter"
    PUBLISHED = "published"


class Role(StrEnum):
    """As what a person records or asks."""

    INTAKE = "intake"
    EXAMINER = "examiner"
    PLENARY = "plenary"
    HOLDER = "holder"
    SUPERVISOR = "supervisor"
    REGISTRY = "registry"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    PROTECTION_OFFICER = "protection_officer"


@dataclass(frozen=True, slots=True)
class SealedRef:
    """What stands in an entry for a sealed value: its salted commitment, and nothing else."""

    sealed: Digest


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that the registrar has yet to seal; repr hides it, so that no log carries it."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed value on its way through `decide`: the commitment, and the plain value of this one command."""

    reference: SealedRef
    plain: str = field(repr=False)


Secret = Plain | Sealed
"""A member of a command that will stand sealed in a fact."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is: letter r, k, w or a, and all that finds them again (`nip:…`, `nik:…`, `staff:…`)."""

    letter: str
    keys: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def known_by(cls, letter: str, *keys: str | None) -> Person:
        """Somebody with those keys that are known."""
        return cls(letter, tuple(key for key in keys if key is not None))


Somebody = Person | Handle
"""A person in a command: a Person until the registrar has found the handle."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who acts for an office: the account that finds them again, and the name that is sealed."""

    account: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: a member of staff, for an office, in a role."""

    office: StreamId
    role: Role
    staff: Staff


@dataclass(frozen=True, slots=True)
class Act:
    """Whose act, when by its own claim, how we know: exactly one of `on` (local date) and `at` (instant)."""

    office: StreamId
    source: Source
    on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who records; `who` stands at the handle's first use in the stream."""

    office: StreamId
    role: Role
    actor: Handle
    who: SealedRef | None = None


def indexed() -> dict[str, Any]:
    """Says of a sealed number about the case that the key store's index finds the case by it again."""
    return {"indexed": True}


def about(member: str) -> dict[str, Any]:
    """Says of a sealed member whom it is about: the handle that stands in the sibling `member`. Default: the case."""
    return {"about": member}


def reference(secret: Secret) -> SealedRef:
    """The commitment of a secret; a TypeError here means that a command came past the registrar."""
    if isinstance(secret, Plain):
        raise TypeError("a plain value reached decide: commands are sealed by the registrar first")
    return secret.reference


def optional_reference(secret: Secret | None) -> SealedRef | None:
    """As `reference`, for a member that may be absent."""
    return None if secret is None else reference(secret)


def handle_of(somebody: Somebody) -> Handle:
    """The handle of a person; a TypeError here means that a command came past the registrar."""
    if isinstance(somebody, Person):
        raise TypeError("a person without a handle reached decide: handles are found by the registrar first")
    return somebody


def local_date(instant: datetime, zone: Zone) -> date:
    """The calendar date of an instant where a zone's clocks stand."""
    return instant.astimezone(zone.offset).date()


def legal_days(instant: datetime) -> tuple[date, ...]:
    """The dates of an instant in all three zones: two instants on the same legal days give the same law everywhere."""
    return tuple(local_date(instant, zone) for zone in Zone)


def day_of(act: Act) -> date:
    """The earliest date on which an act may have happened: its own, or its instant's in the westernmost zone."""
    if act.on is not None:
        return act.on
    if act.at is None:
        raise TypeError("an act has neither a date nor an instant")
    return local_date(act.at, Zone.WIB)


Clock = Callable[[], datetime]
