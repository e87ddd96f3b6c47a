"""The catalogue for clients: topics, schemas, codes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path

from api import lists
from api.documents import PUBLIC
from api.lists import CodesOut, TopicsOut

router = APIRouter(tags=["catalogue"])
Topic = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_.]{1,99}$")]


@router.get("/schemas", **PUBLIC)
def list_topics() -> TopicsOut:
    """Every topic: what it means, open or closed, who records it, from which stages, what may be corrected."""
    return lists.topics()


@router.get("/schemas/{topic}", **PUBLIC)
def read_schema(topic: Topic) -> dict[str, Any]:
    """The JSON Schema of the body of such an entry."""
    return lists.schema(topic)


@router.get("/codes", **PUBLIC)
def list_codes() -> CodesOut:
    """Every code with its words in Indonesian and English."""
    return lists.code_sets()
