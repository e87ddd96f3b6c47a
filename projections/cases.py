"""The cases: where each complaint stands, allegation by allegation, and what became of each referral.

Nothing is derived twice: the rows are the concept's own state, laid out in columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, assert_never

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table

from ledger.codec import Recorded
from ledger.complaint.state import (
    Allegation,
    Alleged,
    Cleared,
    Complaint,
    Decided,
    Established,
    File,
    Filed,
    Nothing,
    NotRegistered,
    Offered,
    OnTrack,
    Received,
    Referral,
    Registered,
    Reviewed,
)
from projections.projection import Put, States

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
    Column("occurred_from", String, nullable=False),
    Column("occurred_until", String, nullable=False),
    Column("known_on", String, nullable=False),
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
)

STAGES: Final[Mapping[type[Filed], str]] = {
    Received: "received",
    Reviewed: "reviewed",
    NotRegistered: "not_registered",
    Registered: "registered",
    Decided: "decided",
}


class Cases:
    """The read model of the cases."""

    name = "cases"
    version = 1
    tables = (CASES, ALLEGATIONS, REFERRALS)

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
        for referral in file.referrals.values():
            yield Put("referrals", _referral(recorded.stream, referral))


def _case(recorded: Recorded, position: int, complaint: Filed) -> dict[str, Any]:
    file = complaint.file
    return {
        "complaint": recorded.stream,
        "version": recorded.version,
        "position": position,
        "stage": STAGES[type(complaint)],
        "owner": file.owner,
        "election": file.election,
        "region": file.region,
        "occurred_from": file.occurred_from.isoformat(),
        "occurred_until": file.occurred_until.isoformat(),
        "known_on": file.known_on.isoformat(),
    }


def _allegation(stream: str, allegation: Allegation, file: File) -> dict[str, Any]:
    standing, track, referral = _standing(allegation, file)
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
    }


def _standing(allegation: Allegation, file: File) -> tuple[str, str | None, int | None]:
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
        case OnTrack(referral=number, track=track):
            return "on_track", track.value, number
        case other:
            assert_never(other)


def _referral(stream: str, referral: Referral) -> dict[str, Any]:
    if referral.returned is not None:
        standing = "returned"
    elif referral.accepted:
        standing = "accepted"
    else:
        standing = "received" if referral.received else "offered"
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
        "standing": standing,
        "return_reason": referral.returned and referral.returned.value,
    }
