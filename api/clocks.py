"""Questions about time limits: how each stands at an instant, and which run or are over. Silence is never written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import ColumnElement, select

from api.explaining import explained
from api.reading import At, ToldOut, require_case, unknown_case
from ledger.complaint.deadlines import ClockState, Limit, clocks_of
from ledger.complaint.state import Complaint, Nothing
from ledger.concepts import evolved
from ledger.rulebook.commands import rulebook_of
from ledger.shape import instant_of, instant_text
from ledger.store.store import Store
from ledger.values import StreamId, Zone, local_date
from projections.deadlines import row_of, when_of
from projections.views import Reading, Views

OPEN: Final = frozenset({ClockState.RUNNING, ClockState.OVERDUE})


class DeadlineOut(BaseModel):
    """One time limit of a case: the rule and its legal basis, the arithmetic, and how it stands."""

    complaint: str
    deadline: int
    rule: str
    title: ToldOut
    basis: str
    rulebook_digest: str
    doer: str
    office: str
    allegation: int | None
    referral: int | None
    started_by: int
    starts: str
    due_at: str
    """Exclusive: an act at this instant is late."""
    zone: str
    verified: bool
    """False where the rule or a calendar was not read in its source; `note` then says more of the rule."""
    note: ToldOut | None
    trace: list[str]
    state: ClockState
    settled_by: int | None
    """The version of the fact that replaced, ended or met it."""
    told: ToldOut


class DeadlinesOut(BaseModel):
    """Time limits as they stand at an instant, the earliest due first."""

    at: str
    deadlines: list[DeadlineOut]


def of_case(views: Views, complaint: str, at: datetime) -> At:
    """Every time limit that a case had started by an instant; Missing when no such case is known."""
    require_case(views, complaint)
    with views.read("deadlines") as reading:
        found = _found(reading, at, reading.tables["deadlines"].c.complaint == complaint)
        return At(reading.next_position - 1, DeadlinesOut(at=instant_text(at), deadlines=list(found)))


def open_at(views: Views, offices: list[str], at: datetime) -> list[DeadlineOut]:
    """The time limits that run, or are over and were not met, on the desks of some offices."""
    with views.read("deadlines") as reading:
        return [
            each
            for each in _found(reading, at, reading.tables["deadlines"].c.office.in_(offices))
            if each.state in OPEN
        ]


def everywhere(
    views: Views, at: datetime, *, state: ClockState | None, office: str | None, rule: str | None, limit: int
) -> At:
    """The time limits of all cases that fit, the earliest due first."""
    with views.read("deadlines") as reading:
        columns = reading.tables["deadlines"].c
        wanted = [columns[name] == value for name, value in (("office", office), ("rule", rule)) if value is not None]
        found: list[DeadlineOut] = []
        for each in _found(reading, at, *wanted):
            if state is None or each.state is state:
                found.append(each)
            if len(found) == limit:
                break
        return At(reading.next_position - 1, DeadlinesOut(at=instant_text(at), deadlines=found))


def replayed(store: Store, complaint: StreamId, at: datetime) -> list[DeadlineOut]:
    """What `of_case` answers, from the entries alone: no view is asked. Missing when there is no such complaint."""
    genesis = store.read_from(0, 1)
    case: Complaint = evolved("complaint", store.history(complaint))
    if not genesis or isinstance(case, Nothing):
        raise unknown_case(complaint, store.size() - 1)
    rulebook = evolved("rulebook", store.history(rulebook_of(genesis[0].stream)))
    rows = [row_of(complaint, clock) for clock in clocks_of(case.file, rulebook)]
    rows.sort(key=lambda row: (row["due_at"], row["deadline"]))
    return [_deadline(row, at) for row in rows if _begun(row, at)]


def _found(reading: Reading, at: datetime, *wanted: ColumnElement[bool]) -> Iterator[DeadlineOut]:
    deadlines = reading.tables["deadlines"]
    query = select(deadlines).where(*wanted)
    query = query.order_by(deadlines.c.due_at, deadlines.c.complaint, deadlines.c.deadline)
    rows = reading.connection.execute(query).mappings()
    return (_deadline(row, at) for row in rows if _begun(row, at))


def _begun(row: Mapping[Any, Any], at: datetime) -> bool:
    return bool(row["on"] <= local_date(at, Zone(row["zone"])).isoformat())


def _deadline(row: Mapping[Any, Any], at: datetime) -> DeadlineOut:
    state = _state(row, at)
    settled = {
        ClockState.REPLACED: row["replaced_by"],
        ClockState.ENDED: row["ended_by"],
        ClockState.MET: row["met_by"],
        ClockState.MET_LATE: row["met_by"],
    }
    said = explained(row, state)
    members = {name: row[name] for name in DeadlineOut.model_fields if name in row and name != "trace"}
    return DeadlineOut(
        **members,
        title=ToldOut(id=row["title_id"], en=row["title_en"]),
        note=ToldOut(id=row["note_id"], en=row["note_en"]) if row["note_id"] else None,
        trace=row["trace"].split("\n"),
        state=state,
        settled_by=settled.get(state),
        told=ToldOut(id=said.id, en=said.en),
    )


def _state(row: Mapping[Any, Any], at: datetime) -> ClockState:
    limit = Limit(instant_of(row["due_at"]), Zone(row["zone"]))
    return limit.state(at, replaced=when_of(row["replaced"]), ended=when_of(row["ended"]), met=when_of(row["met"]))
