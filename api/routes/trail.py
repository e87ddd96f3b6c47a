"""The trail: the signed checkpoint and its tiles, single entries, and the proofs that tie them together."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.asking import ActorDep, HouseDep, OptionalActorDep
from api.caching import A_SECOND, FOR_EVER, FOR_EVER_TO_THE_ASKER, CachingDep
from api.documents import BYTES, PUBLIC, READING, TEXT, UNREADY, file_of
from api.proving import ConsistencyOut, InclusionOut, Prover
from api.routes.paths import Position
from api.tiling import Tiles

router = APIRouter(prefix="/trail", tags=["trail"])
Size = Annotated[int | None, Query(ge=1, le=2**53 - 1, description="Left out, that of the latest checkpoint.")]
TilePath = Annotated[str, Path(description="<N>[.p/<W>]: the index in groups of three digits, the width if partial.")]
PLAIN: Final = "text/plain; charset=utf-8"
BINARY: Final = "application/octet-stream"


async def tile_name(request: Request, level: str, path: TilePath) -> str:
    """A hash tile's name, as it was asked for: the router's pattern drops a newline at its end."""
    del level, path
    return str(request.scope["path"]).partition("/trail/")[2]


async def bundle_name(request: Request, path: TilePath) -> str:
    """A bundle's name."""
    del path
    return str(request.scope["path"]).partition("/trail/")[2]


async def prover_of(house: HouseDep) -> Prover:
    """The trail's reader."""
    return Prover(house)


async def tiles_of(house: HouseDep) -> Tiles:
    """The trail's files."""
    return Tiles(house)


TileName = Annotated[str, Depends(tile_name)]
BundleName = Annotated[str, Depends(bundle_name)]
ProverDep = Annotated[Prover, Depends(prover_of)]
TilesDep = Annotated[Tiles, Depends(tiles_of)]


@router.get("/checkpoint", **file_of("text/plain", TEXT, PUBLIC["responses"]))
def read_checkpoint(tiles: TilesDep, caching: CachingDep) -> Response:
    """The latest signed checkpoint: origin, size and root, in the signed-note format, with its witnesses' lines."""
    return caching.answer(tiles.checkpoint(), PLAIN, A_SECOND)


@router.get("/tile/entries/{path:path}", **file_of(BINARY, BYTES, READING["responses"]))
def read_bundle(name: BundleName, actor: ActorDep, tiles: TilesDep, caching: CachingDep) -> Response:
    """Up to 256 entries, each after its length in two bytes. For auditors: closed entries are among them."""
    return caching.answer(tiles.bundle(name, actor), BINARY, FOR_EVER_TO_THE_ASKER)


@router.get("/tile/{level}/{path:path}", **file_of(BINARY, BYTES, PUBLIC["responses"]))
def read_tile(name: TileName, tiles: TilesDep, caching: CachingDep) -> Response:
    """Up to 256 hashes of 32 bytes, for ever the same; without a token."""
    return caching.answer(tiles.hashes(name), BINARY, FOR_EVER)


@router.get(
    "/entries/{position}",
    response_class=Response,
    responses={**READING["responses"], 200: {"content": {BINARY: {"schema": BYTES}}}},
)
def read_entry(position: Position, actor: OptionalActorDep, prover: ProverDep) -> Response:
    """One entry's bytes, over which its leaf is hashed. Closed topics are for auditors."""
    return Response(prover.entry(position, actor), media_type=BINARY)


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


@router.get(
    "/proofs/{position}",
    response_class=Response,
    responses={**PUBLIC["responses"], **UNREADY, 200: {"content": {"text/plain": {"schema": TEXT}}}},
)
def read_proof(position: Position, prover: ProverDep) -> Response:
    """One entry's proof as a file for keeping (c2sp.org/tlog-proof@v1). Before it is sealed: 503, ask again shortly."""
    return Response(prover.proof_file(position), media_type=PLAIN)
