"""What can happen to the ledger itself. Position 0 of every trail is LedgerOpened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from ledger.parties import Party
from ledger.values import Digest, KeyId, LedgerId, Name, Number, Origin, Vkey


class ClockKind(StrEnum):
    """Whether instants come from the machine's clock or were told: every demo says simulated."""

    REAL = "real"
    SIMULATED = "simulated"


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The trail that this one continues: its origin, its last size, its root at that size."""

    origin: Origin
    size: Number
    root: Digest


@dataclass(frozen=True, slots=True)
class LedgerOpened:
    """The ledger began: its identity, the name and key that sign its checkpoints, the kind of its clock."""

    TOPIC: ClassVar = "ledger.opened.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OPERATOR})

    ledger: LedgerId
    origin: Origin
    vkey: Vkey
    clock: ClockKind
    predecessor: Predecessor | None = None


@dataclass(frozen=True, slots=True)
class ClockCorrected:
    """The clock had been ahead: from here on instants are true again, and this entry's own lies before `from`."""

    TOPIC: ClassVar = "ledger.clock_corrected.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OPERATOR})
    STEPS_BACK: ClassVar = True
    """Its own instant may lie before the last one."""

    from_: datetime
    reason: Name


@dataclass(frozen=True, slots=True)
class KeyRotated:
    """From a size on checkpoints are signed with another key; the retired one signs nothing new."""

    TOPIC: ClassVar = "ledger.key_rotated.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OPERATOR})

    RECORDED_BELOW: ClassVar = "from_size"
    """Its own position is below this member: no rotation reaches back."""

    retired_key_id: KeyId
    vkey: Vkey
    from_size: Number


@dataclass(frozen=True, slots=True)
class LedgerClosed:
    """Nothing more is recorded here."""

    TOPIC: ClassVar = "ledger.closed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.OPERATOR})

    reason: Name


LedgerFact = LedgerOpened | ClockCorrected | KeyRotated | LedgerClosed
LEDGER_FACTS = (LedgerOpened, ClockCorrected, KeyRotated, LedgerClosed)
