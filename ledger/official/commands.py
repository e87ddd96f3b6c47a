"""What may be asked of the register of officials."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ledger.command import Command, official_of
from ledger.complaint.codes import RespondentClass
from ledger.complaint.commands.asked import Attendee
from ledger.erasure import ErasureReason
from ledger.official.facts import OfficialClassChanged, OfficialErased, OfficialRecorded
from ledger.values import Name, Secret, Somebody, Subject


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
class EraseOfficial(Command):
    """Destroy the keys of an official in the official's own stream."""

    KIND: ClassVar = "official"
    FACT: ClassVar = OfficialErased

    of: Subject
    reason: ErasureReason
    basis: Name
    backups_expire_on: date
    second: Attendee


OfficialCommand = RecordOfficial | ChangeOfficialClass | EraseOfficial
