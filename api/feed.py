"""The change feed: every entry after a position, a line of JSON each, in pages; for integrations that follow.

A line tells the envelope, and of an open topic the whole body as it stands in the trail. Closed topics tell their body
to auditors alone. Following: ask again with the last position that was read; an empty page means that nothing is new.
"""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import Response

from api.wiring import House
from ledger.catalogue import CATALOGUE
from ledger.codec import frame
from ledger.errors import Unreadable
from ledger.trail.merkle import leaf_hash
from ledger.values import Actor, Role


def feed_page(house: House, actor: Actor, after: int, limit: int) -> tuple[bytes, int]:
    """The lines after a position, at most `limit`, and the position of the last one (`after`, when there is none)."""
    lines: list[bytes] = []
    last = after
    for recorded in house.store.rows_from(after + 1, limit):
        line: dict[str, Any] = {
            "position": recorded.position,
            "stream": recorded.stream,
            "version": recorded.version,
            "topic": recorded.topic,
            "at": recorded.at,
            "leaf_digest": leaf_hash(frame(recorded)).hex(),
        }
        if recorded.topic not in CATALOGUE:
            raise Unreadable(f"unknown topic {recorded.topic} at position {recorded.position}")
        if CATALOGUE[recorded.topic].open or actor.role is Role.AUDITOR:
            line["body"] = orjson.loads(recorded.body)
        lines.append(orjson.dumps(line))
        last = recorded.position
    return b"".join(line + b"\n" for line in lines), last


def feed_response(house: House, actor: Actor, after: int, limit: int) -> Response:
    """A page of the feed as it is sent."""
    lines, last = feed_page(house, actor, after, limit)
    return Response(lines, media_type="application/x-ndjson", headers={"Netral-Position": str(last)})
