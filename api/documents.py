"""What the OpenAPI document says of every command and every reading alike."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.asking import ReceiptOut


class ProblemMember(BaseModel):
    """One member of a request that cannot be read; an empty name is the body itself."""

    member: str
    because: str


class AlsoRefused(BaseModel):
    """What else is refused of a command that spans several streams."""

    stream: str
    rule: str
    detail: str
    allowed: str


class Problem(BaseModel):
    """An error (RFC 9457): what was refused, under which rule, and what would be allowed instead."""

    type: str
    title: str
    status: int
    detail: str
    rule: str | None = None
    allowed: str | None = None
    basis: str | None = None
    stream: str | None = None
    others: list[AlsoRefused] | None = None
    member: str | None = None
    members: list[ProblemMember] | None = None
    seen: int | None = None
    now: int | None = None


PROBLEM_SCHEMAS: Final[dict[str, Any]] = models_json_schema(
    [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
)[1]["$defs"]
"""The schemas that the document needs besides those of the routes' own models."""


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


BROKEN: Final[dict[int | str, Any]] = {500: _problem("The ledger's own fault: nothing was recorded")}
_ASKER: Final = {
    **BROKEN,
    401: _problem("No valid token"),
    403: _problem("A token that may not do this, or from beyond loopback"),
    422: _problem("The request cannot be read, or its idempotency key was used for another command"),
    503: _problem("Not now: the same request can be answered shortly (Retry-After)"),
}
COMMAND: Final[dict[str, Any]] = {
    "status_code": 201,
    "response_model": ReceiptOut,
    "response_model_exclude_none": True,
    "responses": {
        200: {"model": ReceiptOut, "description": "A retry: the first receipt again"},
        **_ASKER,
        404: _problem("What the command is addressed to does not exist"),
        409: _problem("The domain refuses it: rule, legal basis, and what would be allowed now"),
        412: _problem("A later fact touches what this command decides"),
        413: _problem("The body is larger than what is read here"),
        415: _problem("The body is not declared to be JSON"),
    },
}
DECIDING_COMMAND: Final[dict[str, Any]] = {
    **COMMAND,
    "responses": {**COMMAND["responses"], 428: _problem("If-Match is missing")},
}
UNREADY: Final[dict[int | str, Any]] = {503: _problem("Not now; ask again shortly")}
READING: Final[dict[str, Any]] = {
    "responses": {**_ASKER, **UNREADY, 404: _problem("There is no such thing here")},
}
_KNOWN: Final[dict[int | str, Any]] = {304: {"description": "What you hold is the same still"}}


def file_of(media_type: str, schema: dict[str, str], responses: dict[int | str, Any]) -> dict[str, Any]:
    """A route that answers with the bytes of a file, which a cache may hold."""
    return {
        "response_class": Response,
        "responses": {**responses, **_KNOWN, 200: {"content": {media_type: {"schema": schema}}}},
    }


PUBLIC: Final[dict[str, Any]] = {
    "responses": {
        **BROKEN,
        **UNREADY,
        404: _problem("There is no such thing here"),
        422: _problem("The request cannot be read"),
    },
}
TEXT: Final = {"type": "string"}
BYTES: Final = {"type": "string", "format": "binary"}
