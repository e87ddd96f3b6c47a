"""The cases as the read side has them, and their confidential part."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Response

from api.asking import ActorDep, ConfidantDep, CurrentDep, HouseDep, OptionalActorDep, ReaderDep
from api.asof import AS_OF, Past, reader_as_of
from api.bodies.searching import Search
from api.confidential import ConfidentialOut, OpeningsOut, disclosures, openings
from api.documents import READING
from api.reading import At, CaseOut, CasesOut, Reader, TimelineOut, Wanted
from api.routes.paths import Complaint
from api.searching import DuplicatesOut, likely_duplicates, search
from ledger.complaint.codes import Category, RespondentClass, Stage, Track

router = APIRouter(tags=["cases"])
OfficeQuery = Annotated[str | None, Query(pattern=r"^office-[0-9a-f]{32}$")]


async def wanted(
    owner: OfficeQuery = None,
    holder: OfficeQuery = None,
    region: Annotated[str | None, Query(pattern=r"^[0-9]{2}(\.[0-9]{2})?$", description="With its regencies.")] = None,
    election: Annotated[str | None, Query(pattern=r"^election-[0-9a-f]{32}$")] = None,
    stage: Stage | None = None,
    class_: Annotated[RespondentClass | None, Query(alias="class")] = None,
    category: Category | None = None,
    track: Track | None = None,
) -> Wanted:
    """Which cases are asked for."""
    return Wanted(owner, region, stage, election, class_, category, holder, track)


AsOfQuery = Annotated[
    str | None,
    Query(
        pattern=AS_OF,
        description=(
            "As of a position of the trail, of a day by the acts' own dates, or of both: `1234`, `2020-11-05`, "
            "`2020-11-05@1234`. The answer says which."
        ),
    ),
]


def reading(house: CurrentDep, as_of: AsOfQuery = None) -> Reader | Past:
    """Who reads cases, of the present or of another time."""
    return reader_as_of(house, as_of)


ReadingDep = Annotated[Reader | Past, Depends(reading)]
WantedDep = Annotated[Wanted, Depends(wanted)]


def told(found: At, response: Response) -> At:
    """An answer with the position that it is true at."""
    response.headers["Netral-Position"] = str(found.position)
    return found


@router.get("/cases", **READING)
def list_cases(
    _actor: ActorDep,
    reader: ReadingDep,
    response: Response,
    filters: WantedDep,
    after: Annotated[str | None, Query(pattern=r"^complaint-[0-9a-f]{32}$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> CasesOut:
    """The cases that fit every filter, page by page; `after` of a page names where the next one begins."""
    return cast("CasesOut", told(reader.cases(filters, after, limit), response).answer)


@router.post("/cases/search", **READING)
def search_cases(body: Search, actor: ActorDep, house: CurrentDep, reader: ReaderDep, response: Response) -> CasesOut:
    """The cases that a register or letter number leads to, or a respondent's NIP or NIK."""
    return cast("CasesOut", told(search(house, reader, actor, body), response).answer)


@router.get("/cases/{complaint}", **READING)
def read_case(complaint: Complaint, _actor: ActorDep, reader: ReadingDep, response: Response) -> CaseOut:
    """One case: stage, owner, and each allegation with its holder. The ETag is the version to decide on."""
    found = told(reader.case(complaint), response)
    response.headers["ETag"] = f'"{found.answer.version}"'
    return cast("CaseOut", found.answer)


@router.get("/cases/{complaint}/timeline", **READING)
def read_timeline(complaint: Complaint, _actor: ActorDep, reader: ReaderDep, response: Response) -> TimelineOut:
    """What happened, who says so, and how much later it was recorded."""
    return cast("TimelineOut", told(reader.timeline(complaint), response).answer)


@router.get("/cases/{complaint}/duplicates", **READING)
def read_duplicates(complaint: Complaint, _actor: ActorDep, house: CurrentDep, response: Response) -> DuplicatesOut:
    """Other cases that may be about the same act: same region and election, overlapping dates, kinds in common."""
    return cast("DuplicatesOut", told(likely_duplicates(house.views, complaint), response).answer)


@router.get("/cases/{complaint}/confidential", **READING)
def read_confidential(complaint: Complaint, confidant: ConfidantDep) -> ConfidentialOut:
    """Every sealed value of a case, for owner, holders, addressees and auditors; that it was opened is noted."""
    return confidant.case(complaint)


@router.get("/cases/{complaint}/openings", **READING)
def read_openings(complaint: Complaint, actor: ActorDep, house: HouseDep) -> OpeningsOut:
    """Who opened the confidential part, when and for what; for auditors and protection officers."""
    return openings(house, actor, complaint)


@router.get("/cases/{complaint}/disclosures", **READING)
def read_disclosures(complaint: Complaint, actor: OptionalActorDep, house: HouseDep) -> ConfidentialOut:
    """The values that were disclosed to the public, or to the asker's office, with salt and payload."""
    return disclosures(house, complaint, actor)
