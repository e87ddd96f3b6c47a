"""What a database would refuse of an append by its shape, refused before it is queued: one must not fail for others.

A value that cannot be sent at all fails the statement or the call that carries a whole group.
"""

from __future__ import annotations

import re
from typing import Final

from ledger.codec import MAX_BODY
from ledger.errors import Broken
from ledger.store.rows import Append
from ledger.values import MAX_INTEGER

# ASCII without NUL: what is stored as text is names of ours, and no database cuts or refuses it. By expressions, which
# is one step each: this is looked at for every append, and right nearly always.
NAME: Final = re.compile(r"[\x01-\x7f]{1,50}")
TOPIC: Final = re.compile(r"[\x01-\x7f]{1,100}")
COMMITMENT: Final = re.compile(r"[\x01-\x7f]{64}")
DIGEST: Final = 32
"""Bytes of a ticket's digests; a commitment is one in hex."""


def require_storable(one: Append) -> None:
    """Broken, for what no caller of the store makes: the codec, the vault and the registrar stand before it."""
    try:
        wrong = _wrong(one)
    except TypeError as error:
        wrong = str(error)
    if wrong:
        raise Broken(f"the database would refuse an append: {wrong}")


def _wrong(one: Append) -> str:
    for event in one.events:
        if not NAME.fullmatch(event.stream):
            return "a stream's name"
        if type(event.version) is not int or not 0 <= event.version <= MAX_INTEGER:
            return "a version"
        if not TOPIC.fullmatch(event.topic):
            return "a topic"
        if type(event.body) is not bytes or len(event.body) > MAX_BODY:
            return "a body"
    for guard in one.guards:
        if not NAME.fullmatch(guard.stream) or type(guard.version) is not int:
            return "a guard"
    for sealed in one.vault:
        if not COMMITMENT.fullmatch(sealed.commitment):
            return "a commitment"
        if not NAME.fullmatch(sealed.stream) or not NAME.fullmatch(sealed.of) or type(sealed.box) is not bytes:
            return "a sealed value"
    if one.ticket is not None:
        for digest in (one.ticket.scope, one.ticket.fingerprint):
            if type(digest) is not bytes or len(digest) != DIGEST:
                return "a ticket"
    return "an instant" if one.decided_at is not None and one.decided_at.tzinfo is None else ""
