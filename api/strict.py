"""What every request's body keeps to, before its members are read: JSON in UTF-8, members once, texts that may last.

Python's parser is more generous than RFC 8259 and I-JSON (RFC 7493): it takes UTF-16, NaN, half a surrogate pair, and a
member given twice, of which the last one wins and nobody is told. All of that is refused here, with the member's path.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ledger.codec import FORBIDDEN_SEALED, MAX_DEPTH, MAX_SEALED, NOT_NFC, TOO_DEEP, TOO_LONG, forbidden_character
from ledger.errors import Invalid
from ledger.speech import Said

MAX_VALUES: Final = 20_000
"""How many values a body may hold; the longest plenary has a few thousand."""
SHORT: Final = 16 * 1024
"""Bytes of a body that is checked sooner than another thread could be asked to."""
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}", re.ASCII)
BODILESS: Final = frozenset({"GET", "HEAD"})

NOT_JSON: Final = Said("the body is not JSON in UTF-8", "isi permintaan bukan JSON dalam UTF-8")
NO_NUMBER: Final = Said(
    "the body holds a number that JSON does not know", "isi permintaan memuat bilangan di luar JSON"
)
NO_NAME: Final = Said(
    "holds a member with a name that none has here: up to 60 ASCII letters, digits, _ . and - are",
    "memuat anggota dengan nama yang tidak dipakai di sini: paling banyak 60 huruf ASCII, angka, _ . dan -",
)
TOO_MANY: Final = Said(
    f"the body holds more than {MAX_VALUES} values", f"isi permintaan memuat lebih dari {MAX_VALUES} nilai"
)
TWICE: Final = Said("is given twice", "disebut dua kali")


async def strictly(request: Request) -> None:
    """A dependency of every route: its request's body, if it has one, is spelt in the one way that is read here."""
    if request.method in BODILESS or not (body := await request.body()):
        return
    if not _is_json(request.headers.get("Content-Type", "")):
        raise HTTPException(415, headers={"Accept": "application/json"})
    if len(body) <= SHORT:
        check(body)
    else:
        await run_in_threadpool(check, body)


def check(body: bytes) -> None:
    """Invalid, with the member's path, for a body that is not strict."""
    try:
        held = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Invalid("", NOT_JSON) from error
    _Walk().check(held, "", 1)


class _Doubled(dict[str, Any]):
    """An object of which one member was given twice."""

    name: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) == len(pairs):
        return held
    doubled = _Doubled(held)
    doubled.name = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
    return doubled


def _no_number(_name: str) -> None:
    raise Invalid("", NO_NUMBER)


class _Walk:
    """One way through all values of a body, counting them."""

    def __init__(self) -> None:
        self._values = 0

    def check(self, value: Any, path: str, depth: int) -> None:
        """Refuse the first thing that may not stand where it does."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise Invalid("", TOO_MANY)
        if isinstance(value, str):
            _check_text(value, path)
        elif isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                raise Invalid(path, TOO_DEEP)
            for name, held in _members(value, path):
                self.check(held, f"{path}.{name}" if path else str(name), depth + 1)


def _members(value: dict[str, Any] | list[Any], path: str) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, list):
        return enumerate(value)
    if not all(map(NAME.fullmatch, value)):
        raise Invalid(path, NO_NAME)
    if isinstance(value, _Doubled):
        raise Invalid(f"{path}.{value.name}" if path else value.name, TWICE)
    return value.items()


def _check_text(text: str, path: str) -> None:
    """A text may stand sealed: in an entry fewer characters may, and its members say so themselves."""
    if found := FORBIDDEN_SEALED.search(text):
        raise Invalid(path, forbidden_character(found[0]))
    if len(text.encode()) > MAX_SEALED:
        raise Invalid(path, TOO_LONG)
    if not unicodedata.is_normalized("NFC", text):
        raise Invalid(path, NOT_NFC)


def _is_json(content_type: str) -> bool:
    """Whether a body is declared to be JSON; the framework parses exactly these."""
    media = content_type.partition(";")[0].strip().lower()
    return media == "application/json" or (media.startswith("application/") and media.endswith("+json"))
