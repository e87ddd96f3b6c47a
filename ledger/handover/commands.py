"""What may be asked of a hand-over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.command import Command, digest_of
from ledger.handover.facts import HandoverOffered, HandoverTallied, Item
from ledger.values import Count, Digest, Name, StreamId


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHandover(Command):
    """Pass a set of files on; the referrals of the files are asked together with it."""

    KIND: ClassVar = "handover"
    FACT: ClassVar = HandoverOffered
    BEGINS: ClassVar = True

    from_: StreamId
    to: StreamId
    items: tuple[Item, ...]
    legal_basis: Name | None = None
    digest: Digest | None = field(default=None, metadata=digest_of("items"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyHandover(Command):
    """Say how many files one's own side counted, and which."""

    KIND: ClassVar = "handover"
    FACT: ClassVar = HandoverTallied

    count: Count
    digest: Digest


HandoverCommand = OfferHandover | TallyHandover
