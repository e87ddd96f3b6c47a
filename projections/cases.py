"""The cases: where each complaint stands, allegation by allegation, and what became of each referral.

Nothing is derived twice: the rows are the concept's own state, laid out in columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, assert_never

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, func, select

from ledger.codec import Recorded
from ledger.complaint.allegations import (
    Allegation,
    Alleged,
    Cleared,
    Dropped,
    Established,
    Offered,
    OnTrack,
    Referral,
    Settled,
)
from ledger.complaint.file import File
from ledger.complaint.state import Complaint, Ended, Filed, Joined, Nothing
from projections.projection import Put, States
from projections.views import Views

METADATA = MetaData()

CASES = Table(
    "cases",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("stage", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("election", String, nullable=False),
    Column("region", String, nullable=False),
    Column("occurred_from", String),
    Column("occurred_until", String),
    Column("known_on", String),
    Column("ended", Boolean, nullable=False),
    Column("since", String, nullable=False),
    Column("delegated_to", String),
    Column("joined_into", String),
)
ALLEGATIONS = Table(
    "allegations",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("allegation", Integer, primary_key=True),
    Column("respondent", String, nullable=False),
    Column("class", String, nullable=False),
    Column("category", String, nullable=False),
    Column("kinds", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("holder", String, nullable=False),
    Column("track", String),
    Column("referral", Integer),
    Column("since", String, nullable=False),
    Column("phase", String),
    Column("steps", String, nullable=False),
)
REFERRALS = Table(
    "referrals",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("referral", Integer, primary_key=True),
    Column("allegation", Integer, nullable=False),
    Column("sender", String, nullable=False),
    Column("to", String, nullable=False),
    Column("track", String, nullable=False),
    Column("binding", Boolean, nullable=False),
    Column("study_attached", Boolean, nullable=False),
    Column("irregular", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("return_reason", String),
    Column("handover", String),
    Column("given_by", String, nullable=False),
)

OUTCOMES = Table(
    "outcomes",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("allegation", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("outcome", String, nullable=False),
    Column("level", String, nullable=False),
    Column("office", String, nullable=False),
    Column("on", String, nullable=False),
)


class Cases:
    """The read model of the cases."""

    name = "cases"
    version = 3
    tables = (CASES, ALLEGATIONS, REFERRALS, OUTCOMES)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """The case's row, and those of its allegations and referrals, after a fact of a complaint."""
        if not recorded.stream.startswith("complaint-"):
            return
        complaint: Complaint = states.after(recorded)
        if isinstance(complaint, Nothing):
            return
        file = complaint.file
        yield Put("cases", _case(recorded, position, complaint))
        for allegation in file.allegations.values():
            yield Put("allegations", _allegation(recorded.stream, allegation, file))
            yield from (Put("outcomes", row) for row in _outcomes(recorded.stream, allegation))
        for referral in file.referrals.values():
            yield Put("referrals", _referral(recorded.stream, referral, file))


def by_stage(views: Views) -> dict[str, int]:
    """How many cases are in each stage, the stages in the alphabet's order."""
    with views.read(Cases.name) as reading:
        cases = reading.tables["cases"]
        query = select(cases.c.stage, func.count()).group_by(cases.c.stage).order_by(cases.c.stage)
        return {str(stage): int(count) for stage, count in reading.connection.execute(query)}


def complaints(views: Views, after: str) -> list[str]:
    """The complaints that are known, in the order of their identifiers, from the one after `after` on."""
    with views.read(Cases.name) as reading:
        cases = reading.tables["cases"]
        query = select(cases.c.complaint).where(cases.c.complaint > after).order_by(cases.c.complaint)
        return [str(each) for each in reading.connection.execute(query).scalars()]


def _case(recorded: Recorded, position: int, complaint: Filed) -> dict[str, Any]:
    file = complaint.file
    return {
        "complaint": recorded.stream,
        "version": recorded.version,
        "position": position,
        "stage": complaint.STAGE.value,
        "owner": file.owner,
        "election": file.election,
        "region": file.region,
        "occurred_from": _day(file.occurred_from),
        "occurred_until": _day(file.occurred_until),
        "known_on": _day(file.known_on),
        "ended": isinstance(complaint, Ended),
        "since": file.since.isoformat(),
        "delegated_to": file.delegated_to,
        "joined_into": complaint.into if isinstance(complaint, Joined) else None,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _outcomes(stream: str, allegation: Allegation) -> Iterator[dict[str, Any]]:
    for number, said in enumerate(allegation.outcomes, 1):
        yield {
            "complaint": stream,
            "allegation": allegation.number,
            "number": number,
            "outcome": said.code,
            "level": said.level.value,
            "office": said.office,
            "on": said.on.isoformat(),
        }


def _allegation(stream: str, allegation: Allegation, file: File) -> dict[str, Any]:
    standing, track, referral = standing_of(allegation, file)
    return {
        "complaint": stream,
        "allegation": allegation.number,
        "respondent": allegation.respondent,
        "class": file.respondents[allegation.respondent].value,
        "category": allegation.category.value,
        "kinds": " ".join(sorted(allegation.kinds)),
        "standing": standing,
        "holder": file.holder(allegation),
        "track": track,
        "referral": referral,
        "since": allegation.since.isoformat(),
        "phase": allegation.phase and allegation.phase.value,
        "steps": " ".join(allegation.steps),
    }


def standing_of(allegation: Allegation, file: File) -> tuple[str, str | None, int | None]:
    """The word for where an allegation stands, the track it is offered to or on, and the referral in question."""
    match allegation.standing:
        case Alleged():
            return "alleged", None, None
        case Cleared():
            return "cleared", None, None
        case Established(returned=None):
            return "established", None, None
        case Established(returned=returned):
            return "returned", None, returned
        case Offered(referral=number):
            arrived = file.referrals[number].received
            return ("received" if arrived else "offered"), file.referrals[number].track.value, number
        case OnTrack(referral=on, track=track):
            return "on_track", track.value, on
        case Settled(referral=on, track=track):
            return "settled", track.value, on
        case Dropped():
            return "dropped", None, None
        case other:
            assert_never(other)


def _became(referral: Referral, file: File) -> str:
    """The word for what became of a referral."""
    stands = file.allegations[referral.allegation].standing
    if referral.recalled:
        return "recalled"
    if referral.returned is not None:
        return "returned"
    if referral.accepted:
        return "accepted"
    if stands != Offered(referral.number) and not (referral.binding and referral.received):
        return "passed_on"
    return "received" if referral.received else "offered"


def _referral(stream: str, referral: Referral, file: File) -> dict[str, Any]:
    return {
        "complaint": stream,
        "referral": referral.number,
        "allegation": referral.allegation,
        "sender": referral.sender,
        "to": referral.to,
        "track": referral.track.value,
        "binding": referral.binding,
        "study_attached": referral.study_attached,
        "irregular": " ".join(sorted(referral.irregular)),
        "standing": _became(referral, file),
        "return_reason": referral.returned and referral.returned.value,
        "handover": referral.handover,
        "given_by": file.given_by(referral),
    }
