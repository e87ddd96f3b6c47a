"""The registers: the offices and the elections as their facts tell them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Integer, MetaData, String, Table

from ledger.codec import Recorded
from ledger.election.facts import PairFixed, RevoteOrdered, StageRecorded
from ledger.election.state import KnownElection
from ledger.office.state import KnownOffice
from projections.projection import Put, States

METADATA = MetaData()

OFFICES = Table(
    "offices",
    METADATA,
    Column("office", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("level", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("name", String, nullable=False),
    Column("region", String),
    Column("seats", Integer),
    Column("parent", String),
    Column("established_on", String, nullable=False),
    Column("ended_on", String),
    Column("ended_by", String),
    Column("successor", String),
)
ELECTIONS = Table(
    "elections",
    METADATA,
    Column("election", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("regime", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("polling_on", String, nullable=False),
    Column("regions", String, nullable=False),
)
STAGES = Table(
    "stages",
    METADATA,
    Column("election", String, primary_key=True),
    Column("stage", String, primary_key=True),
    Column("from", String, nullable=False),
    Column("until", String, nullable=False),
)
PAIRS = Table(
    "pairs",
    METADATA,
    Column("election", String, primary_key=True),
    Column("region", String, primary_key=True),
    Column("on", String, nullable=False),
)
REVOTES = Table(
    "revotes",
    METADATA,
    Column("election", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("regions", String, nullable=False),
    Column("on", String, nullable=False),
    Column("ordered_by", String, nullable=False),
    Column("basis", String, nullable=False),
    Column("deadline", String),
    Column("border", String, nullable=False),
)


class Registers:
    """The read model of offices and elections."""

    name = "registers"
    version = 2
    tables = (OFFICES, ELECTIONS, STAGES, PAIRS, REVOTES)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """The row of the office or election that a fact is about."""
        del position
        if not recorded.stream.startswith(("office-", "election-")):
            return
        state = states.after(recorded)
        if isinstance(state, KnownOffice):
            yield Put(
                "offices",
                {
                    "office": recorded.stream,
                    "version": recorded.version,
                    "kind": state.kind.value,
                    "level": state.level.value,
                    "zone": state.zone.value,
                    "name": state.name,
                    "region": state.region,
                    "seats": state.seats,
                    "parent": state.parent,
                    "established_on": state.established_on.isoformat(),
                    "ended_on": state.ended_on and state.ended_on.isoformat(),
                    "ended_by": state.ended_by,
                    "successor": state.successor,
                },
            )
        if isinstance(state, KnownElection):
            yield from _said(recorded)
            yield Put(
                "elections",
                {
                    "election": recorded.stream,
                    "version": recorded.version,
                    "regime": state.regime.value,
                    "kind": state.kind.value,
                    "polling_on": state.polling_on.isoformat(),
                    "regions": " ".join(sorted(state.regions)),
                },
            )


def _said(recorded: Recorded) -> Iterable[Put]:
    """The row of what an election's fact itself says, beside the election's own."""
    match recorded.fact:
        case StageRecorded() as fact:
            yield Put(
                "stages",
                {
                    "election": recorded.stream,
                    "stage": fact.stage.value,
                    "from": fact.from_.isoformat(),
                    "until": fact.until.isoformat(),
                },
            )
        case PairFixed() as fact:
            yield Put("pairs", {"election": recorded.stream, "region": fact.region, "on": fact.on.isoformat()})
        case RevoteOrdered() as fact:
            yield Put(
                "revotes",
                {
                    "election": recorded.stream,
                    "version": recorded.version,
                    "regions": " ".join(sorted(fact.regions)),
                    "on": fact.on.isoformat(),
                    "ordered_by": fact.ordered_by.value,
                    "basis": fact.basis,
                    "deadline": fact.deadline and fact.deadline.isoformat(),
                    "border": " ".join(sorted(fact.border)),
                },
            )
        case _:
            pass
