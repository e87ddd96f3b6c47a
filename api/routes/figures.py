"""Figures, and the pages of regions."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Path, Query, Response

from api.asking import ActorDep, CurrentDep, OptionalActorDep
from api.documents import READING
from api.figures import Asked, FiguresOut, figures
from api.regions import RegionOut, region_page
from api.routes.cases import AsOfQuery, told
from ledger.complaint.codes import RespondentClass

router = APIRouter(tags=["figures"])
Region = Annotated[str, Path(pattern=r"^[0-9]{2}(\.[0-9]{2})?$", description="By Kemendagri code.")]


async def asked(
    as_of: AsOfQuery = None,
    election: Annotated[str | None, Query(pattern=r"^election-[0-9a-f]{32}$")] = None,
    region: Annotated[str | None, Query(pattern=r"^[0-9]{2}(\.[0-9]{2})?$", description="With its regencies.")] = None,
    class_: Annotated[RespondentClass | None, Query(alias="class")] = None,
) -> Asked:
    """Which population is asked about, as of when."""
    return Asked(as_of, election, region, class_)


AskedDep = Annotated[Asked, Depends(asked)]


@router.get("/figures", **READING)
def read_figures(_actor: ActorDep, house: CurrentDep, response: Response, population: AskedDep) -> FiguresOut:
    """Counts of cases, respondents, allegations, outcomes and sanctions, as of any position or day.

    Each says its unit; the answer says the population, the time, the position and the digest of the law in force.
    """
    return cast("FiguresOut", told(figures(house, population), response).answer)


@router.get("/regions/{region}", **READING)
def read_region(region: Region, actor: OptionalActorDep, house: CurrentDep, response: Response) -> RegionOut:
    """A region's neutrality cases beside the revotes ordered there or at its border.

    Without a token small counts are left out.
    """
    return cast("RegionOut", told(region_page(house, region, actor), response).answer)
