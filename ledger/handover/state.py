"""A hand-over as its facts tell it: the manifest, and what each side counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from ledger.handover.facts import HandoverFact, HandoverOffered, HandoverTallied, Item
from ledger.values import Act, Digest, StreamId


@dataclass(frozen=True, slots=True)
class NoHandover:
    """Nothing was handed over."""


@dataclass(frozen=True, slots=True)
class KnownHandover:
    """A set of files on their way from one office to another."""

    sender: StreamId
    to: StreamId
    items: tuple[Item, ...]
    digest: Digest
    tallies: Mapping[StreamId, tuple[int, Digest]] = field(default_factory=dict)
    """What each side counted, by office."""

    @property
    def agreed(self) -> bool:
        """Whether both sides counted what the manifest says."""
        counted = (len(self.items), self.digest)
        return len(self.tallies) > 1 and all(each == counted for each in self.tallies.values())


Handover = NoHandover | KnownHandover


def evolve(handover: Handover, fact: HandoverFact, act: Act) -> Handover:
    """The hand-over after one more fact."""
    match fact:
        case HandoverOffered():
            return KnownHandover(fact.from_, fact.to, fact.items, fact.digest)
        case HandoverTallied():
            if isinstance(handover, NoHandover):
                raise TypeError("a hand-over was tallied that was never offered")
            return replace(handover, tallies={**handover.tallies, act.office: (fact.count, fact.digest)})
        case _:
            assert_never(fact)
