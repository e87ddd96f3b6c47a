"""One attack, and what the matrix says of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import orjson

from api.drill.world import NotHere, World
from ledger.codec import Entry

ADMINISTRATOR: Final = "administrator"
"""Has the database, the disk and the machine's clock; not the signing key."""
SIGNER: Final = "signer"
"""Has all that, and the signing key."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A named attack, who makes it, and how; `residue` is why nobody notices it, where that is so."""

    name: str
    attacker: str
    do: Callable[[World], None]
    residue: str = ""

    @property
    def expected(self) -> str:
        """What the documents say of it."""
        return f"undetected: {self.residue}" if self.residue else "detected"


def body_with(entry: Entry, **members: object) -> Entry:
    """An entry with other members of its body, written as the codec writes: what an insider would take care of."""
    held = orjson.loads(entry.body)
    return replace(entry, body=orjson.dumps(held | members, option=orjson.OPT_SORT_KEYS))


def fresh(entry: Entry) -> Entry:
    """The same act once more, with a nonce and commitments that were never used."""
    body = entry.body
    for _, digest in _sealed(orjson.loads(body)):
        body = body.replace(digest.encode(), secrets.token_hex(32).encode())
    return body_with(replace(entry, body=body), nonce=secrets.token_hex(16))


def _sealed(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "sealed" and isinstance(each, str):
                yield name, each
            yield from _sealed(each)
    if isinstance(value, list):
        for each in value:
            yield from _sealed(each)


def of_topic(rows: Sequence[Entry], topic: str, number: int = 0) -> Entry:
    """An entry of a topic; NotHere where the ledger has none."""
    found = [each for each in rows if each.topic.startswith(topic)]
    if len(found) <= number:
        raise NotHere(f"the ledger has no {topic}")
    return found[number]


def streams(rows: Sequence[Entry], kind: str, least: int) -> list[str]:
    """The streams of a kind; NotHere where there are fewer."""
    found = list(dict.fromkeys(each.stream for each in rows if each.stream.startswith(f"{kind}-")))
    if len(found) < least:
        raise NotHere(f"the ledger has fewer than {least} streams of {kind}")
    return found
