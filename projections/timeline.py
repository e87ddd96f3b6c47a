"""The timeline of each complaint: who did what when, as claimed, and how much later it was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table

from ledger.codec import Recorded, open_members
from ledger.shape import instant_text
from ledger.values import Zone, day_of, local_date
from projections.projection import Put, States

METADATA = MetaData()

TIMELINE = Table(
    "timeline",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("topic", String, nullable=False),
    Column("acted", String, nullable=False),
    Column("office", String, nullable=False),
    Column("source", String, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("days_later", Integer, nullable=False),
    Column("allegations", String, nullable=False),
    Column("referral", Integer),
    Column("irregular", String, nullable=False),
    Column("fact", String, nullable=False),
)


class Timeline:
    """The read model of what happened, complaint by complaint."""

    name = "timeline"
    version = 3
    tables = (TIMELINE,)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """One row for each fact of a complaint."""
        del states
        if not recorded.stream.startswith("complaint-"):
            return
        act = recorded.act
        yield Put(
            "timeline",
            {
                "complaint": recorded.stream,
                "version": recorded.version,
                "position": position,
                "topic": recorded.topic,
                "acted": act.on.isoformat() if act.at is None and act.on else instant_text(act.at or recorded.at),
                "office": act.office,
                "source": act.source.value,
                "recorded_at": instant_text(recorded.at),
                "recorded_by": recorded.by.office,
                "days_later": _days_later(recorded),
                "allegations": " ".join(map(str, _allegations(recorded.fact))),
                "referral": getattr(recorded.fact, "referral", None),
                "irregular": " ".join(sorted(getattr(recorded.fact, "irregular", ()))),
                "fact": open_members(recorded.fact).decode(),
            },
        )


def _days_later(recorded: Recorded) -> int:
    """Days from an act to its recording by Jakarta's calendar, in which an act further east may lie a day later."""
    return max(0, (local_date(recorded.at, Zone.WIB) - day_of(recorded.act)).days)


def _allegations(fact: Any) -> list[int]:
    """The allegations that a fact names: one, a set, or those that a plenary voted on."""
    if (one := getattr(fact, "allegation", None)) is not None:
        return [one]
    if tally := getattr(fact, "tally", None):
        return [each.allegation for each in tally]
    return sorted(getattr(fact, "allegations", ()))
