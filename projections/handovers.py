"""The hand-overs: each manifest, what each side counted, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table

from ledger.codec import Recorded
from ledger.handover.facts import HandoverOffered
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
    Column("offered_by", String, nullable=False),
    Column("offered_on", String, nullable=False),
    Column("legal_basis", String),
    Column("count", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("agreed", Boolean, nullable=False),
)
MANIFESTS = Table(
    "manifests",
    METADATA,
    Column("handover", String, primary_key=True),
    Column("position", Integer, nullable=False),
)
"""Where each manifest's entry stands in the trail: its proof proves the set."""
TALLIES = Table(
    "tallies",
    METADATA,
    Column("handover", String, primary_key=True),
    Column("side", String, primary_key=True),
    Column("office", String, nullable=False),
    Column("count", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("agrees", Boolean, nullable=False),
)


class Handovers:
    """The read model of hand-overs; what became of each file stands in the referrals of its case."""

    name = "handovers"
    version = 1
    tables = (HANDOVERS, MANIFESTS, TALLIES)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """The rows of the hand-over that a fact is about."""
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
                "offered_by": state.offered_by,
                "offered_on": state.offered_on.isoformat(),
                "legal_basis": state.legal_basis,
                "count": len(state.items),
                "digest": state.digest,
                "agreed": state.agreed,
            },
        )
        if isinstance(recorded.fact, HandoverOffered):
            yield Put("manifests", {"handover": recorded.stream, "position": position})
        for side, tally in state.tallies.items():
            yield Put(
                "tallies",
                {
                    "handover": recorded.stream,
                    "side": side.value,
                    "office": tally.office,
                    "count": tally.count,
                    "digest": tally.digest,
                    "agrees": state.fits(tally),
                },
            )
