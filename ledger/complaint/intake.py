"""From the report to the register: filing, respondents, allegations, the initial review, registration."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from ledger.command import recorder
from ledger.complaint.codes import ReviewResult
from ledger.complaint.commands import (
    FileComplaint,
    IntakeCommand,
    MakeAllegation,
    NameRespondent,
    RegisterComplaint,
    ReviewComplaint,
)
from ledger.complaint.facts import (
    AllegationMade,
    Complainant,
    ComplaintFact,
    ComplaintFiled,
    ComplaintRegistered,
    InitialReviewConcluded,
    RegistrationRefused,
    RespondentNamed,
    Witness,
)
from ledger.complaint.standing import check_order, check_owner_acts, going_on
from ledger.complaint.state import Complaint, Decided, File, Nothing, Received, Registered, Reviewed
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.office.competence import legal_day
from ledger.office.facts import OfficeKind
from ledger.values import Number, handle_of, optional_reference, reference


def decide_intake(command: IntakeCommand, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The facts that an intake command makes, or Refused."""
    match command:
        case FileComplaint():
            return (_file(command, complaint, grounds),)
        case NameRespondent():
            return (_name(command, complaint),)
        case MakeAllegation():
            return (_allege(command, complaint),)
        case ReviewComplaint():
            return _review(command, complaint)
        case RegisterComplaint():
            return (_register(command, complaint),)
        case _:
            assert_never(command)


def _file(command: FileComplaint, complaint: Complaint, grounds: Grounds) -> ComplaintFiled:
    if not isinstance(complaint, Nothing):
        raise Refused("complaint.filed", "this complaint was filed already", "a new report gets a stream of its own")
    office = grounds.office(command.act.office)
    if command.act.office != recorder(command).office:
        raise Refused("owner", "a report is taken in by the office that it reached", "record it there")
    if office.kind is not OfficeKind.BAWASLU:
        raise Refused(
            "intake.body",
            f"{office.name} takes in no reports of neutrality violations",
            "an office of Bawaslu does",
            "UU 10/2016 art. 134; UU 7/2017 art. 454",
        )
    if not office.covers(command.region):
        raise Refused(
            "intake.region",
            f"{office.name} is responsible for region {office.region}, not for {command.region}",
            "the Bawaslu office of the region, or one above it, takes it in",
        )
    if not grounds.election(command.election).covers(command.region):
        raise Refused("election.region", f"that election is not held in {command.region}", "name the region's election")
    _check_dates(command, legal_day(command.act, office.zone))
    if not command.complainants:
        raise Refused(
            "complainant.none",
            "a report has a complainant",
            "what arrives without one is preliminary information, not a report",
            "UU 10/2016 art. 134(2)",
        )
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
        witnesses=tuple(
            Witness(
                handle=handle_of(each.handle),
                name=optional_reference(each.name),
                address=optional_reference(each.address),
                phone=optional_reference(each.phone),
            )
            for each in command.witnesses
        ),
        narrative=optional_reference(command.narrative),
        place=optional_reference(command.place),
        received_number=optional_reference(command.received_number),
    )


def _check_dates(command: FileComplaint, received_on: date) -> None:
    if command.occurred_until < command.occurred_from:
        raise Refused("dates.order", "the act ended before it began", "occurred_until is occurred_from or later")
    if command.known_on < command.occurred_from:
        raise Refused(
            "dates.known",
            f"the act was known on {command.known_on}, before it occurred on {command.occurred_from}",
            "known_on is occurred_from or later",
        )
    if received_on < command.known_on:
        raise Refused(
            "dates.received",
            f"the report was received on {received_on}, before the act was known on {command.known_on}",
            "known_on is the day of receipt or earlier",
        )


def _name(command: NameRespondent, complaint: Complaint) -> RespondentNamed:
    file = _before_decision(complaint, "respondents").file
    check_owner_acts(command, file)
    handle = handle_of(command.respondent)
    if handle in file.respondents:
        raise Refused("respondent.named", f"{handle} is a respondent already", "make an allegation against that handle")
    return RespondentNamed(
        respondent=handle,
        class_=command.class_,
        known=command.known,
        name=optional_reference(command.name),
        position_class=optional_reference(command.position_class),
        unit=optional_reference(command.unit),
    )


def _allege(command: MakeAllegation, complaint: Complaint) -> AllegationMade:
    file = _before_decision(complaint, "allegations").file
    check_owner_acts(command, file)
    _check_named(command.respondent, file)
    number = Number(len(file.allegations) + 1)
    return AllegationMade(number, command.respondent, command.category, command.kinds)


def _check_named(respondent: str, file: File) -> None:
    if respondent not in file.respondents:
        known = ", ".join(file.respondents) or "none yet"
        raise Refused("respondent.unknown", f"{respondent} is no respondent of this complaint", f"respondents: {known}")


def _before_decision(complaint: Complaint, what: str) -> Received | Reviewed | Registered:
    known = going_on(complaint)
    if isinstance(known, Decided):
        raise Refused("stage", f"the complaint is decided: {what} are added before that", "reopen it first")
    return known


def _review(command: ReviewComplaint, complaint: Complaint) -> tuple[ComplaintFact, ...]:
    known = going_on(complaint)
    check_owner_acts(command, known.file)
    if not isinstance(known, Received):
        raise Refused("stage", "the initial review is concluded already", "what follows is registration")
    check_order(command.act, known.file.since, "the filing")
    if command.known_on < known.file.occurred_from:
        raise Refused(
            "dates.known",
            f"the act cannot have been known on {command.known_on}: it occurred on {known.file.occurred_from}",
            "known_on is occurred_from or later",
        )
    complete = command.formal and command.material
    if complete == bool(command.missing):
        raise Refused(
            "review.missing",
            "what is missing does not fit the finding that the requirements are " + ("met" if complete else "not met"),
            "name what is missing exactly when formal or material requirements are not met",
        )
    if not complete and command.refusal is None:
        raise Refused(
            "review.incomplete",
            "a report that lacks a requirement cannot be registered",
            "refuse the registration with its reason",
            "UU 10/2016 art. 134(3); Perbawaslu 7/2022 art. 15",
        )
    if command.refusal is None and not known.file.allegations:
        raise Refused("review.allegations", "nobody is accused of anything yet", "name a respondent and an allegation")
    reviewed = InitialReviewConcluded(
        formal=command.formal,
        material=command.material,
        result=ReviewResult.REGISTER if command.refusal is None else ReviewResult.REFUSE,
        known_on=command.known_on,
        missing=command.missing,
        reasons=optional_reference(command.reasons),
    )
    if command.refusal is None:
        return (reviewed,)
    return (reviewed, RegistrationRefused(command.refusal.reason, optional_reference(command.refusal.text)))


def _register(command: RegisterComplaint, complaint: Complaint) -> ComplaintRegistered:
    known = going_on(complaint)
    check_owner_acts(command, known.file)
    if isinstance(known, Received):
        raise Refused("stage", "the initial review has not concluded that it can be registered", "review it first")
    if not isinstance(known, Reviewed):
        raise Refused("stage", "the complaint is registered already", "its register number stands")
    check_order(command.act, known.file.since, "the review")
    return ComplaintRegistered(kind=command.kind, number=reference(command.number))
