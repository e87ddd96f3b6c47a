"""The register of officials: everything that identifies a person is sealed."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import AskingDep, ConfidantDep, ReceiptOut
from api.bodies.officials import NewClass, NewOfficial, NewRelation
from api.confidential import ConfidentialOut
from api.documents import COMMAND, READING
from api.routes.paths import Official

router = APIRouter(tags=["officials"])


@router.post("/officials", **COMMAND)
def record_official(body: NewOfficial, ask: AskingDep, response: Response) -> ReceiptOut:
    """Enter an official into the register; NIP or NIK find them again."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/officials/{official}/class", **COMMAND)
def change_class(official: Official, body: NewClass, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say that an official belongs to another class from a date on."""
    return ask.submit(body.to_command(ask.actor, official), response)


@router.post("/officials/{official}/relations", **COMMAND)
def record_relation(official: Official, body: NewRelation, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say what an official is to a member of staff or an office: these have a conflict of interest towards them."""
    return ask.submit(body.to_command(ask.actor, official), response)


@router.get("/officials/{official}", **READING)
def read_official(official: Official, confidant: ConfidantDep) -> ConfidentialOut:
    """Every sealed value of an official; that it was opened is noted."""
    return confidant.official(official)
