"""Receipts: what an office recorded, as text for people, and its own sealed values handed back."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import ActorDep, ConfidantDep, HouseDep
from api.confidential import ConfidentialOut
from api.documents import READING
from api.proving import Prover
from api.receipts import receipt_text
from api.routes.paths import Position

router = APIRouter(prefix="/receipts", tags=["receipts"])


@router.get(
    "/{position}",
    response_class=Response,
    responses={**READING["responses"], 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_receipt(position: Position, actor: ActorDep, house: HouseDep) -> Response:
    """One entry's receipt for people, with its proof once it is sealed. Closed topics: as their bytes."""
    Prover(house).entry(position, actor)  # who may not read the bytes may not read what is told of them
    return Response(receipt_text(house, position), media_type="text/plain; charset=utf-8")


@router.get("/{position}/values", **READING)
def read_recorded_values(position: Position, confidant: ConfidantDep) -> ConfidentialOut:
    """The sealed values of one entry with their salts, for the office that recorded it; the opening is noted."""
    return confidant.recorded_by(position)
