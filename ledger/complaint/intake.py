"""From the first word of a case to the register: reports, preliminary information, findings; registration."""

from __future__ import annotations

from typing import assert_never

from ledger.complaint.allegations import Alleged, Established
from ledger.complaint.codes import (
    CATEGORIES,
    Category,
    FindingOrigin,
    RefusalReason,
    RegistrationKind,
    RespondentClass,
    Stage,
    TracingResult,
)
from ledger.complaint.commands import (
    ContinueAsFinding,
    FileComplaint,
    FixFinding,
    IntakeCommand,
    MakeAllegation,
    NameRespondent,
    NotePreliminary,
    RecategoriseAllegation,
    ReceiveCompletion,
    RecordTracing,
    RefuseRegistration,
    RegisterComplaint,
    ReviewComplaint,
    WithdrawComplaint,
    WitnessTold,
)
from ledger.complaint.facts import (
    AllegationMade,
    AllegationRecategorised,
    Complainant,
    ComplaintFact,
    ComplaintFiled,
    ComplaintRegistered,
    ComplaintWithdrawn,
    CompletionReceived,
    FindingFixed,
    PreliminaryInformationNoted,
    RegistrationRefused,
    RespondentNamed,
    TracingRecorded,
    Witness,
)
from ledger.complaint.review import decide_review
from ledger.complaint.standing import allegation_of, check_dates, check_order, file_of, listed
from ledger.complaint.state import Complaint, Decided, Found, Tracing, Withdrawn
from ledger.grounds import Grounds
from ledger.office.competence import legal_day
from ledger.office.facts import OfficeKind
from ledger.refusals import refused
from ledger.values import Number, handle_of, optional_reference, reference


