"""Errors as RFC 9457 problems: the one table from the ledger's tree of errors to HTTP statuses.

A problem speaks the language that Accept-Language prefers, English where it says nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.languages import preferred
from api.validation import misread
from ledger import errors
from ledger.speech import Language, Said

LOG = logging.getLogger("netral.api")

STATUSES: Final[Mapping[type[errors.NetralError], tuple[int, Said]]] = {
    errors.Refused: (409, Said("The domain refuses this", "Ditolak menurut aturan")),
    errors.Invalid: (422, Said("The request cannot be read", "Permintaan tidak dapat dibaca")),
    errors.KeyReused: (
        422,
        Said("The idempotency key was used for another command", "Kunci idempotensi sudah dipakai untuk perintah lain"),
    ),
    errors.Missing: (404, Said("There is no such thing here", "Tidak ada di sini")),
    errors.Conflict: (
        412,
        Said("Something kept moving; send the command again", "Ada yang terus berubah; kirim lagi perintahnya"),
    ),
    errors.Stale: (
        412,
        Said(
            "A later fact touches what this command decides",
            "Fakta yang lebih baru menyentuh yang diputuskan perintah ini",
        ),
    ),
    errors.PreconditionMissing: (
        428,
        Said("This act names the version that it was decided on", "Tindakan ini menyebut versi yang menjadi dasarnya"),
    ),
    errors.Unauthenticated: (401, Said("Say who you are", "Sebutkan siapa Anda")),
    errors.Denied: (403, Said("You may not do this", "Anda tidak boleh melakukan ini")),
    errors.Busy: (503, Said("Not now; try again shortly", "Belum bisa sekarang; coba lagi sebentar lagi")),
    errors.Broken: (
        500,
        Said("The ledger has stopped at a fault of its own", "Buku besar berhenti karena kesalahannya sendiri"),
    ),
    errors.Unreadable: (500, Said("A record cannot be read", "Sebuah catatan tidak dapat dibaca")),
    errors.Diverged: (500, Said("The trail has diverged", "Jejak telah bercabang")),
    errors.ClockBehind: (
        500,
        Said("The ledger's clock is behind its last record", "Jam buku besar tertinggal dari catatan terakhirnya"),
    ),
    errors.Misconfigured: (
        500,
        Said("The ledger is not set up correctly", "Buku besar tidak disiapkan dengan benar"),
    ),
}
"""Each leaf of the tree; a class that does not stand here is answered as the nearest one above it."""

HEADERS: Final[Mapping[type[errors.NetralError], Mapping[str, str]]] = {
    errors.Unauthenticated: {"WWW-Authenticate": "Bearer"},
    errors.Busy: {"Retry-After": "1"},
}
"""What an answer says beside its problem."""

HTTP: Final[Mapping[int, tuple[str, Said, Said]]] = {
    404: (
        "http",
        Said("There is no such path", "Tidak ada alamat itu"),
        Said("the paths stand in /openapi.json", "alamat yang ada tercantum dalam /openapi.json"),
    ),
    405: (
        "http",
        Said("This path has no such method", "Alamat ini tidak mengenal metode itu"),
        Said("Allow names the methods that it has", "Allow menyebut metode yang dikenalnya"),
    ),
    413: (
        "too-large",
        Said("The body is too large", "Isi permintaan terlalu besar"),
        Said("the body was not read to its end", "isi permintaan tidak dibaca sampai selesai"),
    ),
    415: (
        "media-type",
        Said("The body is of another type than is read here", "Jenis isi permintaan tidak dibaca di sini"),
        Said("send application/json in UTF-8", "kirim application/json dalam UTF-8"),
    ),
}
"""What is refused before the ledger is asked: kind, title and detail by status."""

UNREAD: Final = Said("it cannot be read as JSON", "tidak dapat dibaca sebagai JSON")
UNFORESEEN: Final = Said("The ledger failed", "Buku besar gagal")
IN_THE_LOG: Final = Said(
    "nothing was recorded; the operator finds the reason in the log",
    "tidak ada yang dicatat; operator menemukan sebabnya dalam log",
)
THE_BODY: Final = Said("the body", "isi permintaan")


def install(app: FastAPI) -> None:
    """Answer every error of an application as a problem."""
    app.add_exception_handler(errors.NetralError, _of_netral)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_anything)


def problem(
    request: Request,
    status: int,
    kind: str,
    title: Said,
    detail: Said,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> JSONResponse:
    """One problem document in the asker's language; members that are empty are left out."""
    language = preferred(",".join(request.headers.getlist("Accept-Language")))
    body = {"type": f"urn:netral:problem:{kind}", "title": title, "status": status, "detail": detail}
    body |= {name: held for name, held in members.items() if held}
    return JSONResponse(
        _in(language, body),
        status,
        media_type="application/problem+json",
        headers={**(headers or {}), "Content-Language": language.value, "Vary": "Accept-Language"},
    )


