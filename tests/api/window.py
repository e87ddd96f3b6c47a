"""The API as a client on this machine meets it; every answer is held against the OpenAPI document and the trail."""

from __future__ import annotations

import atexit
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api import auth
from api.app import make_app
from api.beside import Beside
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.documents import Problem
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.values import Actor

LOOPBACK = "127.0.0.1"
PROBLEM = "application/problem+json"


DOCUMENT: dict[str, Any] = {}


class Window:
    """The API over one ledger. Nothing follows by itself here: `settle` projects and seals, when a test says so."""

    def __init__(self, house: House, host: str = LOOPBACK) -> None:
        self.house = house
        self.app: FastAPI = make_app(house, Beside(60))
        self.http = TestClient(self.app, client=(host, 50000), raise_server_exceptions=False)
        self.http.portal = portal()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        key: str | None = None,
        seen: str | int | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Response:
        """One request; `seen` is a version, or the text of an If-Match header as it stands."""
        sent = dict(headers or {})
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        if key is not None:
            sent["Idempotency-Key"] = key
        if seen is not None:
            sent["If-Match"] = f'"{seen}"' if isinstance(seen, int) else seen
        before = self.house.store.size()
        if content is not None:
            sent["Content-Type"] = "application/json"
        response = self.http.request(method, path, json=body, content=content, headers=sent, params=params)
        self.check(response, self.house.store.size() - before)
        return response

    def settle(self) -> None:
        """Project and seal everything recorded so far."""
        self.house.follower.catch_up()
        self.house.sealer.seal()

    def check(self, response: Response, recorded: int) -> None:
        """What holds of every answer: its status is documented, a problem is a problem, no error records."""
        method, path = response.request.method.lower(), response.request.url.path
        told = f"{method} {path}: {response.status_code} {response.text[:300]}"
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        documented = documented_responses(document_of(self.app), method, path)
        if documented is not None:
            assert str(response.status_code) in documented, f"not documented: {told}"
            content = documented[str(response.status_code)].get("content", {"": None})
            assert kind in content, f"not documented as {kind}: {told}"
        if response.status_code >= 400:
            assert recorded == 0, f"an error recorded something: {told}"
            assert kind == PROBLEM, f"no problem document: {told}"
            assert response.headers["Content-Language"] in {"en", "id"}, told
            assert response.headers["Vary"] == "Accept-Language", told
            problem = response.json()
            assert {"type", "title", "status", "detail"} <= problem.keys() <= Problem.model_fields.keys(), told
            assert problem["status"] == response.status_code, told
            assert problem["type"].startswith("urn:netral:problem:"), told
            Problem.model_validate(problem)
        elif method == "post" and not path.endswith("/search"):
            self._check_receipt(response, recorded)
        else:
            assert recorded == 0, f"a reading recorded something: {told}"

    def _check_receipt(self, response: Response, recorded: int) -> None:
        """A receipt counts what was recorded, and its headers say the same as its body."""
        receipt = response.json()
        entries = receipt["entries"]
        positions = [each["position"] for each in entries]
        assert positions == list(range(receipt["first"], receipt["last"] + 1))
        assert recorded == (len(entries) if response.status_code == 201 else 0)
        assert receipt["origin"] == self.house.ledger.origin
        assert response.headers["Netral-Position"] == str(receipt["last"])
        assert response.headers["ETag"] == f'"{entries[-1]["version"]}"'
        assert response.headers["Location"] == f"/v1/trail/entries/{receipt['first']}"


@cache
def portal() -> BlockingPortal:
    """The event loop that answers every window; without one, a client makes a thread and a loop for each request."""
    opening = start_blocking_portal()
    atexit.register(opening.__exit__, None, None, None)
    return opening.__enter__()


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something comes true within ten minutes; a machine with nothing to do needs a blink."""
    for _ in range(30_000):
        if holds():
            return True
        time.sleep(0.02)
    return False


def document_of(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: the same for every ledger, so it is made once, from the first application."""
    if not DOCUMENT:
        DOCUMENT.update(app.openapi())
    return DOCUMENT


def documented_responses(document: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    """The documented answers of the operation that a path belongs to; None for a path that no route has."""
    for template, operations in document["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if method in operations and re.fullmatch(pattern, path):
            return cast("dict[str, Any]", operations[method]["responses"])
    return None


@dataclass(frozen=True)
class Desk:
    """One person of one office in one role, at the window with a token of their own."""

    window: Window
    actor: Actor

    @property
    def token(self) -> str:
        return auth.issue(self.window.house.keys, self.actor)

    def post(self, path: str, body: Any, **more: Any) -> Response:
        return self.window.ask("POST", path, body, token=self.token, **more)

    def get(self, path: str, **params: Any) -> Response:
        return self.window.ask("GET", path, token=self.token, params=params)


@dataclass(frozen=True)
class Town:
    """A ledger with the chronicles' offices, its window, and who stands there."""

    window: Window
    clock: SimulatedClock
    offices: Register
    desks: Mapping[str, Desk]

    def __getitem__(self, who: str) -> Desk:
        return self.desks[who]

    def now(self, at: str) -> None:
        """Put the ledger's clock."""
        self.clock.now = instant(at)

    def version(self, complaint: str) -> str:
        """The ETag that a client reads before it decides."""
        self.window.settle()
        return self["auditor"].get(f"/v1/cases/{complaint}").headers["ETag"]
