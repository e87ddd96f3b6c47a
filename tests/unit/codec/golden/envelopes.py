"""The streams, commitments and envelopes of the golden examples: values that show which one they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from ledger.codec import Recorded
from ledger.values import Act, By, Digest, Handle, Role, SealedRef, Source, StreamId

LEDGER: Final = StreamId("ledger-5f5f5f5f5f5f5f5fa0a0a0a0a0a0a0a0")
OFFICE: Final = StreamId("office-0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f")
OTHER_OFFICE: Final = StreamId("office-1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e")
ELECTION: Final = StreamId("election-2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d")
COMPLAINT: Final = StreamId("complaint-3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c")
RULEBOOK: Final = StreamId("rulebook-5f5f5f5f5f5f5f5fa0a0a0a0a0a0a0a0")
OFFICIAL: Final = StreamId("official-5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a")
HANDOVER: Final = StreamId("handover-4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b")


def sealed(number: int) -> SealedRef:
    """A commitment that shows which one it is: number 10 is 0a0a…0a."""
    return SealedRef(Digest(f"{number:02x}" * 32))


def on(day: str, office: StreamId = OFFICE, source: Source = Source.OWN) -> Act:
    return Act(office, source, on=date.fromisoformat(day))


def at(instant: str, office: StreamId = OFFICE, source: Source = Source.OWN) -> Act:
    return Act(office, source, at=datetime.fromisoformat(instant).replace(tzinfo=UTC))


def example(
    fact: Any,
    act: Act,
    role: Role,
    *,
    position: int,
    version: int,
    recorded: str,
    stream: StreamId = COMPLAINT,
    office: StreamId = OFFICE,
    actor: str = "a1",
) -> Recorded:
    """The fact in its envelope; the nonce tells the position, the recorder's name is commitment 255."""
    instant = datetime.fromisoformat(recorded).replace(tzinfo=UTC)
    by = By(office, role, Handle(actor), sealed(255))
    return Recorded(position, stream, version, fact.TOPIC, instant, act, by, fact, f"{position:032x}")