def decide_intake(command: IntakeCommand, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The facts that an intake command makes, or Refused."""
    match command:
        case FileComplaint():
            return (_file(command, grounds),)
        case NotePreliminary():
            return (_note(command, grounds),)
        case FixFinding():
            return (_fix(command, grounds),)
        case ContinueAsFinding():
            return (_continue(command, complaint),)
        case RecordTracing():
            check_order(command.act, file_of(complaint).since, "preliminary")
            return (TracingRecorded(command.result, optional_reference(command.report)),)
        case NameRespondent():
            return (_name(command, complaint),)
        case MakeAllegation():
            return (_allege(command, complaint),)
        case RecategoriseAllegation():
            return (_recategorise(command, complaint),)
        case ReviewComplaint():
            return decide_review(command, complaint, grounds)
        case ReceiveCompletion():
            return (_complete(command, complaint),)
        case RefuseRegistration():
            return (_refuse(command, complaint),)
        case RegisterComplaint():
            return (_register(command, complaint),)
        case WithdrawComplaint():
            return (_withdraw(command, complaint),)
        case _:
            assert_never(command)


def _check_place(command: FileComplaint | NotePreliminary | FixFinding, grounds: Grounds) -> None:
    """The office that takes a case in is Bawaslu's, for the region, in an election that is held there."""
    office = grounds.office(command.act.office)
    if office.kind is not OfficeKind.BAWASLU:
        raise refused("intake.body", office=office.name)
    if not office.covers(command.region):
        raise refused("intake.region", office=office.name, own=office.region, region=command.region)
    if not grounds.election(command.election).covers(command.region):
        raise refused("election.region", region=command.region)


def _file(command: FileComplaint, grounds: Grounds) -> ComplaintFiled:
    _check_place(command, grounds)
    today = legal_day(command.act, grounds.office(command.act.office).zone)
    check_dates(command.occurred_from, command.occurred_until, command.known_on, today)
    if not command.complainants:
        raise refused("complainant.none")
    handles = [handle_of(each.handle) for each in command.complainants]
    if len(set(handles)) != len(handles):
        raise refused("complainant.twice")
    return ComplaintFiled(
        election=command.election,
        region=command.region,
        occurred_from=command.occurred_from,
        occurred_until=command.occurred_until,
        known_on=command.known_on,
        channel=command.channel,
        complainants=tuple(
            Complainant(
                handle=handle_of(each.handle),
                name=optional_reference(each.name),
                id_number=optional_reference(each.id_number),
                address=optional_reference(each.address),
                phone=optional_reference(each.phone),
                email=optional_reference(each.email),
                capacity=optional_reference(each.capacity),
            )
            for each in command.complainants
        ),
        witnesses=_witnesses(command.witnesses),
        narrative=optional_reference(command.narrative),
        place=optional_reference(command.place),
        received_number=optional_reference(command.received_number),
    )


def _witnesses(told: tuple[WitnessTold, ...]) -> tuple[Witness, ...]:
    return tuple(
        Witness(
            handle=handle_of(each.handle),
            name=optional_reference(each.name),
            address=optional_reference(each.address),
            phone=optional_reference(each.phone),
        )
        for each in told
    )


def _note(command: NotePreliminary, grounds: Grounds) -> PreliminaryInformationNoted:
    _check_place(command, grounds)
    today = legal_day(command.act, grounds.office(command.act.office).zone)
    check_dates(command.occurred_from, command.occurred_until, command.known_on, today)
    return PreliminaryInformationNoted(
        origin=command.origin,
        election=command.election,
        region=command.region,
        occurred_from=command.occurred_from,
        occurred_until=command.occurred_until,
        known_on=command.known_on,
        channel=command.channel,
        witnesses=_witnesses(command.witnesses),
        narrative=optional_reference(command.narrative),
        place=optional_reference(command.place),
        source=optional_reference(command.source),
    )


def _fix(command: FixFinding, grounds: Grounds) -> FindingFixed:
    _check_place(command, grounds)
    today = legal_day(command.act, grounds.office(command.act.office).zone)
    check_dates(command.occurred_from, command.occurred_until, command.found_on, today)
    return FindingFixed(
        found_on=command.found_on,
        origin=FindingOrigin.SUPERVISION,
        election=command.election,
        region=command.region,
        occurred_from=command.occurred_from,
        occurred_until=command.occurred_until,
        witnesses=_witnesses(command.witnesses),
        place=optional_reference(command.place),
        report=optional_reference(command.report),
        narrative=optional_reference(command.narrative),
    )


def _continue(command: ContinueAsFinding, complaint: Complaint) -> FindingFixed:
    file = file_of(complaint)
    if isinstance(complaint, Tracing) and file.traced is not TracingResult.SUPPORTED:
        raise refused("finding.unsupported", traced=file.traced or "-")
    check_order(command.act, file.since, "tracing" if isinstance(complaint, Tracing) else "withdrawal")
    if file.occurred_from is not None and command.occurred_from is not None:
        raise refused("finding.dated", occurred_from=file.occurred_from)
    began = command.occurred_from or file.occurred_from
    if began is None:
        raise refused("finding.undated")
    ended = command.occurred_until or file.occurred_until
    check_dates(began, ended, command.found_on, command.act.on or command.found_on)
    return FindingFixed(
        found_on=command.found_on,
        origin=FindingOrigin.WITHDRAWN if isinstance(complaint, Withdrawn) else FindingOrigin.TRACING,
        occurred_from=command.occurred_from,
        occurred_until=command.occurred_until,
        report=optional_reference(command.report),
        narrative=optional_reference(command.narrative),
    )


def _name(command: NameRespondent, complaint: Complaint) -> RespondentNamed:
    file = file_of(complaint)
    _check_addable(complaint)
    handle = handle_of(command.respondent)
    if handle in file.respondents:
        raise refused("respondent.named", respondent=handle)
    if command.known and command.class_ is RespondentClass.UNKNOWN:
        raise refused("respondent.class")
    return RespondentNamed(
        respondent=handle,
        class_=command.class_,
        known=command.known,
        official=optional_reference(command.official),
        name=optional_reference(command.name),
        position_class=optional_reference(command.position_class),
        unit=optional_reference(command.unit),
    )


def _allege(command: MakeAllegation, complaint: Complaint) -> AllegationMade:
    file = file_of(complaint)
    _check_addable(complaint)
    if command.respondent not in file.respondents:
        raise refused("respondent.unknown", respondent=command.respondent, known=listed(file.respondents))
    number = Number(len(file.allegations) + 1)
    return AllegationMade(number, command.respondent, command.category, command.kinds)


def _check_addable(complaint: Complaint) -> None:
    """Respondents and allegations are added before the decision, or once the case was reopened."""
    if isinstance(complaint, Decided) and not complaint.file.reopened:
        raise refused("stage.decided")


def _recategorise(command: RecategoriseAllegation, complaint: Complaint) -> AllegationRecategorised:
    allegation = allegation_of(file_of(complaint), command.allegation)
    if not isinstance(allegation.standing, Alleged | Established):
        raise refused("allegation.elsewhere", number=allegation.number)
    if (command.category, command.kinds) == (allegation.category, allegation.kinds):
        raise refused("allegation.same", number=allegation.number)
    if isinstance(allegation.standing, Established) and command.category is Category.UNDETERMINED:
        raise refused("plenary.category", number=allegation.number, known=CATEGORIES)
    check_order(command.act, allegation.since, "allegation")
    return AllegationRecategorised(
        command.allegation, command.category, command.kinds, optional_reference(command.reason)
    )


def _complete(command: ReceiveCompletion, complaint: Complaint) -> CompletionReceived:
    check_order(command.act, file_of(complaint).since, "completion_request")
    if not command.items:
        raise refused("completion.empty")
    return CompletionReceived(command.items, optional_reference(command.text))


def _refuse(command: RefuseRegistration, complaint: Complaint) -> RegistrationRefused:
    file = file_of(complaint)
    check_order(command.act, file.since, "last_step")
    unsupported = isinstance(complaint, Tracing) and file.traced is TracingResult.UNSUPPORTED
    if isinstance(complaint, Tracing) and not unsupported:
        raise refused("refusal.tracing", traced=file.traced or "-")
    if (command.reason is RefusalReason.UNSUPPORTED) != unsupported:
        raise refused("refusal.unsupported")
    if (command.reason is RefusalReason.STOPPED) != isinstance(complaint, Found):
        raise refused("refusal.stopped")
    return RegistrationRefused(command.reason, optional_reference(command.text))


def _register(command: RegisterComplaint, complaint: Complaint) -> ComplaintRegistered:
    file = file_of(complaint)
    right = RegistrationKind.FINDING if complaint.STAGE is Stage.FOUND else RegistrationKind.REPORT
    if command.kind is not right:
        raise refused("registration.kind", kind=right)
    if not file.allegations:
        raise refused("review.allegations")
    check_order(command.act, file.since, "last_step")
    return ComplaintRegistered(kind=command.kind, number=reference(command.number))


def _withdraw(command: WithdrawComplaint, complaint: Complaint) -> ComplaintWithdrawn:
    file = file_of(complaint)
    if command.complainant not in file.complainants:
        raise refused("complainant.unknown", complainant=command.complainant, known=listed(sorted(file.complainants)))
    if command.complainant in file.withdrawn:
        raise refused("complainant.withdrawn", complainant=command.complainant)
    check_order(command.act, file.since, "last_step")
    return ComplaintWithdrawn(command.complainant, optional_reference(command.text))
