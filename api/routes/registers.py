"""The register of offices."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Response

from api import lists
from api.asking import ActorDep, AskingDep, CurrentDep, ReceiptOut
from api.bodies.registers import NewOffice, OfficeEnd
from api.desks import DeskOut, desk
from api.documents import COMMAND, READING
from api.ended import EndedOfficesOut, ended_offices
from api.lists import OfficesOut
from api.routes.cases import told
from api.routes.paths import Office

router = APIRouter(tags=["register"])


@router.post("/offices", **COMMAND)
def establish_office(body: NewOffice, ask: AskingDep, response: Response) -> ReceiptOut:
    """Enter an office into the register."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/offices/{office}/end", **COMMAND)
def end_office(office: Office, body: OfficeEnd, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say from which day an office may no longer act."""
    return ask.submit(body.to_command(ask.actor, office), response)


@router.get("/offices", **READING)
def list_offices(_actor: ActorDep, house: CurrentDep, response: Response) -> OfficesOut:
    """The register of offices, ended ones too."""
    return cast("OfficesOut", told(lists.offices(house.views), response).answer)


@router.get("/offices/{office}/desk", **READING)
def read_desk(office: Office, _actor: ActorDep, house: CurrentDep, response: Response) -> DeskOut:
    """What waits for an office, oldest first, and its open time limits; with what lies at an office it succeeds."""
    return cast("DeskOut", told(desk(house.views, office, house.clock()), response).answer)


@router.get("/offices/ended", **READING)
def list_ended_offices(_actor: ActorDep, house: CurrentDep, response: Response) -> EndedOfficesOut:
    """The offices that ended, and what of their files was never handed over, or is still under way."""
    return cast("EndedOfficesOut", told(ended_offices(house.views, house.clock), response).answer)
