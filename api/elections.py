"""Questions to the register of elections: when people vote, which stage runs when, which revotes were ordered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import select

from api.reading import At
from projections.views import Reading, Views


class StageOut(BaseModel):
    """When a stage runs, both days included, as it was said last."""

    stage: str
    from_: str = Field(serialization_alias="from")
    until: str


class PairsOut(BaseModel):
    """On which day the pairs of a region were fixed."""

    region: str
    on: str


class RevoteOut(BaseModel):
    """A revote as it was ordered; `border` are the regions at whose border areas of it lie."""

    election: str
    version: int
    regions: list[str]
    on: str
    ordered_by: str
    basis: str
    deadline: str | None
    border: list[str]


class ElectionOut(BaseModel):
    """One election of the register."""

    election: str
    version: int
    regime: str
    kind: str
    polling_on: str
    regions: list[str]
    stages: list[StageOut]
    pairs: list[PairsOut]
    revotes: list[RevoteOut]


class ElectionsOut(BaseModel):
    """The register of elections, by polling day."""

    elections: list[ElectionOut]


def elections(views: Views) -> At:
    """Every election."""
    with views.read("registers") as reading:
        table = reading.tables["elections"]
        rows = reading.connection.execute(select(table).order_by(table.c.polling_on, table.c.election)).mappings()
        listed = [_election(reading, row) for row in rows.all()]
        return At(reading.next_position - 1, ElectionsOut(elections=listed))


def revotes(reading: Reading) -> list[RevoteOut]:
    """Every revote that was ordered, in the order of the days."""
    table = reading.tables["revotes"]
    query = select(table).order_by(table.c.on, table.c.election, table.c.version)
    return [_revote(row) for row in reading.connection.execute(query).mappings()]


def _election(reading: Reading, row: Mapping[Any, Any]) -> ElectionOut:
    stages, pairs = reading.tables["stages"], reading.tables["pairs"]
    of_stages = select(stages).where(stages.c.election == row["election"]).order_by(stages.c["from"], stages.c.stage)
    of_pairs = select(pairs).where(pairs.c.election == row["election"]).order_by(pairs.c.region)
    members = {name: row[name] for name in ("election", "version", "regime", "kind", "polling_on")}
    return ElectionOut(
        **members,
        regions=row["regions"].split(),
        stages=[
            StageOut(stage=each["stage"], from_=each["from"], until=each["until"])
            for each in reading.connection.execute(of_stages).mappings()
        ],
        pairs=[
            PairsOut(region=each["region"], on=each["on"]) for each in reading.connection.execute(of_pairs).mappings()
        ],
        revotes=[each for each in revotes(reading) if each.election == row["election"]],
    )


def _revote(row: Mapping[Any, Any]) -> RevoteOut:
    members = {str(name): held for name, held in row.items()}
    return RevoteOut(regions=members.pop("regions").split(), border=members.pop("border").split(), **members)
