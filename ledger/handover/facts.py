"""What can happen to a hand-over: many files pass from one office to another in one act, and each side counts them.

The manifest stands in a stream of its own; what became of each file stands in the file's own complaint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from ledger.parties import Party
from ledger.values import Count, Digest, Name, Number, StreamId

MOST: Final = 500
"""Items that one manifest holds: more would not fit an entry."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file: an allegation of a complaint, and the referral that carries it."""

    complaint: StreamId
    allegation: Number
    referral: Number


@dataclass(frozen=True, slots=True)
class HandoverOffered:
    """An office passes a set of files on; the digest is that of the items in their order."""

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

    count: Count
    digest: Digest


HandoverFact = HandoverOffered | HandoverTallied
HANDOVER_FACTS = (HandoverOffered, HandoverTallied)
