"""What the ledger answers to what its operator asks of it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ledger.command import recorder
from ledger.grounds import Grounds
from ledger.itself.commands import CloseLedger, CorrectClock, LedgerCommand, RotateKey
from ledger.itself.facts import ClockCorrected, KeyRotated, LedgerClosed, LedgerFact
from ledger.itself.state import Ledger, Unopened
from ledger.office.competence import check_registry, check_role
from ledger.refusals import refused
from ledger.values import KeyId, Number, StreamId


def needs(command: LedgerCommand, ledger: Ledger) -> frozenset[StreamId]:
    """The ledger's own stream is read by every decision."""
    del command, ledger
    return frozenset()


def decide(command: LedgerCommand, ledger: Ledger, *, at: datetime, grounds: Grounds) -> tuple[LedgerFact, ...]:
    """The facts that a command makes, or Refused."""
    check_role(recorder(command), command.FACT.BY)
    check_registry(command.act, recorder(command), at, grounds)
    match command:
        case CorrectClock():
            if grounds.last is None or grounds.last <= at:
                raise refused("clock.right", at=at)
            return (ClockCorrected(from_=grounds.last, reason=command.reason),)
        case CloseLedger():
            return (LedgerClosed(command.reason),)
        case RotateKey():
            return (_rotated(command, ledger, grounds),)
        case _:
            assert_never(command)


def _rotated(command: RotateKey, ledger: Ledger, grounds: Grounds) -> KeyRotated:
    """The new key signs from the size on that this fact brings about; the store sees that nothing comes between."""
    if isinstance(ledger, Unopened):
        raise refused("ledger.unopened")
    if command.vkey.partition("+")[0] != ledger.origin:
        raise refused("key.name", origin=ledger.origin)
    if command.vkey in (ledger.vkey, *ledger.retired):
        raise refused("key.known")
    return KeyRotated(
        retired_key_id=KeyId(ledger.vkey.split("+")[1]), vkey=command.vkey, from_size=Number(grounds.size + 1)
    )
