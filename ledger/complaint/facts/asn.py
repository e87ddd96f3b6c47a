"""The steps of the ASN track: verification, recommendation, examination by the authority, sanction, objection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.complaint.facts.stages import DECIDED
from ledger.complaint.track.codes import AppealResult, SanctionClass, SanctionKind, VerificationResult
from ledger.parties import Party
from ledger.values import Code, Number, SealedRef, indexed


@dataclass(frozen=True, slots=True)
class SatgasVerified:
    """The neutrality task force (Satgas) verified the report that reached BKN."""

    TOPIC: ClassVar = "asn.satgas_verified.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.SUPERVISOR, Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    allegation: Number
    result: VerificationResult
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class SanctionRecommended:
    """KASN or BKN recommended a sanction to the personnel authority; the referral that carries it binds.

    `class_` is the class that it recommends, where the letter names one.
    """

    TOPIC: ClassVar = "asn.recommended.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"letter_number"})

    allegation: Number
    referral: Number
    class_: SanctionClass | None = None
    letter_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class AuthorityExamined:
    """The personnel authority examined the respondent (PP 94/2021)."""

    TOPIC: ClassVar = "asn.authority_examined.v1"
    OPEN: ClassVar = False
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"minutes"})

    allegation: Number
    minutes: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class Sanctioned:
    """The personnel authority imposed a sanction, of the present generation or the older one.

    `basis` is the regulation that it rests on; `irregular` names regulations that know no such sanction on that day.
    """

    TOPIC: ClassVar = "asn.sanctioned.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"decree_number"})

    allegation: Number
    class_: SanctionClass
    kind: SanctionKind
    basis: Code
    months: Number | None = None
    irregular: frozenset[Code] = frozenset()
    decree_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class SanctionDelivered:
    """The decree was handed to the respondent."""

    TOPIC: ClassVar = "asn.sanction_delivered.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED

    allegation: Number


@dataclass(frozen=True, slots=True)
class AuthorityReprimanded:
    """BKN or the home ministry reprimanded a personnel authority that does not follow up."""

    TOPIC: ClassVar = "asn.reprimanded.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.SUPERVISOR, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"letter_number"})

    allegation: Number
    letter_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class DataBlocked:
    """BKN suspended the respondent's personnel data or services on the basis of a regulation (Perpres 116/2022)."""

    TOPIC: ClassVar = "asn.data_blocked.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.SUPERVISOR, Party.PROXY})
    FROM: ClassVar = DECIDED

    allegation: Number
    basis: Code


@dataclass(frozen=True, slots=True)
class DataUnblocked:
    """BKN lifted the suspension."""

    TOPIC: ClassVar = "asn.data_unblocked.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.SUPERVISOR, Party.PROXY})
    FROM: ClassVar = DECIDED

    allegation: Number
    basis: Code


@dataclass(frozen=True, slots=True)
class SanctionObjected:
    """The respondent objected to the sanction (PP 79/2021)."""

    TOPIC: ClassVar = "asn.objected.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    allegation: Number
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class SanctionAppealed:
    """The respondent appealed to BPASN."""

    TOPIC: ClassVar = "asn.appealed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    allegation: Number
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class SanctionAppealDecided:
    """Objection or appeal was decided."""

    TOPIC: ClassVar = "asn.appeal_decided.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"decree_number"})

    allegation: Number
    result: AppealResult
    decree_number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class EnteredInIdis:
    """The sanction was entered in I'DIS, BKN's register of discipline."""

    TOPIC: ClassVar = "asn.entered_in_idis.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.SUPERVISOR, Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED

    allegation: Number
