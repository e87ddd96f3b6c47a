"""The end of a case and its reopening; corrections, disclosures and erasures: one POST for each command."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import AskingDep, ErasingDep, ReceiptOut
from api.bodies.keeping import Closing, NewCorrection, NewDisclosure, NewErasure, Reopening
from api.documents import COMMAND, DECIDING_COMMAND
from api.routes.paths import Complaint

router = APIRouter(tags=["keeping"])


@router.post("/complaints/{complaint}/corrections", **DECIDING_COMMAND)
def correct_value(complaint: Complaint, body: NewCorrection, ask: AskingDep, response: Response) -> ReceiptOut:
    """Correct one recorded value; the fact itself stands."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/closing", **DECIDING_COMMAND)
def close_complaint(complaint: Complaint, body: Closing, ask: AskingDep, response: Response) -> ReceiptOut:
    """Close the case."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/reopening", **DECIDING_COMMAND)
def reopen_complaint(complaint: Complaint, body: Reopening, ask: AskingDep, response: Response) -> ReceiptOut:
    """Take an ended case up again."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/disclosures", **COMMAND)
def disclose_value(complaint: Complaint, body: NewDisclosure, ask: AskingDep, response: Response) -> ReceiptOut:
    """Hand out a sealed value, for ever."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/erasures", **COMMAND)
def erase_person(body: NewErasure, ask: ErasingDep, response: Response) -> ReceiptOut:
    """Erase a person from every stream; two protection officers ask it, the second by the header Netral-Second."""
    return ask.erase(body.act.to_act(ask.actor), body.to_erasure(ask.second), response)
