"""More of `builders`: the facts beside the straight way from report to referral, and a complaint at every stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.complaint import codes, facts
from ledger.complaint.commands import (
    AnyComplaintCommand,
)
from ledger.complaint.decisions import decide
from ledger.complaint.facts import FACTS_AT_AN_INSTANT, ComplaintFact
from ledger.complaint.state import Complaint, Filed, Nothing
from ledger.erasure import ErasureReason
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.office.facts import OfficeKind
from ledger.values import (
    Handle,
    Name,
    Number,
    OutcomeCode,
    StreamId,
    Subject,
    Zone,
    local_date,
)
from tests.builders import (
    BAWASLU,
    DECIDED,
    ELECTION,
    JAMBI,
    JAMBI_REGION,
    KASN,
    NOON,
    OFFERED,
    ONE,
    R1,
    Happened,
    accepted,
    after,
    alleged,
    filed,
    named,
    office,
    on,
    received,
    ref,
    reviewed,
    stream,
)

ABOVE = stream("office", "8")
"""Bawaslu of the province: the office above Bawaslu Kota Jambi."""
MINISTRY = stream("office", "9")
OFFICIAL_STREAM = stream("official", "1")
OTHER_COMPLAINT = stream("complaint", "2")
K1, K2 = Handle("k1"), Handle("k2")
PROVEN, NOT_PROVEN = OutcomeCode("proven"), OutcomeCode("not_proven")

WIDE = replace(
    JAMBI,
    offices={
        **JAMBI.offices,
        BAWASLU: replace(JAMBI.office(BAWASLU), parent=ABOVE),
        ABOVE: office("Bawaslu Provinsi Jambi", OfficeKind.BAWASLU, "15", seats=5),
        MINISTRY: office("Kementerian Dalam Negeri", OfficeKind.HOME_MINISTRY),
    },
)
"""JAMBI with an office above Bawaslu's, and the home ministry."""


# --- deciding -------------------------------------------------------------------------------------------------------


def answer(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds = WIDE) -> tuple[ComplaintFact, ...]:
    """What the complaint answers at noon."""
    return decide(command, complaint, at=NOON, grounds=grounds)


def refusal(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds = WIDE) -> str | None:
    """The rule that refuses a command, or None."""
    try:
        answer(command, complaint, grounds)
    except Refused as refused:
        return refused.rule
    return None


def recorded(command: AnyComplaintCommand, fact: ComplaintFact, zone: Zone = Zone.WIB) -> Happened:
    """A decided fact with its act as the registrar writes it: facts dated by day take the local date of an instant."""
    if type(fact) in FACTS_AT_AN_INSTANT or command.act.at is None:
        return Happened(fact, command.act)
    return Happened(fact, replace(command.act, at=None, on=local_date(command.act.at, zone)))


def following(complaint: Complaint, *happened: Happened) -> Complaint:
    """The complaint after some more facts."""
    from ledger.complaint.state import evolve

    for each in happened:
        complaint = evolve(complaint, each.fact, each.act)
    return complaint


def follow(complaint: Complaint, *commands: AnyComplaintCommand, grounds: Grounds = WIDE) -> Complaint:
    """The complaint after what some commands made happen."""
    for command in commands:
        made = answer(command, complaint, grounds)
        complaint = following(complaint, *(recorded(command, fact) for fact in made))
    return complaint


def file_in(complaint: Complaint) -> Any:
    """The file of a complaint that has one."""
    assert not isinstance(complaint, Nothing)
    return complaint.file


def standing(complaint: Complaint, allegation: int = 1) -> Any:
    """Where an allegation stands."""
    return file_in(complaint).allegations[allegation].standing


def holder(complaint: Complaint, allegation: int = 1) -> StreamId:
    """Who holds an allegation."""
    assert not isinstance(complaint, Nothing)
    return complaint.file.holder(complaint.file.allegations[allegation])


def before_end(complaint: Filed) -> codes.Stage:
    """The stage that a reopening leads to."""
    return getattr(complaint, "before", complaint.STAGE)


# --- what happened --------------------------------------------------------------------------------------------------


def noted(origin: codes.PreliminaryOrigin = codes.PreliminaryOrigin.TIP, **changes: Any) -> Happened:
    fact = facts.PreliminaryInformationNoted(
        origin=origin, election=ELECTION, region=JAMBI_REGION, source=ref("source"), narrative=ref("narrative")
    )
    return Happened(replace(fact, **changes), on("2024-06-11"))


def traced(result: codes.TracingResult = codes.TracingResult.SUPPORTED) -> Happened:
    return Happened(facts.TracingRecorded(result, ref("report")), on("2024-06-12"))


def found(origin: codes.FindingOrigin = codes.FindingOrigin.SUPERVISION, **changes: Any) -> Happened:
    where = {"election": ELECTION, "region": JAMBI_REGION} if origin is codes.FindingOrigin.SUPERVISION else {}
    dates = {} if origin is codes.FindingOrigin.WITHDRAWN else {"occurred_from": date(2024, 6, 8)}
    until = {} if origin is codes.FindingOrigin.WITHDRAWN else {"occurred_until": date(2024, 6, 8)}
    made: dict[str, Any] = {**where, **dates, **until, **changes}
    return Happened(facts.FindingFixed(found_on=date(2024, 6, 10), origin=origin, **made), on("2024-06-12"))


