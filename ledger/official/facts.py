"""What can happen to an official: who they are, sealed; which coarse class, and since when.

An official's stream links complaints only through sealed values; whose stream it is, the key store's index finds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final

from ledger.complaint.codes import RespondentClass
from ledger.complaint.facts.people import Present
from ledger.erasure import ErasureReason
from ledger.parties import Party
from ledger.values import Handle, Name, SealedRef, Subject, about

OFFICIAL: Final = Handle("r1")
"""The handle of the official in the official's own stream."""

_THEIRS: Final = about("official")


@dataclass(frozen=True, slots=True)
class OfficialRecorded:
    """An official entered the register: everything that identifies them is sealed."""

    TOPIC: ClassVar = "official.recorded.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.ANY_OFFICE})

    class_: RespondentClass
    since: date
    name: SealedRef | None = field(default=None, metadata=_THEIRS)
    nip: SealedRef | None = field(default=None, metadata=_THEIRS)
    nik: SealedRef | None = field(default=None, metadata=_THEIRS)
    position: SealedRef | None = field(default=None, metadata=_THEIRS)
    unit: SealedRef | None = field(default=None, metadata=_THEIRS)


@dataclass(frozen=True, slots=True)
class OfficialClassChanged:
    """The official belongs to another class from a date on."""

    TOPIC: ClassVar = "official.class_changed.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.ANY_OFFICE})

    class_: RespondentClass
    since: date


@dataclass(frozen=True, slots=True)
class OfficialErased:
    """The keys of the official in this stream were destroyed."""

    TOPIC: ClassVar = "official.erased.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.PROTECTION_OFFICER})

    of: Subject
    reason: ErasureReason
    basis: Name
    backups_expire_on: date
    second: Present


OfficialFact = OfficialRecorded | OfficialClassChanged | OfficialErased
OFFICIAL_FACTS = (OfficialRecorded, OfficialClassChanged, OfficialErased)
