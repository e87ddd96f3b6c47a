"""What the law lets be done to a case besides its ordinary course: extension, joining, delegation, recall, phases."""

from __future__ import annotations

from typing import assert_never

from ledger.complaint.allegations import Alleged, Established, Offered
from ledger.complaint.codes import RespondentClass
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
from ledger.complaint.delegation import delegated, delegation_received, taken_over
from ledger.complaint.facts import (
    AllegationDropped,
    ComplaintAdmitted,
    ComplaintFact,
    ComplaintJoined,
    ComplaintSeparated,
    ExaminationExtended,
    PhaseSet,
    ReferralRecalled,
    RespondentReclassified,
)
from ledger.complaint.file import File
from ledger.complaint.phases import judged
from ledger.complaint.standing import allegation_of, check_order, file_of, listed, stands_for
from ledger.complaint.state import Complaint
from ledger.complaint.steps import decide_recommendation
from ledger.grounds import Grounds
from ledger.refusals import refused
from ledger.values import day_of, optional_reference


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
            # It may have gone on here before and been separated: that it stands alone now, its own stream says.
            return (ComplaintAdmitted(command.joined),)
        case SeparateComplaint():
            check_order(command.act, file.since, "last_step")
            return (ComplaintSeparated(optional_reference(command.text)),)
        case DelegateComplaint():
            return (delegated(file, command.to, command.letter_number, act=command.act, grounds=grounds),)
        case ReceiveDelegation():
            return (delegation_received(file, command.number, act=command.act),)
        case TakeOverComplaint():
            return (taken_over(file, command.text, act=command.act),)
        case ReclassifyRespondent():
            return (_reclassify(command, complaint),)
        case RecallReferral():
            return (_recall(command, complaint, grounds),)
        case DropAllegation():
            return (_drop(command, complaint),)
        case SetPhase():
            return (_set_phase(command, file, grounds),)
        case RecommendSanction():
            return decide_recommendation(command, file, grounds)
        case _:
            assert_never(command)


def _reclassify(command: ReclassifyRespondent, complaint: Complaint) -> RespondentReclassified:
    file = file_of(complaint)
    if command.respondent not in file.respondents:
        raise refused("respondent.unknown", respondent=command.respondent, known=listed(file.respondents))
    if command.class_ is RespondentClass.UNKNOWN:
        raise refused("respondent.class")
    if file.respondents[command.respondent] is command.class_:
        raise refused("respondent.same_class", respondent=command.respondent, class_=command.class_)
    return RespondentReclassified(command.respondent, command.class_, command.since, optional_reference(command.text))


def _recall(command: RecallReferral, complaint: Complaint, grounds: Grounds) -> ReferralRecalled:
    """Whoever sent it takes it back, or that office's successor; the owner does not recall what another office sent."""
    file = file_of(complaint)
    if command.referral not in file.referrals:
        raise refused("referral.unknown", number=command.referral, known=listed(file.referrals))
    sender = file.referrals[command.referral].sender
    if not stands_for(command.act.office, sender, day_of(command.act), grounds):
        raise refused("referral.sender", number=command.referral, sender=grounds.name_of(sender))
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


def _set_phase(command: SetPhase, file: File, grounds: Grounds) -> PhaseSet:
    """What the election's recorded days leave open is set by the owner; what they decide is not set otherwise."""
    allegation = allegation_of(file, command.allegation)
    if allegation.phase is command.phase:
        raise refused("phase.same", number=command.allegation, phase=command.phase)
    found = judged(grounds.election(file.election), file.region, file.occurred_from, file.occurred_until)
    if found.phase in (None, command.phase):
        return PhaseSet(command.allegation, command.phase)
    began, ended = file.occurred_from, file.occurred_until
    if found.fixed:
        raise refused("phase.pairs", region=file.region, on=found.on, began=began, ended=ended, phase=found.phase)
    raise refused("phase.schedule", region=file.region, on=found.on, began=began, ended=ended, phase=found.phase)
