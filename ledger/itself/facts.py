"""What can happen to the ledger itself. Position 0 of every trail is LedgerOpened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ledger.values import Digest, LedgerId, Number, Origin, Role, Vkey


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
    RECORDED_BY: ClassVar = frozenset({Role.OPERATOR})

    ledger: LedgerId
    origin: Origin
    vkey: Vkey
    clock: ClockKind
    predecessor: Predecessor | None = None


LedgerFact = LedgerOpened
LEDGER_FACTS = (LedgerOpened,)
