"""What can happen to a hand-over: many files pass from one office to another in one act, and each side counts them.

The manifest stands in a stream of its own; what became of each file stands in the file's own complaint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from ledger.parties import Party
from ledger.values import Count, Digest, Name, Number, StreamId

MOST: Final = 500
"""Items that one manifest holds: more would not fit an entry."""


class Side(StrEnum):
    """Whose count it is: an office that succeeded the giving one may count for both sides."""

    GIVING = "giving"
    TAKING = "taking"


@dataclass(frozen=True, slots=True)
class Item:
    """One file: an allegation of a complaint, and the referral that carries it."""

    complaint: StreamId
    allegation: Number
    referral: Number

    @property
    def line(self) -> str:
        """The file as the digest reads it: three words, one space between them."""
        return f"{self.complaint} {self.allegation} {self.referral}"


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items as a manifest lists them: in the byte order of their lines, so that nobody's order matters."""
    return tuple(sorted(items, key=lambda item: item.line))


def digest_of(items: Iterable[Item]) -> Digest:
    """SHA-256 over `netral-handover/v1` and the lines in byte order, each ended by 0A (docs/hand-overs.md)."""
    lines = "".join(f"{each.line}\n" for each in in_order(items))
    return Digest(hashlib.sha256(f"netral-handover/v1\n{lines}".encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class HandoverOffered:
    """An office passes a set of files on; the items stand in the byte order of their lines, which the digest covers."""

    TOPIC: ClassVar = "handover.offered.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER})

    from_: StreamId
    to: StreamId
    count: Number
    items: tuple[Item, ...]
    digest: Digest
    legal_basis: Name | None = None


@dataclass(frozen=True, slots=True)
class HandoverTallied:
    """One side says how many files it counted, and which, by its own digest."""

    TOPIC: ClassVar = "handover.tallied.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.HOLDER, Party.ADDRESSEE})

    side: Side
    count: Count
    digest: Digest


HandoverFact = HandoverOffered | HandoverTallied
HANDOVER_FACTS = (HandoverOffered, HandoverTallied)