def _in(language: Language, held: Any) -> Any:
    """A value with everything that is said in it in one language."""
    if isinstance(held, Said):
        return held.in_language(language)
    if isinstance(held, dict):
        return {name: _in(language, each) for name, each in held.items()}
    if isinstance(held, list):
        return [_in(language, each) for each in held]
    return held


async def _of_netral(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, errors.NetralError):
        raise TypeError("the handler of the ledger's errors was given another one") from error
    leaf = next(kind for kind in type(error).__mro__ if kind in STATUSES)
    status, title = STATUSES[leaf]
    detail, members = _told(request, error)
    return problem(request, status, _name(leaf), title, detail, HEADERS.get(leaf), **members)


def _told(request: Request, error: errors.NetralError) -> tuple[Said, dict[str, Any]]:
    """What an error says to whoever asked: one sentence, and the members beside it."""
    match error:
        case errors.Broken():
            LOG.error("%s %s: %s", request.method, request.url.path, error)
            return IN_THE_LOG, {}
        case errors.Refused():
            return error.because, {
                "rule": error.rule,
                "allowed": error.allowed,
                "basis": error.basis,
                "stream": error.stream,
                "others": [
                    {"stream": each.stream, "rule": each.rule, "detail": each.because, "allowed": each.allowed}
                    for each in error.others
                ],
            }
        case errors.Invalid():
            return error.said, {"member": error.member}
        case errors.Stale():
            return error.said, {"seen": error.seen, "now": error.now, "stream": error.stream}
        case _:
            return error.said, {}


async def _of_validation(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise TypeError("the validation handler was given another error") from error
    found = misread(error.errors())
    first, because = found[0]["member"], found[0]["because"]
    where = Said(first, first) if first else THE_BODY
    detail = Said(f"{where.en}: {because.en}", f"{where.id}: {because.id}")
    return problem(request, *_row(errors.Invalid), detail, member=first, members=found)


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise TypeError("the HTTP handler was given another error") from error
    if error.status_code == 400:
        # FastAPI's word for a body that its parser gives up at: nested too deep, a number too long, no UTF-8.
        detail = Said(f"{THE_BODY.en}: {UNREAD.en}", f"{THE_BODY.id}: {UNREAD.id}")
        return problem(request, *_row(errors.Invalid), detail)
    said = Said(str(error.detail), str(error.detail))
    kind, title, detail = HTTP.get(error.status_code, ("http", said, said))
    return problem(request, error.status_code, kind, title, detail, error.headers)


async def _of_anything(request: Request, error: Exception) -> JSONResponse:
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(request, 500, _name(errors.Broken), UNFORESEEN, IN_THE_LOG)


def _row(leaf: type[errors.NetralError]) -> tuple[int, str, Said]:
    status, title = STATUSES[leaf]
    return status, _name(leaf), title


def _name(leaf: type[errors.NetralError]) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in leaf.__name__).lstrip("-")
