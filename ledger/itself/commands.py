"""What the operator may ask of the ledger itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.command import Command
from ledger.itself.facts import ClockCorrected, KeyRotated, LedgerClosed
from ledger.values import Name, Vkey


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectClock(Command):
    """Say that the clock had been ahead: this entry's instant may lie before the last one."""

    KIND: ClassVar = "ledger"
    FACT: ClassVar = ClockCorrected

    reason: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLedger(Command):
    """Take no more commands."""

    KIND: ClassVar = "ledger"
    FACT: ClassVar = LedgerClosed

    reason: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKey(Command):
    """Sign checkpoints with another key, from the size on that includes this very fact."""

    KIND: ClassVar = "ledger"
    FACT: ClassVar = KeyRotated

    vkey: Vkey


LedgerCommand = CorrectClock | CloseLedger | RotateKey
