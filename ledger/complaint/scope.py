"""Which allegations a command decides on and a fact changes: two tracks of one case do not disturb each other."""

from __future__ import annotations

from ledger.complaint.commands import (
    AcceptReferral,
    AnnounceStatus,
    AnyComplaintCommand,
    CompleteStudy,
    DropAllegation,
    HandOverFile,
    HoldPlenary,
    OfferReferral,
    RecallReferral,
    RecategoriseAllegation,
    ReceiveReferral,
    RecommendSanction,
    RecordOutcome,
    RetainAllegation,
    ReturnReferral,
    SetPhase,
    StepCommand,
)
from ledger.complaint.facts import (
    AllegationDecided,
    AllegationDropped,
    AllegationMade,
    AllegationRecategorised,
    AllegationRetained,
    ComplaintFact,
    EvidenceAdded,
    OutcomeRecorded,
    PhaseSet,
    PlenaryHeld,
    ReferralAccepted,
    ReferralOffered,
    ReferralRecalled,
    ReferralReceived,
    ReferralReturned,
    StatusAnnounced,
    StudyCompleted,
    TrackStep,
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
        case (
            StepCommand()
            | RecommendSanction()
            | OfferReferral()
            | HandOverFile()
            | RetainAllegation()
            | RecordOutcome()
            | RecategoriseAllegation()
            | DropAllegation()
            | SetPhase()
        ):
            return frozenset({command.allegation})
        case ReceiveReferral() | AcceptReferral() | ReturnReferral() | RecallReferral():
            return _of_referral(command.referral, complaint)
        case _:
            return WHOLE


def touches(fact: ComplaintFact, complaint: Complaint) -> Scope:
    """The allegations that a fact changes, or the whole complaint; `complaint` is the state after it."""
    if isinstance(fact, TrackStep):
        return frozenset({fact.allegation})
    match fact:
        case (
            AllegationMade()
            | AllegationRecategorised()
            | AllegationDecided()
            | AllegationDropped()
            | PhaseSet()
            | ReferralOffered()
            | AllegationRetained()
            | OutcomeRecorded()
        ):
            return frozenset({fact.allegation})
        case StudyCompleted():
            return fact.allegations
        case PlenaryHeld():
            return frozenset(each.allegation for each in fact.tally)
        case ReferralReceived() | ReferralAccepted() | ReferralReturned() | ReferralRecalled():
            return _of_referral(fact.referral, complaint)
        case StatusAnnounced() | EvidenceAdded() | ValueDisclosed():
            return NOTHING
        case _:
            return WHOLE


def _of_referral(number: int, complaint: Complaint) -> Scope:
    """A referral's allegation; a referral that is not there is left to `decide`, which says so."""
    if isinstance(complaint, Nothing) or number not in complaint.file.referrals:
        return WHOLE
    return frozenset({complaint.file.referrals[number].allegation})
