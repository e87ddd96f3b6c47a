"""The hand-overs: each manifest, what each side counted, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table

from ledger.codec import Recorded
from ledger.handover.state import KnownHandover
from projections.projection import Put, States

METADATA = MetaData()

HANDOVERS = Table(
    "handovers",
    METADATA,
    Column("handover", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sender", String, nullable=False),
    Column("to", String, nullable=False),
    Column("count", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("agreed", Boolean, nullable=False),
)
TALLIES = Table(
    "tallies",
    METADATA,
    Column("handover", String, primary_key=True),
    Column("office", String, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("digest", String, nullable=False),
)


class Handovers:
    """The read model of hand-overs; what became of each file stands in the referrals of its case."""

    name = "handovers"
    version = 1
    tables = (HANDOVERS, TALLIES)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """The rows of the hand-over that a fact is about."""
        del position
        state = states.after(recorded) if recorded.stream.startswith("handover-") else None
        if not isinstance(state, KnownHandover):
            return
        yield Put(
            "handovers",
            {
                "handover": recorded.stream,
                "version": recorded.version,
                "sender": state.sender,
                "to": state.to,
                "count": len(state.items),
                "digest": state.digest,
                "agreed": state.agreed,
            },
        )
        for office, (count, digest) in state.tallies.items():
            yield Put("tallies", {"handover": recorded.stream, "office": office, "count": count, "digest": digest})
