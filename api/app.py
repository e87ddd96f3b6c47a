"""The API over one ledger: the routes, and nothing that thinks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from api import problems
from api.beside import Beside, threads_of
from api.describing import describe_commands
from api.documents import PROBLEM_SCHEMAS
from api.lease import Lease
from api.limits import MAX_BODY, BodyLimit
from api.routes import (
    cases,
    catalogue,
    deadlines,
    elections,
    examination,
    feed,
    figures,
    handovers,
    health,
    intake,
    keeping,
    law,
    ledgers,
    officials,
    receipts,
    registers,
    steps,
    tracks,
    trail,
)
from api.strict import strictly
from api.turnstile import MAX_REQUESTS, Turnstile, through
from api.wiring import House

ROUTERS: Final = (
    intake.router,
    examination.router,
    tracks.router,
    keeping.router,
    registers.router,
    elections.router,
    officials.router,
    receipts.router,
    cases.router,
    deadlines.router,
    trail.router,
    feed.router,
    catalogue.router,
    ledgers.router,
    law.router,
    steps.router,
    handovers.router,
    figures.router,
)
"""Everything under /v1."""


def _everything() -> APIRouter:
    router = APIRouter(dependencies=[Depends(strictly)])
    for each in ROUTERS:
        describe_commands(each)
        router.include_router(each, prefix="/v1", dependencies=[Depends(through)])
    router.include_router(health.router)
    return router


EVERYTHING: Final = _everything()
"""Every route, of every application in this process: what FastAPI works out of them is worked out once."""

DESCRIPTION = """
Neutrality complaints against officials, recorded as immutable facts.

Commands are POSTs and answer with a receipt: where each fact stands in the trail. Readings are projections and say the
position that they are true at (`Netral-Position`). Acts that decide on what was read carry `If-Match`.

Whatever is refused is answered as a problem (RFC 9457), in English or, with `Accept-Language: id`, in Indonesian.
"""


def make_app(
    house: House,
    beside: Beside,
    max_body: int = MAX_BODY,
    stop: Callable[[], None] = lambda: None,
    max_requests: int = MAX_REQUESTS,
) -> FastAPI:
    """The application; while it runs, its threads do what is done beside answering.

    `max_body` is in bytes; beyond `max_requests` at work at once, the next is told to come again. `stop` is called if
    the trail can be followed no further.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        lease = Lease(house.folder)
        app.state.following = threads_of(house, beside, stop, lease.held)
        for each in app.state.following:
            each.start()
        yield
        for each in app.state.following:
            each.stop()
        lease.close()

    app = FastAPI(
        title="Netral",
        version="0.1.0",
        description=DESCRIPTION,
        lifespan=lifespan,
        routes=EVERYTHING.routes,
        redirect_slashes=False,  # every path has one spelling
    )
    app.add_middleware(BodyLimit, most=max_body)
    app.state.house = house
    app.state.turnstile = Turnstile(max_requests)
    problems.install(app)
    app.openapi = _document(app)  # type: ignore[method-assign]  # FastAPI's own way of extending its document
    return app


def _document(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The OpenAPI document, with the problem's schema and the bearer token."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            components = made.setdefault("components", {})
            components.setdefault("schemas", {}).update(PROBLEM_SCHEMAS)
            components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
            made["security"] = [{"token": []}, {}]
            app.openapi_schema = made
        return app.openapi_schema

    return document
