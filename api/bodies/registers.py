"""The requests of the registry: offices and elections."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from api.bodies.parts import ActBody, Body, Day, Line, NoRepeats, Nth, RegionCode, Stream
from ledger.election.commands import AnnounceElection
from ledger.election.facts import ElectionKind, Regime
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.values import Actor, Name, Number, Region, StreamId, Zone


class NewOffice(Body):
    """An office to enter into the register."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "act": {"on": "2024-05-02"},
                    "kind": "bawaslu",
                    "level": "regency",
                    "zone": "wib",
                    "from": "2018-08-15",
                    "name": "Bawaslu Kabupaten Contoh",
                    "region": "15.01",
                    "seats": 5,
                }
            ]
        }
    )

    act: ActBody
    kind: OfficeKind
    level: Level
    zone: Zone
    from_: Day = Field(alias="from")
    name: Line
    region: RegionCode | None = None
    seats: Nth | None = None
    parent: Stream | None = None

    def to_command(self, actor: Actor) -> EstablishOffice:
        return EstablishOffice(
            act=self.act.to_act(actor),
            kind=self.kind,
            level=self.level,
            zone=self.zone,
            from_=self.from_,
            name=Name(self.name),
            region=Region(self.region) if self.region else None,
            seats=Number(self.seats) if self.seats else None,
            parent=StreamId(self.parent) if self.parent else None,
        )


class OfficeEnd(Body):
    """From which day an office may no longer act, by which law, and who succeeds it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"act": {"on": "2024-08-24"}, "on": "2024-08-24", "legal_basis": "UU 20/2023"}],
        }
    )

    act: ActBody
    on: Day
    legal_basis: Line
    successor: Stream | None = None

    def to_command(self, actor: Actor, office: StreamId) -> EndOffice:
        return EndOffice(
            act=self.act.to_act(actor),
            stream=office,
            on=self.on,
            legal_basis=Name(self.legal_basis),
            successor=StreamId(self.successor) if self.successor else None,
        )


class NewElection(Body):
    """An election to enter into the register."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "act": {"on": "2024-05-02"},
                    "regime": "pilkada",
                    "kind": "regent",
                    "polling_on": "2024-11-27",
                    "regions": ["15.01"],
                }
            ]
        }
    )

    act: ActBody
    regime: Regime
    kind: ElectionKind
    polling_on: Day
    regions: Annotated[list[RegionCode], NoRepeats] = Field(default=[])

    def to_command(self, actor: Actor) -> AnnounceElection:
        return AnnounceElection(
            act=self.act.to_act(actor),
            regime=self.regime,
            kind=self.kind,
            polling_on=self.polling_on,
            regions=frozenset(map(Region, self.regions)),
        )
