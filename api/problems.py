"""Errors as RFC 9457 problems: the one table from the ledger's tree of errors to HTTP statuses."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ledger import errors

LOG = logging.getLogger("netral.api")

STATUSES: Final[Mapping[type[errors.NetralError], tuple[int, str]]] = {
    errors.Refused: (409, "The domain refuses this"),
    errors.Invalid: (422, "The request cannot be read"),
    errors.KeyReused: (422, "The idempotency key was used for another command"),
    errors.Missing: (404, "There is no such thing here"),
    errors.Conflict: (412, "Something kept moving; send the command again"),
    errors.Stale: (412, "A later fact touches what this command decides"),
    errors.PreconditionMissing: (428, "This act names the version that it was decided on"),
    errors.Unauthenticated: (401, "Say who you are"),
    errors.Denied: (403, "You may not do this"),
    errors.Busy: (503, "Not now; ask again shortly"),
    errors.Broken: (500, "The ledger has stopped at a fault of its own"),
    errors.Unreadable: (500, "A record cannot be read"),
    errors.Diverged: (500, "The trail has diverged"),
    errors.ClockBehind: (500, "The ledger's clock is behind its last record"),
    errors.Misconfigured: (500, "The ledger is not set up correctly"),
}
"""Each leaf of the tree; a class that does not stand here is answered as the nearest one above it."""


def install(app: FastAPI) -> None:
    """Answer every error of an application as a problem."""
    app.add_exception_handler(errors.NetralError, _of_netral)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_anything)


def problem(
    status: int, kind: str, title: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any
) -> JSONResponse:
    """One problem document; members that are empty are left out."""
    body = {"type": f"urn:netral:problem:{kind}", "title": title, "status": status, "detail": detail}
    body |= {name: held for name, held in members.items() if held}
    if status == 401:
        headers = {"WWW-Authenticate": "Bearer"}
    return JSONResponse(body, status, media_type="application/problem+json", headers=headers)


def _of_netral(request: Request, error: Exception) -> JSONResponse:
    leaf = next(kind for kind in type(error).__mro__ if kind in STATUSES)
    status, title = STATUSES[leaf]
    if isinstance(error, errors.Broken):
        LOG.error("%s %s: %s", request.method, request.url.path, error)
        return problem(status, _name(leaf), title, "nothing was recorded; the operator finds the reason in the log")
    if isinstance(error, errors.Refused):
        members: dict[str, Any] = {"rule": error.rule, "allowed": str(error.allowed), "basis": error.basis}
        return problem(status, _name(leaf), title, str(error.because), **members)
    if isinstance(error, errors.Invalid):
        return problem(status, _name(leaf), title, str(error), member=error.member)
    if isinstance(error, errors.Stale):
        return problem(status, _name(leaf), title, str(error), seen=error.seen, now=error.now)
    return problem(status, _name(leaf), title, str(error))


def _of_validation(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise TypeError("the validation handler was given another error") from error
    # The input itself is not echoed: it may be somebody's name.
    found = [{"member": _member(each), "because": each["msg"].removeprefix("Value error, ")} for each in error.errors()]
    first = found[0]
    detail = f"{first['member'] or 'the body'}: {first['because']}"
    return problem(422, "invalid", "The request cannot be read", detail, member=first["member"], members=found)


def _member(found: Mapping[str, Any]) -> str:
    """The member that an error is about, as a path; where a text stops being JSON is no member."""
    return "" if found["type"] == "json_invalid" else ".".join(str(part) for part in found["loc"] if part != "body")


def _of_http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise TypeError("the HTTP handler was given another error") from error
    if error.status_code == 400:
        # FastAPI's word for a body that its parser gives up at: nested too deep, a number too long, no UTF-8.
        return problem(422, "invalid", "The request cannot be read", "the body: it cannot be read as JSON")
    return problem(error.status_code, "http", str(error.detail), str(error.detail), error.headers)


def _of_anything(request: Request, error: Exception) -> JSONResponse:
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "broken", "The ledger failed", "nothing was recorded; the operator finds the reason in the log")


def _name(leaf: type[errors.NetralError]) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in leaf.__name__).lstrip("-")
