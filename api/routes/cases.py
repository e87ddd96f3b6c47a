"""The cases as the read side has them."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Path, Query, Response

from api.asking import ActorDep, ReaderDep
from api.documents import READING
from api.reading import At, CaseOut, CasesOut, TimelineOut

router = APIRouter(tags=["cases"])
Complaint = Annotated[str, Path(pattern=r"^complaint-[0-9a-f]{32}$")]


def _told(found: At, response: Response) -> At:
    response.headers["Netral-Position"] = str(found.position)
    return found


@router.get("/cases", **READING)
def list_cases(
    _actor: ActorDep,
    reader: ReaderDep,
    response: Response,
    after: Annotated[str | None, Query(pattern=r"^complaint-[0-9a-f]{32}$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> CasesOut:
    """The cases, page by page."""
    return cast("CasesOut", _told(reader.cases(after, limit), response).answer)


@router.get("/cases/{complaint}", **READING)
def read_case(complaint: Complaint, _actor: ActorDep, reader: ReaderDep, response: Response) -> CaseOut:
    """One case: stage, owner, and each allegation with its holder. The ETag is the version to decide on."""
    found = _told(reader.case(complaint), response)
    response.headers["ETag"] = f'"{found.answer.version}"'
    return cast("CaseOut", found.answer)


@router.get("/cases/{complaint}/timeline", **READING)
def read_timeline(complaint: Complaint, _actor: ActorDep, reader: ReaderDep, response: Response) -> TimelineOut:
    """What happened, who says so, and how much later it was recorded."""
    return cast("TimelineOut", _told(reader.timeline(complaint), response).answer)
