"""What can happen to an official: who they are, sealed; which coarse class, since when; to whom they are related.

An official's stream links complaints only through sealed values; whose stream it is, the key store's index finds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from ledger.complaint.codes import ConflictSource, RespondentClass
from ledger.complaint.facts.people import Present
from ledger.erasure import ErasureReason
from ledger.parties import Party
from ledger.values import Handle, Name, SealedRef, Subject, about

OFFICIAL: Final = Handle("r1")
"""The handle of the official in the official's own stream."""

_THEIRS: Final = about("official")


class RelationKind(StrEnum):
    """What an official is to a member of staff, or (head, member) to an office."""

    SAME_UNIT = "same_unit"
    KIN = "kin"
    PARTY = "party"
    EARLIER_CASE = "earlier_case"
    SAME_PERSON = "same_person"
    HEAD = "head"
    MEMBER = "member"


TO_OFFICES: Final = frozenset({RelationKind.HEAD, RelationKind.MEMBER})
"""The kinds whose other side is an office; all others are towards a member of staff."""


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
class RelationRecorded:
    """The official is related to a member of staff or an office, so that these have a conflict of interest.

    The other side stands as a handle of this stream alone, whether it is a person or an office. `until` is the day from
    which the relation no longer stands; what complaints copied of it before stays.
    """

    TOPIC: ClassVar = "official.relation_recorded.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.ACTOR, Party.OFFICE_ABOVE, Party.ANY_OFFICE})

    kind: RelationKind
    source: ConflictSource
    other: Present
    until: date | None = None
    ground: SealedRef | None = field(default=None, metadata=_THEIRS)


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


OfficialFact = OfficialRecorded | OfficialClassChanged | RelationRecorded | OfficialErased
OFFICIAL_FACTS = (OfficialRecorded, OfficialClassChanged, RelationRecorded, OfficialErased)
