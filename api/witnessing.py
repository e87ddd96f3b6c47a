"""A witness over HTTP (C2SP tlog-witness): add-checkpoint for logs, and reading for whoever watches.

It stands alone: nothing here knows a ledger, so that an agency can run it for the trail of another.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ledger.trail.checkpoint import NoteInvalid
from ledger.trail.merkle import ProofInvalid
from ledger.trail.witness import MAX_REQUEST, Elsewhere, Malformed, UnknownLog, Untrusted, Witness

SIZE_TYPE: Final = "text/x.tlog.size"
STATUSES: Final[Mapping[type[Exception], int]] = {
    UnknownLog: 404,
    Untrusted: 403,
    ProofInvalid: 422,
    NoteInvalid: 400,
    Malformed: 400,
}


def make_witness(witness: Witness) -> Starlette:
    """The application."""

    async def add_checkpoint(request: Request) -> Response:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_REQUEST:
                return PlainTextResponse("no request is as long\n", 400)
        return await run_in_threadpool(_added, witness, bytes(body))

    async def read_checkpoint(request: Request) -> Response:
        return await run_in_threadpool(_latest, witness, request.path_params["origin"])

    async def read_vkey(_request: Request) -> Response:
        return PlainTextResponse(f"{witness.vkey}\n")

    return Starlette(
        routes=[
            Route("/add-checkpoint", add_checkpoint, methods=["POST"]),
            Route("/checkpoint/{origin:path}", read_checkpoint),
            Route("/vkey", read_vkey),
        ]
    )


def serve_witness(witness: Witness, listening: socket.socket) -> None:
    """Serve until interrupted."""
    server = uvicorn.Server(uvicorn.Config(make_witness(witness), log_level="warning"))
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _added(witness: Witness, body: bytes) -> Response:
    try:
        return PlainTextResponse(witness.add(body).decode())
    except Elsewhere as error:
        # Told as a header: of a media type that is text, the library would add the charset, and nobody would trust it.
        return Response(f"{error.size}\n", 409, {"Content-Type": SIZE_TYPE})
    except tuple(STATUSES) as error:
        return _refused(error)


def _latest(witness: Witness, origin: str) -> Response:
    try:
        return PlainTextResponse(witness.latest(origin).decode(), headers={"Cache-Control": "no-cache"})
    except UnknownLog as error:
        return _refused(error)


def _refused(error: Exception) -> Response:
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    return PlainTextResponse(f"{error}\n", status)
