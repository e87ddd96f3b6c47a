"""What a sealer asks of its trail's witnesses, and what it makes of their answers.

How they are reached is not known here. A witness that is down, slow or wrong costs nothing but its own line; one that
shows a trail which ours does not contain stops the sealer: it was signed by our key, and somebody has seen it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ledger.errors import Busy

ProofFrom = Callable[[int], Sequence[bytes]]
"""The consistency proof from a smaller size, 0 included, to that of the note in question."""


class Unwitnessed(Busy):
    """A checkpoint is committed, and not published yet: too few organisations have cosigned it so far."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A witness's signature line, verified."""

    line: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """A witness gave no line, and why. `held`: the checkpoint that it says it cosigned before, nothing verified."""

    because: str
    held: bytes | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A witness says that it has cosigned a longer trail than ours."""

    size: int
    held: bytes | None = None


Answer = Cosigned | Failed | Ahead


class Witnesses(Protocol):
    """The witnesses of one trail."""

    @property
    def quorum(self) -> int:
        """How many organisations must have cosigned a checkpoint before it is published."""
        ...

    def ask(self, note: bytes, proof_from: ProofFrom) -> dict[str, Answer]:
        """Ask all at once, and return within a bounded time, by the witnesses' names; who did not answer is Failed."""
        ...

    def organisations(self, names: Sequence[str]) -> int:
        """How many organisations run the witnesses of these names."""
        ...

    def holds(self, name: str, note: bytes) -> bool:
        """Whether a note carries a true cosignature by the witness of this name."""
        ...


def quorum_missed(size: int, reached: int, quorum: int, answers: dict[str, Answer]) -> Unwitnessed:
    """The sentence for people, with each witness's reason."""
    reasons = "; ".join(f"{name}: {each.because}" for name, each in answers.items() if isinstance(each, Failed))
    return Unwitnessed(
        f"size {size} is committed and not published yet: {reached} of {quorum} organisations have cosigned it "
        f"({reasons or 'none were asked just now'}). They are asked again; nothing is lost"
    )
