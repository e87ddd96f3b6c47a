"""The register of offices and elections."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.asking import AskingDep, ReceiptOut
from api.bodies.registers import NewElection, NewOffice, OfficeEnd
from api.documents import COMMAND
from ledger.values import StreamId

router = APIRouter(tags=["register"])
Office = Annotated[StreamId, Path(pattern=r"^office-[0-9a-f]{32}$")]


@router.post("/offices", **COMMAND)
def establish_office(body: NewOffice, ask: AskingDep, response: Response) -> ReceiptOut:
    """Enter an office into the register."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/offices/{office}/end", **COMMAND)
def end_office(office: Office, body: OfficeEnd, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say from which day an office may no longer act."""
    return ask.submit(body.to_command(ask.actor, office), response)


@router.post("/elections", **COMMAND)
def announce_election(body: NewElection, ask: AskingDep, response: Response) -> ReceiptOut:
    """Enter an election into the register."""
    return ask.submit(body.to_command(ask.actor), response)
