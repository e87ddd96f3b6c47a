"""The steps of the criminal track at Sentra Gakkumdu: discussions, investigation, prosecution, court."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.complaint.codes import OutcomeLevel
from ledger.complaint.facts.stages import DECIDED
from ledger.complaint.track.codes import DiscussionResult, Verdict
from ledger.parties import Party
from ledger.values import Number, SealedRef, indexed


@dataclass(frozen=True, slots=True)
class Discussed:
    """Sentra Gakkumdu discussed the case, a first, second or third time."""

    TOPIC: ClassVar = "crime.discussed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"minutes"})

    allegation: Number
    discussion: Number
    result: DiscussionResult
    minutes: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class InvestigationStarted:
    """The police began to investigate."""

    TOPIC: ClassVar = "crime.investigation_started.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class InvestigationStopped:
    """The police stopped the investigation."""

    TOPIC: ClassVar = "crime.investigation_stopped.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    allegation: Number
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class FileSent:
    """The police sent the file to the prosecutor."""

    TOPIC: ClassVar = "crime.file_sent.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class FileReturned:
    """The prosecutor returned the file as incomplete."""

    TOPIC: ClassVar = "crime.file_returned.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"text"})

    allegation: Number
    text: SealedRef | None = None


@dataclass(frozen=True, slots=True)
class FileResubmitted:
    """The police submitted the file again."""

    TOPIC: ClassVar = "crime.resubmitted.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class FileTransferred:
    """The prosecutor transferred the case to the court."""

    TOPIC: ClassVar = "crime.transferred.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class Judged:
    """A court gave its verdict: the district court first, the high court on appeal, which is final."""

    TOPIC: ClassVar = "crime.judged.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED
    CORRECTABLE: ClassVar = frozenset({"number"})

    allegation: Number
    level: OutcomeLevel
    verdict: Verdict
    number: SealedRef | None = field(default=None, metadata=indexed())


@dataclass(frozen=True, slots=True)
class JudgmentAppealed:
    """The verdict was appealed."""

    TOPIC: ClassVar = "crime.appealed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.PROXY})
    FROM: ClassVar = DECIDED

    allegation: Number
