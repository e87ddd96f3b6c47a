"""What a database would refuse of an append by its shape, refused before it is queued: one must not fail for others.

A value that cannot be sent at all fails the statement or the call that carries a whole group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.codec import MAX_BODY
from ledger.errors import Broken
from ledger.store.rows import Append
from ledger.values import MAX_INTEGER

STREAM: Final = 50
TOPIC: Final = 100
DIGEST: Final = 32
"""Bytes of a ticket's digests; a commitment is one in hex."""


def require_storable(one: Append) -> None:
    """Broken, for what no caller of the store makes: the codec, the vault and the registrar stand before it."""
    for what, good in _looked_at(one):
        if not good:
            raise Broken(f"the database would refuse an append: {what}")


def _looked_at(one: Append) -> Iterator[tuple[str, bool]]:
    for event in one.events:
        yield "a stream's name", _text(event.stream, STREAM)
        yield "a version", type(event.version) is int and 0 <= event.version <= MAX_INTEGER
        yield "a topic", _text(event.topic, TOPIC)
        yield "a body", type(event.body) is bytes and len(event.body) <= MAX_BODY
    for guard in one.guards:
        yield "a guard", _text(guard.stream, STREAM) and type(guard.version) is int
    for sealed in one.vault:
        yield "a commitment", _text(sealed.commitment, 2 * DIGEST) and len(sealed.commitment) == 2 * DIGEST
        yield "a sealed value", _text(sealed.stream, STREAM) and _text(sealed.of, STREAM) and type(sealed.box) is bytes
    if one.ticket is not None:
        yield "a ticket", all(type(each) is bytes and len(each) == DIGEST for each in _digests(one))
    yield "an instant", one.decided_at is None or one.decided_at.tzinfo is not None


def _digests(one: Append) -> tuple[bytes, ...]:
    return () if one.ticket is None else (one.ticket.scope, one.ticket.fingerprint)


def _text(value: object, most: int) -> bool:
    """ASCII without NUL: what is stored as text is names of ours, and no database cuts or refuses it."""
    return isinstance(value, str) and 0 < len(value) <= most and value.isascii() and "\0" not in value
