"""The register of elections: announced, their stages, the pairs as fixed, revotes as ordered."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Response

from api.asking import ActorDep, AskingDep, CurrentDep, ReceiptOut
from api.bodies.elections import NewPairFixing, NewRevote, NewStage
from api.bodies.registers import NewElection
from api.documents import COMMAND, READING
from api.elections import ElectionsOut, elections
from api.routes.cases import told
from api.routes.paths import Election

router = APIRouter(tags=["register"])


@router.post("/elections", **COMMAND)
def announce_election(body: NewElection, ask: AskingDep, response: Response) -> ReceiptOut:
    """Enter an election into the register."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/elections/{election}/stages", **COMMAND)
def record_stage(election: Election, body: NewStage, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say when a stage of an election's schedule runs; recorded anew, it was moved."""
    return ask.submit(body.to_command(ask.actor, election), response)


@router.post("/elections/{election}/pairs", **COMMAND)
def fix_pair(election: Election, body: NewPairFixing, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say on which day the pairs of a region were fixed: acts before it are ethics, acts after it discipline."""
    return ask.submit(body.to_command(ask.actor, election), response)


@router.post("/elections/{election}/revotes", **COMMAND)
def order_revote(election: Election, body: NewRevote, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say that a revote was ordered, where, by whom, and until when it is held."""
    return ask.submit(body.to_command(ask.actor, election), response)


@router.get("/elections", **READING)
def list_elections(_actor: ActorDep, house: CurrentDep, response: Response) -> ElectionsOut:
    """The register of elections, each with its stages, the days on which pairs were fixed, and its revotes."""
    return cast("ElectionsOut", told(elections(house.views), response).answer)
