"""The time limits of each complaint: when each is over, and the acts that replaced, ended or met it.

How one stands at an instant is for whoever asks to say, from these columns and the instant: no row changes with time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table

from ledger.codec import Recorded
from ledger.complaint.deadlines import Clock, Happened, When, clocks_of, moves_none
from ledger.complaint.facts import DeadlineStarted
from ledger.complaint.state import Complaint, Nothing
from ledger.shape import instant_of, instant_text
from projections.projection import Put, States

METADATA = MetaData()

DEADLINES = Table(
    "deadlines",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("deadline", Integer, primary_key=True),
    Column("rule", String, nullable=False),
    Column("title_id", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("basis", String, nullable=False),
    Column("note_id", String),
    Column("note_en", String),
    Column("rulebook_digest", String, nullable=False),
    Column("doer", String, nullable=False),
    Column("office", String, nullable=False),
    Column("allegation", Integer),
    Column("referral", Integer),
    Column("started_by", Integer, nullable=False),
    Column("starts", String, nullable=False),
    Column("due_at", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("replaces", Integer),
    Column("trace", String, nullable=False),
    Column("on", String, nullable=False),
    Column("replaced_by", Integer),
    Column("replaced", String),
    Column("ended_by", Integer),
    Column("ended", String),
    Column("met_by", Integer),
    Column("met", String),
)


class Deadlines:
    """The read model of the time limits."""

    name = "deadlines"
    version = 1
    tables = (DEADLINES,)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """The rows of a complaint's clocks after one of its facts."""
        del position
        if not recorded.stream.startswith("complaint-"):
            return
        complaint: Complaint = states.after(recorded)
        if isinstance(complaint, Nothing) or moves_none(recorded.fact, complaint.file, states.law()):
            return
        for clock in clocks_of(complaint.file, states.law()):
            yield Put("deadlines", row_of(recorded.stream, clock))


def row_of(stream: str, clock: Clock) -> dict[str, Any]:
    """A clock's columns."""
    started, rule = clock.started, clock.placed.rule
    return {
        "complaint": stream,
        "deadline": started.deadline,
        "rule": started.rule,
        "title_id": rule.title_id,
        "title_en": rule.title_en,
        "basis": clock.placed.basis,
        "note_id": rule.note_id,
        "note_en": rule.note_en,
        "rulebook_digest": started.rulebook_digest,
        "doer": started.doer.value,
        "office": started.office,
        "allegation": started.allegation,
        "referral": started.referral,
        "started_by": started.started_by,
        "starts": when_text(_start(started)),
        "due_at": instant_text(started.due_at),
        "zone": started.zone.value,
        "verified": started.verified,
        "replaces": started.replaces,
        "trace": "\n".join(started.trace),
        "on": str(clock.on),
        **_happened("replaced", clock.replaced),
        **_happened("ended", clock.ended),
        **_happened("met", clock.met),
    }


def _start(started: DeadlineStarted) -> When:
    start = started.starts_at or started.starts_on
    if start is None:
        raise TypeError(f"deadline {started.deadline} starts at no time")
    return start


def _happened(name: str, happened: Happened | None) -> dict[str, Any]:
    return {
        f"{name}_by": None if happened is None else happened.version,
        name: None if happened is None else when_text(happened.when),
    }


def when_text(when: When) -> str:
    """A date or an instant as it stands in an entry."""
    return instant_text(when) if isinstance(when, datetime) else when.isoformat()


def when_of(text: str | None) -> When | None:
    """What `when_text` wrote."""
    if text is None:
        return None
    return instant_of(text) if "T" in text else date.fromisoformat(text)
