"""What figures are counted from: each case, allegation, outcome and sanction as it was after every fact about it.

Rows are only added, each with the position of its fact and the day on which that counts, so that a figure can be asked
as of any position and any day: of every case or allegation the last row by then stands. Nothing is counted here; the
questions are below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table

from ledger.codec import Recorded
from ledger.complaint import facts
from ledger.complaint.allegations import Allegation, Alleged, Cleared, Dropped
from ledger.complaint.asof import counting_days
from ledger.complaint.codes import ClosingReason, Stage, Track
from ledger.complaint.file import File
from ledger.complaint.scope import touches
from ledger.complaint.state import Complaint, Filed, Nothing
from ledger.complaint.track.codes import AppealResult, VerificationResult
from projections.cases import standing_of
from projections.projection import Put, States

METADATA = MetaData()

CASE_MOMENTS = Table(
    "case_moments",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("day", String, nullable=False),
    Column("election", String, nullable=False),
    Column("region", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("registration", String, nullable=False),
)
ALLEGATION_MOMENTS = Table(
    "allegation_moments",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("allegation", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("day", String, nullable=False),
    Column("election", String, nullable=False),
    Column("region", String, nullable=False),
    Column("respondent", String, nullable=False),
    Column("class", String, nullable=False),
    Column("category", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("track", String),
    Column("status", String),
    Column("data", String),
)
OUTCOME_MOMENTS = Table(
    "outcome_moments",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("allegation", Integer, nullable=False),
    Column("day", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("level", String, nullable=False),
)
SANCTION_MOMENTS = Table(
    "sanction_moments",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("allegation", Integer, nullable=False),
    Column("day", String, nullable=False),
    Column("sanction_class", String, nullable=False),
    Column("kind", String, nullable=False),
)
ANNULMENTS = Table(
    "annulments",
    METADATA,
    Column("complaint", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("allegation", Integer, nullable=False),
    Column("day", String, nullable=False),
)

SETTLED_FOR_THE_AUTHORITY = frozenset({"proven", "sanctioned"})
"""Outcomes after which a sanction is still to be entered in I'DIS."""


class Figures:
    """The read model of what figures are counted from."""

    name = "figures"
    version = 1
    tables = (CASE_MOMENTS, ALLEGATION_MOMENTS, OUTCOME_MOMENTS, SANCTION_MOMENTS, ANNULMENTS)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """A row for the case, and one for each allegation that the fact is about."""
        if not recorded.stream.startswith("complaint-"):
            return
        complaint: Complaint = states.after(recorded)
        if isinstance(complaint, Nothing):
            return
        when = {
            "complaint": recorded.stream,
            "position": position,
            "day": counting_days(complaint)[-1].isoformat(),
        }
        scope = touches(recorded.fact, complaint)
        if scope is None:
            yield Put("case_moments", when | _case(complaint))
        for number, allegation in complaint.file.allegations.items():
            if scope is None or number in scope:
                yield Put("allegation_moments", when | _allegation(allegation, complaint.file))
        yield from _said(recorded.fact, when)


def _said(fact: Any, when: dict[str, Any]) -> Iterator[Put]:
    """What an office said or imposed, and what was annulled of it."""
    match fact:
        case facts.OutcomeRecorded():
            said = {"allegation": fact.allegation, "outcome": fact.outcome, "level": fact.level.value}
            yield Put("outcome_moments", when | said)
        case facts.Sanctioned():
            said = {"allegation": fact.allegation, "sanction_class": fact.class_.value, "kind": fact.kind.value}
            yield Put("sanction_moments", when | said)
        case facts.SanctionAppealDecided(result=AppealResult.ANNULLED):
            yield Put("annulments", when | {"allegation": fact.allegation})
        case _:
            pass


def _case(complaint: Filed) -> dict[str, Any]:
    file = complaint.file
    return {
        "election": file.election,
        "region": file.region,
        "origin": _origin(file),
        "registration": _registration(complaint),
    }


def _origin(file: File) -> str:
    """A report, a finding, or preliminary information that is neither yet; as registered, once it is."""
    kinds = [type(each.fact) for each in file.entered]
    if facts.FindingFixed in kinds:
        return "finding"
    return "report" if kinds[0] is facts.ComplaintFiled else "preliminary"


def _registration(complaint: Filed) -> str:
    """Whether it came to the register; what ended before it did not, and what has not ended is pending."""
    entered = [each.fact for each in complaint.file.entered]
    if any(isinstance(fact, facts.ComplaintRegistered) for fact in entered):
        return "registered"
    closings = [fact.reason for fact in entered if isinstance(fact, facts.ComplaintClosed)]
    ended = {
        Stage.NOT_REGISTERED: "not_registered",
        Stage.WITHDRAWN: "withdrawn",
        Stage.CLOSED: "withdrawn" if closings[-1:] == [ClosingReason.WITHDRAWN] else "not_registered",
    }
    return ended.get(complaint.STAGE, "pending")


def _allegation(allegation: Allegation, file: File) -> dict[str, Any]:
    standing, track, _ = standing_of(allegation, file)
    about = [each.fact for each in file.entered if getattr(each.fact, "allegation", None) == allegation.number]
    return {
        "allegation": allegation.number,
        "election": file.election,
        "region": file.region,
        "respondent": allegation.respondent,
        "class": file.respondents[allegation.respondent].value,
        "category": allegation.category.value,
        "decision": _decision(allegation),
        "standing": standing,
        "track": track,
        "status": _status(allegation, file, about),
        "data": _data(about),
    }


def _decision(allegation: Allegation) -> str:
    match allegation.standing:
        case Alleged():
            return "undecided"
        case Cleared():
            return "not_violation"
        case Dropped():
            return "dropped"
        case _:
            return "violation"


def _data(about: list[Any]) -> str | None:
    """Whether the respondent's personnel data are suspended over the allegation; None where they never were."""
    blocks = [fact for fact in about if isinstance(fact, facts.DataBlocked | facts.DataUnblocked)]
    if not blocks:
        return None
    return "blocked" if isinstance(blocks[-1], facts.DataBlocked) else "unblocked"


def _status(allegation: Allegation, file: File, about: list[Any]) -> str | None:
    """What an allegation on the ASN track waits for, or how it ended there, as BKN's shared system counts it.

    It waits for the authority until its sanction is entered in I'DIS, also when it was imposed.
    """
    standing, track, _ = standing_of(allegation, file)
    if track != Track.ASN.value:
        return None
    verified = [fact.result for fact in about if isinstance(fact, facts.SatgasVerified)]
    if verified and verified[-1] is not VerificationResult.PASSED:
        return verified[-1].value
    if facts.EnteredInIdis.TOPIC in allegation.steps:
        return "entered"
    last = allegation.outcomes[-1].code if allegation.outcomes and standing == "settled" else None
    if last is not None and last not in SETTLED_FOR_THE_AUTHORITY:
        return last
    steps = {facts.SanctionRecommended.TOPIC, facts.Sanctioned.TOPIC}
    referral = file.referrals.get(getattr(allegation.standing, "referral", None) or 0)
    at_the_authority = last is not None or steps & set(allegation.steps) or (referral is not None and referral.binding)
    return "awaiting_authority" if at_the_authority else "awaiting_verification"
