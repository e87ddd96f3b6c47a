"""The time limits of the cases, as they stand now or at any instant."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Query, Response

from api import clocks
from api.asking import ActorDep, CurrentDep
from api.clocks import DeadlinesOut
from api.documents import READING
from api.instants import InstantDep
from api.routes.cases import OfficeQuery, told
from api.routes.paths import Complaint
from ledger.complaint.deadlines import ClockState

router = APIRouter(tags=["deadlines"])


@router.get("/cases/{complaint}/deadlines", **READING)
def read_deadlines(
    complaint: Complaint, _actor: ActorDep, house: CurrentDep, response: Response, at: InstantDep
) -> DeadlinesOut:
    """Every time limit of a case with its legal basis and arithmetic, and whether it was kept."""
    return cast("DeadlinesOut", told(clocks.of_case(house.views, complaint, at), response).answer)


@router.get("/deadlines", **READING)
def list_deadlines(
    _actor: ActorDep,
    house: CurrentDep,
    response: Response,
    at: InstantDep,
    state: ClockState | None = None,
    office: OfficeQuery = None,
    rule: Annotated[str | None, Query(pattern=r"^[a-z]{2,20}\.[a-z][a-z_]{0,39}$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> DeadlinesOut:
    """The time limits of all cases that fit, the earliest due first: `state=overdue` lists what nobody did."""
    found = clocks.everywhere(house.views, at, state=state, office=office, rule=rule, limit=limit)
    return cast("DeadlinesOut", told(found, response).answer)
