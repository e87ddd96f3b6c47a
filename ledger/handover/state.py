"""A hand-over as its facts tell it: the manifest, and what each side counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from ledger.handover.facts import HandoverFact, HandoverOffered, HandoverTallied, Item, Side
from ledger.values import Act, Digest, Name, StreamId, day_of


@dataclass(frozen=True, slots=True)
class NoHandover:
    """Nothing was handed over."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What one side counted last, and which office counted for it."""

    office: StreamId
    count: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class KnownHandover:
    """A set of files on their way from one office to another."""

    sender: StreamId
    to: StreamId
    items: tuple[Item, ...]
    digest: Digest
    legal_basis: Name | None
    offered_by: StreamId
    """The giving office, or the one that followed it after it ended."""
    offered_on: date
    tallies: Mapping[Side, Tally] = field(default_factory=dict)

    @property
    def agreed(self) -> bool:
        """Whether both sides counted what the manifest says."""
        return all(side in self.tallies and self.fits(self.tallies[side]) for side in Side)

    def fits(self, tally: Tally) -> bool:
        """Whether a side counted exactly the manifest's files."""
        return (tally.count, tally.digest) == (len(self.items), self.digest)


Handover = NoHandover | KnownHandover


def evolve(handover: Handover, fact: HandoverFact, act: Act) -> Handover:
    """The hand-over after one more fact."""
    match fact:
        case HandoverOffered():
            return KnownHandover(
                fact.from_, fact.to, fact.items, fact.digest, fact.legal_basis, act.office, day_of(act)
            )
        case HandoverTallied():
            if isinstance(handover, NoHandover):
                raise TypeError("a hand-over was tallied that was never offered")
            tally = Tally(act.office, fact.count, fact.digest)
            return replace(handover, tallies={**handover.tallies, fact.side: tally})
        case _:
            assert_never(fact)
