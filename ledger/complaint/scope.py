"""Which allegations a command decides on and a fact changes: two tracks of one case do not disturb each other."""

from __future__ import annotations

from ledger.complaint.commands import (
    AcceptReferral,
    AnnounceStatus,
    AnyComplaintCommand,
    CompleteStudy,
    HoldPlenary,
    RecallReferral,
    ReceiveReferral,
    ReturnReferral,
)
from ledger.complaint.facts import (
    ComplaintFact,
    DeadlineStarted,
    EvidenceAdded,
    PlenaryHeld,
    ReferralAccepted,
    ReferralRecalled,
    ReferralReceived,
    ReferralReturned,
    StatusAnnounced,
    StudyCompleted,
    ValueDisclosed,
)
from ledger.complaint.state import Complaint, Nothing
from ledger.scopes import NOTHING, WHOLE, Scope


def scope(command: AnyComplaintCommand, complaint: Complaint) -> Scope:
    """The allegations that a command decides on; the whole complaint, unless the command names some."""
    match command:
        case HoldPlenary():
            return frozenset(ballot.allegation for ballot in command.ballots)
        case CompleteStudy():
            return command.allegations
        case AnnounceStatus():
            return command.allegations or WHOLE
        case ReceiveReferral() | AcceptReferral() | ReturnReferral() | RecallReferral():
            return _of_referral(command.referral, complaint)
        case _:
            return _named(command)


def touches(fact: ComplaintFact, complaint: Complaint) -> Scope:
    """The allegations that a fact changes, or the whole complaint; `complaint` is the state after it."""
    match fact:
        case StudyCompleted():
            return fact.allegations
        case PlenaryHeld():
            return frozenset(each.allegation for each in fact.tally)
        case ReferralReceived() | ReferralAccepted() | ReferralReturned() | ReferralRecalled():
            return _of_referral(fact.referral, complaint)
        case StatusAnnounced() | EvidenceAdded() | ValueDisclosed() | DeadlineStarted():
            return NOTHING
        case _:
            return _named(fact)


def _named(asked_or_happened: object) -> Scope:
    """The one allegation that a command or fact names; the whole complaint, where it names none."""
    number = getattr(asked_or_happened, "allegation", None)
    return WHOLE if number is None else frozenset({number})


def _of_referral(number: int, complaint: Complaint) -> Scope:
    """A referral's allegation; a referral that is not there is left to `decide`, which says so."""
    if isinstance(complaint, Nothing) or number not in complaint.file.referrals:
        return WHOLE
    return frozenset({complaint.file.referrals[number].allegation})
