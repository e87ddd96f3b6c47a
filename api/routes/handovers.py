"""Hand-overs: many files in one act, counted on both sides."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Path, Response

from api.asking import ActorDep, AskingDep, CurrentDep, HandingDep, ReceiptOut
from api.bodies.law import NewHandover, NewTally
from api.documents import COMMAND, ERASURE, READING
from api.handovers import HandoverOut, HandoversOut, handovers
from api.handovers import handover as handover_of
from api.routes.cases import told
from ledger.values import StreamId

router = APIRouter(tags=["handovers"])
Handover = Annotated[StreamId, Path(pattern=r"^handover-[0-9a-f]{32}$")]


@router.post("/handovers", **ERASURE)
def offer_handover(body: NewHandover, ask: HandingDep, response: Response) -> ReceiptOut:
    """Pass many files on in one act: manifest and referrals are recorded together, or nothing is."""
    return ask.hand_over(body, response)


@router.post("/handovers/{handover}/tallies", **COMMAND)
def tally_handover(handover: Handover, body: NewTally, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say how many files one's own side counted, and which."""
    return ask.submit(body.to_command(ask.actor, handover), response)


@router.get("/handovers", **READING)
def list_handovers(_actor: ActorDep, house: CurrentDep, response: Response) -> HandoversOut:
    """Every hand-over, and whether both sides counted the same."""
    return cast("HandoversOut", told(handovers(house.views), response).answer)


@router.get("/handovers/{handover}", **READING)
def read_handover(handover: Handover, _actor: ActorDep, house: CurrentDep, response: Response) -> HandoverOut:
    """One hand-over with every file: accepted, returned, or still open on the giving side."""
    return cast("HandoverOut", told(handover_of(house.views, handover), response).answer)
