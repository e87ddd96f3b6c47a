"""The ledger as its own facts tell it: not there, open under an origin, or closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from ledger.itself.facts import ClockCorrected, ClockKind, KeyRotated, LedgerClosed, LedgerFact, LedgerOpened
from ledger.values import Act, LedgerId, Origin, Vkey


@dataclass(frozen=True, slots=True)
class Unopened:
    """Nothing has been recorded yet."""


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """The ledger takes commands; `vkey` is the newest key that its facts name."""

    ledger: LedgerId
    origin: Origin
    vkey: Vkey
    clock: ClockKind
    retired: tuple[Vkey, ...] = ()
    """The keys before it, oldest first: none of them signs again."""


@dataclass(frozen=True, slots=True)
class ClosedLedger:
    """The ledger takes no more commands; it is read and verified as before."""

    ledger: LedgerId
    origin: Origin
    vkey: Vkey
    clock: ClockKind
    retired: tuple[Vkey, ...] = ()


Ledger = Unopened | OpenLedger | ClosedLedger


def evolve(ledger: Ledger, fact: LedgerFact, act: Act) -> Ledger:
    """The ledger after one more fact."""
    del act
    match fact:
        case LedgerOpened():
            return OpenLedger(fact.ledger, fact.origin, fact.vkey, fact.clock)
        case ClockCorrected():
            return ledger
        case KeyRotated():
            before = _opened(ledger)
            return replace(before, vkey=fact.vkey, retired=(*before.retired, before.vkey))
        case LedgerClosed():
            known = _opened(ledger)
            return ClosedLedger(known.ledger, known.origin, known.vkey, known.clock, known.retired)
        case _:
            assert_never(fact)


def _opened(ledger: Ledger) -> OpenLedger | ClosedLedger:
    if isinstance(ledger, Unopened):
        raise TypeError("a fact of a ledger that was never opened")
    return ledger
