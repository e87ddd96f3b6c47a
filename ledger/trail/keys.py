"""Which key signs a trail at which size: a key may be rotated, and each size has exactly one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ledger.trail.checkpoint import SigningKey, Verifier


class Keys(Protocol):
    """The keys of one trail; what the ledger says of them in its own entries, and the private halves."""

    @property
    def origin(self) -> str:
        """The trail's name, which is that of each of its keys."""
        ...

    def signing(self, size: int) -> SigningKey:
        """The key that signs a checkpoint of this size; Misconfigured when its private half is not here."""
        ...

    def verifier(self, size: int) -> Verifier:
        """The public half of the same."""
        ...

    def verifiers(self) -> Sequence[Verifier]:
        """Every key that ever signed, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class OneKey:
    """The keys of a trail whose key was never rotated."""

    key: SigningKey

    @property
    def origin(self) -> str:
        return self.key.name

    def signing(self, size: int) -> SigningKey:
        del size
        return self.key

    def verifier(self, size: int) -> Verifier:
        del size
        return self.key.verifier

    def verifiers(self) -> Sequence[Verifier]:
        return [self.key.verifier]