def review_found(result: codes.ReviewResult, *missing: codes.Requirement) -> Happened:
    fact = facts.InitialReviewConcluded(
        formal=not missing, material=True, result=result, known_on=date(2024, 6, 10), missing=frozenset(missing)
    )
    return Happened(fact, on("2024-06-12"))


def completion_requested(*items: codes.Requirement) -> Happened:
    return Happened(
        facts.CompletionRequested(frozenset(items or (codes.Requirement.SIGNATURE,)), ref("text")), on("2024-06-12")
    )


def completion_received(*items: codes.Requirement) -> Happened:
    return Happened(facts.CompletionReceived(frozenset(items or (codes.Requirement.SIGNATURE,))), on("2024-06-13"))


def not_registered(reason: codes.RefusalReason = codes.RefusalReason.FORMAL) -> Happened:
    return Happened(facts.RegistrationRefused(reason, ref("text")), on("2024-06-13"))


def registered_as_finding() -> Happened:
    return Happened(facts.ComplaintRegistered(codes.RegistrationKind.FINDING, ref("number")), on("2024-06-13"))


def withdrew(complainant: Handle = K1) -> Happened:
    return Happened(facts.ComplaintWithdrawn(complainant, ref("text")), on("2024-06-13"))


def filed_by_two() -> Happened:
    return filed(complainants=(facts.Complainant(K1, name=ref("one")), facts.Complainant(K2, name=ref("two"))))


def retained(allegation: int = 1, track: codes.Track = codes.Track.BAWASLU_ADHOC) -> Happened:
    return Happened(facts.AllegationRetained(Number(allegation), track), on("2024-06-18"))


def outcome(
    allegation: int = 1,
    code: OutcomeCode = PROVEN,
    office: StreamId = KASN,
    referral: Number | None = ONE,
    level: codes.OutcomeLevel = codes.OutcomeLevel.FIRST,
) -> Happened:
    fact = facts.OutcomeRecorded(Number(allegation), code, level, referral, ref("decree"))
    return Happened(fact, on("2024-06-28", office))


def closed(reason: codes.ClosingReason = codes.ClosingReason.SETTLED, *allegations: int) -> Happened:
    return Happened(facts.ComplaintClosed(reason, frozenset(map(Number, allegations or (1,)))), on("2024-07-01"))


def reopened(reason: codes.ReopeningReason, *allegations: int) -> Happened:
    return Happened(facts.ComplaintReopened(reason, frozenset(map(Number, allegations))), on("2024-07-02"))


def conflicted(actor: str = "a2", source: codes.ConflictSource = codes.ConflictSource.DECLARED) -> Happened:
    return Happened(facts.ConflictRecorded(Handle(actor), R1, source), on("2024-06-12"))


def erased(of: str = "k1") -> Happened:
    fact = facts.ComplaintPersonErased(
        Subject(of), ErasureReason.REQUEST, Name("UU 27/2022"), date(2025, 1, 1), facts.Present(Handle("a8"))
    )
    return Happened(fact, on("2024-07-03"))


def joined(into: StreamId = OTHER_COMPLAINT) -> Happened:
    return Happened(facts.ComplaintJoined(into, ref("text")), on("2024-06-13"))


def separated() -> Happened:
    return Happened(facts.ComplaintSeparated(ref("text")), on("2024-06-14"))


FOUND = (found(), named(), alleged())
TRACING = (noted(), traced())
AWAITING = (
    filed(),
    named(),
    alleged(),
    review_found(codes.ReviewResult.COMPLETE, codes.Requirement.SIGNATURE),
    completion_requested(),
)
REVIEWED = (filed(), named(), alleged(), reviewed())
NOT_REGISTERED = (
    filed(),
    named(),
    alleged(),
    review_found(codes.ReviewResult.REFUSE, codes.Requirement.SIGNATURE),
    not_registered(),
)
WITHDRAWN = (filed(), named(), alleged(), withdrew())
ON_TRACK = (*OFFERED, received(), accepted())
RETAINED = (*DECIDED, retained())
SETTLED = (*ON_TRACK, outcome())
CLOSED = (*SETTLED, closed())
STAGES: dict[codes.Stage, Complaint] = {
    codes.Stage.NOTHING: Nothing(),
    codes.Stage.RECEIVED: after(filed(), named(), alleged()),
    codes.Stage.AWAITING_COMPLETION: after(*AWAITING),
    codes.Stage.TRACING: after(*TRACING),
    codes.Stage.FOUND: after(*FOUND),
    codes.Stage.REVIEWED: after(*REVIEWED),
    codes.Stage.REGISTERED: after(*REVIEWED, registered_as_finding()),
    codes.Stage.DECIDED: after(*DECIDED),
    codes.Stage.NOT_REGISTERED: after(*NOT_REGISTERED),
    codes.Stage.WITHDRAWN: after(*WITHDRAWN),
    codes.Stage.CLOSED: after(*CLOSED),
    codes.Stage.JOINED: after(filed(), named(), alleged(), joined()),
}
"""A complaint at every stage."""
