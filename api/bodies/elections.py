"""The requests of the registry about an election that was announced: its stages, its fixed pairs, its revotes."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from api.bodies.parts import ActBody, Body, Day, Line, NoRepeats, RegionCode
from ledger.election.commands import FixPair, OrderRevote, RecordStage
from ledger.election.facts import ElectionStage, RevoteOrderer
from ledger.values import Actor, Name, Region, StreamId


class NewStage(Body):
    """When a stage of the schedule runs; its last day is part of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "act": {"on": "2024-05-02"},
                    "stage": "pair_fixing",
                    "from": "2024-09-22",
                    "until": "2024-09-22",
                }
            ]
        }
    )

    act: ActBody
    stage: ElectionStage
    from_: Day = Field(alias="from")
    until: Day

    def to_command(self, actor: Actor, election: StreamId) -> RecordStage:
        return RecordStage(
            act=self.act.to_act(actor), stream=election, stage=self.stage, from_=self.from_, until=self.until
        )


class NewPairFixing(Body):
    """On which day the pairs of a region were fixed; who they are is recorded nowhere."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"act": {"on": "2024-09-23"}, "region": "15.71", "on": "2024-09-22"}]}
    )

    act: ActBody
    region: RegionCode
    on: Day

    def to_command(self, actor: Actor, election: StreamId) -> FixPair:
        return FixPair(act=self.act.to_act(actor), stream=election, region=Region(self.region), on=self.on)


class NewRevote(Body):
    """A revote (PSU) that was ordered; `border` names the regions at whose border areas of it lie."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "act": {"on": "2025-02-25"},
                    "regions": ["15.71"],
                    "on": "2025-02-24",
                    "ordered_by": "constitutional_court",
                    "basis": "Putusan MK (contoh)",
                    "deadline": "2025-04-05",
                    "border": ["15.05"],
                }
            ]
        }
    )

    act: ActBody
    regions: Annotated[list[RegionCode], NoRepeats] = Field(min_length=1)
    on: Day
    ordered_by: RevoteOrderer
    basis: Line
    deadline: Day | None = None
    border: Annotated[list[RegionCode], NoRepeats] = Field(default=[])

    def to_command(self, actor: Actor, election: StreamId) -> OrderRevote:
        return OrderRevote(
            act=self.act.to_act(actor),
            stream=election,
            regions=frozenset(map(Region, self.regions)),
            on=self.on,
            ordered_by=self.ordered_by,
            basis=Name(self.basis),
            deadline=self.deadline,
            border=frozenset(map(Region, self.border)),
        )
