"""The trail: the signed checkpoint, single entries, and the proofs that tie them together."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.asking import HouseDep, OptionalActorDep
from api.documents import BROKEN, READING
from api.proving import ConsistencyOut, InclusionOut, Prover
from api.routes.paths import Position

router = APIRouter(prefix="/trail", tags=["trail"])
Size = Annotated[int | None, Query(ge=1, le=2**53 - 1, description="Left out, that of the latest checkpoint.")]


def prover_of(house: HouseDep) -> Prover:
    """The trail's reader."""
    return Prover(house)


ProverDep = Annotated[Prover, Depends(prover_of)]


@router.get(
    "/checkpoint",
    response_class=Response,
    responses={**BROKEN, 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_checkpoint(prover: ProverDep) -> Response:
    """The latest signed checkpoint: origin, size and root, in the signed-note format."""
    return Response(
        prover.checkpoint(), media_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=1"}
    )


@router.get(
    "/entries/{position}",
    response_class=Response,
    responses={
        **READING["responses"],
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    },
)
def read_entry(position: Position, actor: OptionalActorDep, prover: ProverDep) -> Response:
    """One entry's bytes, over which its leaf is hashed. Closed topics are for auditors."""
    return Response(prover.entry(position, actor), media_type="application/octet-stream")


@router.get("/proofs/inclusion", **READING)
def prove_inclusion(
    prover: ProverDep, position: Annotated[int, Query(ge=0, le=2**53 - 1)], size: Size = None
) -> InclusionOut:
    """That the entry at a position stands in the sealed trail."""
    return prover.inclusion(position, size)


@router.get("/proofs/consistency", **READING)
def prove_consistency(
    prover: ProverDep, first: Annotated[int, Query(ge=1, le=2**53 - 1)], second: Size = None
) -> ConsistencyOut:
    """That the later trail only added to the earlier one."""
    return prover.consistency(first, second)
