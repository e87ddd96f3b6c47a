"""The ledger as its own facts tell it: not there, or open under an origin."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.itself.facts import ClockKind, LedgerFact
from ledger.values import Act, LedgerId, Origin, Vkey


@dataclass(frozen=True, slots=True)
class Unopened:
    """Nothing has been recorded yet."""


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """The ledger takes commands."""

    ledger: LedgerId
    origin: Origin
    vkey: Vkey
    clock: ClockKind


Ledger = Unopened | OpenLedger


def evolve(ledger: Ledger, fact: LedgerFact, act: Act) -> Ledger:
    """The ledger after one more fact."""
    del ledger, act
    return OpenLedger(fact.ledger, fact.origin, fact.vkey, fact.clock)
