"""What a complaint answers to what is asked of it: the four pure functions, each a table of the concept's parts."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ledger.command import recorder
from ledger.complaint.commands import (
    AcceptReferral,
    AnnounceStatus,
    AnyComplaintCommand,
    CallHearing,
    CompleteStudy,
    FileComplaint,
    HoldHearing,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    OfferReferral,
    ReceiveReferral,
    RegisterComplaint,
    ReturnReferral,
    ReviewComplaint,
)
from ledger.complaint.examination import decide_examination
from ledger.complaint.facts import (
    AllegationDecided,
    AllegationMade,
    ComplaintFact,
    ComplaintFiled,
    ComplaintRegistered,
    HearingCalled,
    HearingHeld,
    InitialReviewConcluded,
    PlenaryHeld,
    ReferralAccepted,
    ReferralOffered,
    ReferralReceived,
    ReferralReturned,
    RegistrationRefused,
    RespondentNamed,
    StatusAnnounced,
    StudyCompleted,
)
from ledger.complaint.intake import decide_intake
from ledger.complaint.referrals import decide_referral
from ledger.complaint.standing import check_dating
from ledger.complaint.state import Complaint, Nothing
from ledger.grounds import Grounds
from ledger.office.competence import check_act, check_role
from ledger.scopes import NOTHING, WHOLE, Scope
from ledger.values import StreamId


def needs(command: AnyComplaintCommand, complaint: Complaint) -> frozenset[StreamId]:
    """The streams that the decision will read: who acts and records, the owner, the election, the addressee."""
    streams = {command.act.office, recorder(command).office}
    if not isinstance(complaint, Nothing):
        streams.add(complaint.file.owner)
    match command:
        case FileComplaint():
            streams.add(command.election)
        case OfferReferral():
            streams.add(command.to)
        case _:
            pass
    return frozenset(streams)


def decide(
    command: AnyComplaintCommand, complaint: Complaint, *, at: datetime, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    """The facts that a command makes, in order; Refused with rule, reason and what would be allowed, or Invalid."""
    check_dating(command)
    check_role(recorder(command), command.ROLES)
    check_act(command.act, recorder(command), at, grounds)
    match command:
        case FileComplaint() | NameRespondent() | MakeAllegation() | ReviewComplaint() | RegisterComplaint():
            return decide_intake(command, complaint, grounds)
        case CallHearing() | HoldHearing() | CompleteStudy() | HoldPlenary() | AnnounceStatus():
            return decide_examination(command, complaint, grounds)
        case OfferReferral() | ReceiveReferral() | AcceptReferral() | ReturnReferral():
            return decide_referral(command, complaint, grounds)
        case _:
            assert_never(command)


def scope(command: AnyComplaintCommand, complaint: Complaint) -> Scope:
    """The allegations that a command decides on, or the whole complaint."""
    match command:
        case HoldPlenary():
            return frozenset(ballot.allegation for ballot in command.ballots)
        case CompleteStudy():
            return command.allegations
        case AnnounceStatus():
            return command.allegations or WHOLE
        case OfferReferral():
            return frozenset({command.allegation})
        case ReceiveReferral() | AcceptReferral() | ReturnReferral():
            return _of_referral(command.referral, complaint)
        case (
            FileComplaint()
            | NameRespondent()
            | MakeAllegation()
            | ReviewComplaint()
            | RegisterComplaint()
            | CallHearing()
            | HoldHearing()
        ):
            return WHOLE
        case _:
            assert_never(command)


def touches(fact: ComplaintFact, complaint: Complaint) -> Scope:
    """The allegations that a fact changes, or the whole complaint; `complaint` is the state after it."""
    match fact:
        case AllegationMade() | AllegationDecided() | ReferralOffered():
            return frozenset({fact.allegation})
        case StudyCompleted():
            return fact.allegations
        case PlenaryHeld():
            return frozenset(each.allegation for each in fact.tally)
        case ReferralReceived() | ReferralAccepted() | ReferralReturned():
            return _of_referral(fact.referral, complaint)
        case StatusAnnounced():
            return NOTHING
        case (
            ComplaintFiled()
            | RespondentNamed()
            | InitialReviewConcluded()
            | RegistrationRefused()
            | ComplaintRegistered()
            | HearingCalled()
            | HearingHeld()
        ):
            return WHOLE
        case _:
            assert_never(fact)


def _of_referral(number: int, complaint: Complaint) -> Scope:
    """A referral's allegation; a referral that is not there is left to `decide`, which says so."""
    if isinstance(complaint, Nothing) or number not in complaint.file.referrals:
        return WHOLE
    return frozenset({complaint.file.referrals[number].allegation})
