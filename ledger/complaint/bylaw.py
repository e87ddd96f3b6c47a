"""What the law lets be done to a case besides its ordinary course: extension, joining, delegation, recall, phases."""

from __future__ import annotations

from typing import assert_never

from ledger.complaint.allegations import Alleged, Established, Offered
from ledger.complaint.commands import (
    AdmitComplaint,
    DelegateComplaint,
    DropAllegation,
    ExtendExamination,
    JoinComplaint,
    LawCommand,
    RecallReferral,
    ReceiveDelegation,
    ReclassifyRespondent,
    RecommendSanction,
    SeparateComplaint,
    SetPhase,
    TakeOverComplaint,
)
from ledger.complaint.facts import (
    AllegationDropped,
    ComplaintAdmitted,
    ComplaintDelegated,
    ComplaintFact,
    ComplaintJoined,
    ComplaintSeparated,
    ComplaintTakenOver,
    DelegationReceived,
    ExaminationExtended,
    PhaseSet,
    ReferralRecalled,
    RespondentReclassified,
)
from ledger.complaint.standing import allegation_of, check_order, file_of, listed
from ledger.complaint.state import Complaint
from ledger.complaint.track.deciding import decide_recommendation
from ledger.grounds import Grounds
from ledger.refusals import refused
from ledger.values import optional_reference


def decide_by_law(command: LawCommand, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The facts that such a command makes, or Refused."""
    file = file_of(complaint)
    match command:
        case ExtendExamination():
            if file.extended:
                raise refused("extension.once")
            check_order(command.act, file.since, "registration")
            return (ExaminationExtended(optional_reference(command.reason)),)
        case JoinComplaint():
            if command.into == command.stream:
                raise refused("joining.self")
            check_order(command.act, file.since, "last_step")
            return (ComplaintJoined(command.into, optional_reference(command.text)),)
        case AdmitComplaint():
            if command.joined in file.joined:
                raise refused("joining.known", joined=command.joined)
            return (ComplaintAdmitted(command.joined),)
        case SeparateComplaint():
            check_order(command.act, file.since, "last_step")
            return (ComplaintSeparated(optional_reference(command.text)),)
        case DelegateComplaint():
            return (_delegate(command, complaint, grounds),)
        case ReceiveDelegation():
            return (DelegationReceived(optional_reference(command.number)),)
        case TakeOverComplaint():
            return (ComplaintTakenOver(optional_reference(command.text)),)
        case ReclassifyRespondent():
            return (_reclassify(command, complaint),)
        case RecallReferral():
            return (_recall(command, complaint),)
        case DropAllegation():
            return (_drop(command, complaint),)
        case SetPhase():
            allegation = allegation_of(file, command.allegation)
            if allegation.phase is command.phase:
                raise refused("phase.same", number=command.allegation, phase=command.phase)
            return (PhaseSet(command.allegation, command.phase),)
        case RecommendSanction():
            return decide_recommendation(command, file, grounds)
        case _:
            assert_never(command)


def _delegate(command: DelegateComplaint, complaint: Complaint, grounds: Grounds) -> ComplaintDelegated:
    file = file_of(complaint)
    owner, other = grounds.office(file.owner), grounds.office(command.to)
    if command.to == file.owner:
        raise refused("delegation.self")
    if other.kind is not owner.kind:
        raise refused("delegation.kind", office=other.name, kind=owner.kind)
    if not other.covers(file.region):
        raise refused("referral.region", office=other.name, own=other.region, region=file.region)
    if file.delegated_to is not None:
        raise refused("delegation.open", to=file.delegated_to)
    return ComplaintDelegated(command.to, optional_reference(command.letter_number))


def _reclassify(command: ReclassifyRespondent, complaint: Complaint) -> RespondentReclassified:
    file = file_of(complaint)
    if command.respondent not in file.respondents:
        raise refused("respondent.unknown", respondent=command.respondent, known=listed(file.respondents))
    if file.respondents[command.respondent] is command.class_:
        raise refused("respondent.same_class", respondent=command.respondent, class_=command.class_)
    return RespondentReclassified(command.respondent, command.class_, command.since, optional_reference(command.text))


def _recall(command: RecallReferral, complaint: Complaint) -> ReferralRecalled:
    file = file_of(complaint)
    if command.referral not in file.referrals:
        raise refused("referral.unknown", number=command.referral, known=listed(file.referrals))
    allegation = file.allegations[file.referrals[command.referral].allegation]
    if allegation.standing != Offered(command.referral):
        raise refused("referral.taken", number=command.referral)
    check_order(command.act, allegation.since, "offer")
    return ReferralRecalled(command.referral, optional_reference(command.text))


def _drop(command: DropAllegation, complaint: Complaint) -> AllegationDropped:
    allegation = allegation_of(file_of(complaint), command.allegation)
    if not isinstance(allegation.standing, Alleged | Established):
        raise refused("allegation.elsewhere", number=allegation.number)
    check_order(command.act, allegation.since, "allegation")
    return AllegationDropped(command.allegation, command.reason, optional_reference(command.text))
