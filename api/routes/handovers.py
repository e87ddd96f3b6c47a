"""Hand-overs: many files in one act, counted on both sides."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Path, Response

from api.asking import ActorDep, AskingDep, CurrentDep, HandingDep, ReceiptOut
from api.bodies.handovers import HandoverReceipt, NewHandover, NewTally
from api.documents import COMMAND, READING
from api.handovers import HandoverOut, HandoversOut, handover, handovers
from api.routes.cases import told
from ledger.values import StreamId

router = APIRouter(tags=["handovers"])
Handover = Annotated[StreamId, Path(alias="handover", pattern=r"^handover-[0-9a-f]{32}$")]


@router.post("/handovers", **COMMAND)
def offer_handover(body: NewHandover, ask: HandingDep, response: Response) -> ReceiptOut:
    """Pass many files on in one act: manifest and referrals are recorded together, or nothing is."""
    return ask.hand_over(body, response)


@router.post("/handovers/{handover}/receipt", **COMMAND)
def receive_handover(stream: Handover, body: HandoverReceipt, ask: HandingDep, response: Response) -> ReceiptOut:
    """Record that files of a hand-over arrived, all or those that are named; each is then accepted or returned."""
    return ask.receive(body, stream, response)


@router.post("/handovers/{handover}/tallies", **COMMAND)
def tally_handover(stream: Handover, body: NewTally, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say how many files one side counted, and which."""
    return ask.submit(body.to_command(ask.actor, stream), response)


@router.get("/handovers", **READING)
def list_handovers(_actor: ActorDep, house: CurrentDep, response: Response) -> HandoversOut:
    """Every hand-over, what became of its files, and whether both sides counted the same."""
    return cast("HandoversOut", told(handovers(house.views), response).answer)


@router.get("/handovers/{handover}", **READING)
def read_handover(stream: Handover, _actor: ActorDep, house: CurrentDep, response: Response) -> HandoverOut:
    """One hand-over with every file: accepted, returned, or still open on the giving side."""
    return cast("HandoverOut", told(handover(house.views, stream), response).answer)
