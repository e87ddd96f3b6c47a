"""What can happen to a hand-over: many files pass from one office to another in one act, and each side counts them.

The manifest stands in a stream of its own; what became of each file stands in the file's own complaint.
"""

from __future__ import annotations

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


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items as a manifest lists them and as the digest reads them: by complaint, then by allegation."""
    return tuple(sorted(items, key=lambda item: (item.complaint, item.allegation)))


@dataclass(frozen=True, slots=True)
class HandoverOffered:
    """An office passes a set of files on; the digest is SHA-256 of the items as they stand (docs/hand-overs.md)."""

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
