"""What may be asked of the register of officials."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ledger.command import Command, official_of
from ledger.complaint.codes import ConflictSource, RespondentClass
from ledger.complaint.commands.asked import Attendee
from ledger.erasure import ErasureReason
from ledger.official.facts import (
    OFFICIAL,
    OfficialClassChanged,
    OfficialErased,
    OfficialRecorded,
    RelationKind,
    RelationRecorded,
)
from ledger.values import Name, Person, Plain, Secret, Somebody, StreamId, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOfficial(Command):
    """Enter an official into the register; NIP or NIK find them again."""

    KIND: ClassVar = "official"
    FACT: ClassVar = OfficialRecorded
    BEGINS: ClassVar = True

    official: Somebody
    already: Secret | None = field(default=None, metadata=official_of("official"))
    """Made by the registrar: the stream of this very person, where the register has one."""
    class_: RespondentClass
    since: date
    name: Secret | None = None
    nip: Secret | None = None
    nik: Secret | None = None
    position: Secret | None = None
    unit: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOfficialClass(Command):
    """Say that an official belongs to another class from a date on."""

    KIND: ClassVar = "official"
    FACT: ClassVar = OfficialClassChanged

    class_: RespondentClass
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRelation(Command):
    """Say that an official is related to a member of staff, or to an office; or, with `until`, no longer."""

    KIND: ClassVar = "official"
    FACT: ClassVar = RelationRecorded

    official: Somebody = OFFICIAL
    kind: RelationKind
    source: ConflictSource
    other: Attendee
    office: StreamId | None = None
    """The office that is the other side, or for which the member of staff works: whoever stands above it may say so."""
    until: date | None = None
    ground: Secret | None = None


def staff_side(account: str, name: str | None = None) -> Attendee:
    """The other side of a relation: a member of staff, by name where it is known, else by account."""
    return Attendee(handle=Person("a", (f"staff:{account}",)), who=Plain(name or account))


def office_side(office: StreamId) -> Attendee:
    """The other side of a relation: an office, which has a handle in the official's stream as a person has."""
    return Attendee(handle=Person("a", (office_key(office),)), who=Plain(office))


def office_key(office: StreamId) -> str:
    """What finds an office's handle in an official's stream."""
    return f"office:{office}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseOfficial(Command):
    """Destroy the keys of an official in the official's own stream."""

    KIND: ClassVar = "official"
    FACT: ClassVar = OfficialErased

    of: Subject
    reason: ErasureReason
    basis: Name
    backups_expire_on: date
    second: Attendee


OfficialCommand = RecordOfficial | ChangeOfficialClass | RecordRelation | EraseOfficial
