"""The change feed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.asking import ActorDep, HouseDep
from api.documents import READING
from api.feed import feed_response

router = APIRouter(tags=["feed"])


@router.get(
    "/feed",
    response_class=Response,
    responses={
        **READING["responses"],
        200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}, "description": "Lines of JSON"},
    },
)
def read_feed(
    actor: ActorDep,
    house: HouseDep,
    after: Annotated[int, Query(ge=-1, le=2**53 - 1, description="The last position that was read; -1 at first.")] = -1,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Response:
    """Every entry after a position, a line of JSON each; Netral-Position is where to go on."""
    return feed_response(house, actor, after, limit)
