"""What the operator records of the ledger itself."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import AskingDep, ReceiptOut
from api.bodies.ledgers import ClockCorrection, LedgerClosing
from api.documents import COMMAND

router = APIRouter(prefix="/ledger", tags=["ledger"])


@router.post("/clock-corrections", **COMMAND)
def correct_clock(body: ClockCorrection, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say that the clock had been ahead: from here on instants are true again."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/closing", **COMMAND)
def close_ledger(body: LedgerClosing, ask: AskingDep, response: Response) -> ReceiptOut:
    """Take no more commands, for ever; the ledger is read and verified as before."""
    return ask.submit(body.to_command(ask.actor), response)
