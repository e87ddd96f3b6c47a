"""Between register and decision: hearings, studies, evidence, conflicts of interest; and the status notices."""

from __future__ import annotations

from typing import assert_never

from ledger.command import recorder
from ledger.complaint.allegations import Allegation, Alleged, Established, OnTrack, Settled
from ledger.complaint.codes import Announcement, ConflictSource, Whom
from ledger.complaint.commands import (
    AddEvidence,
    AnnounceStatus,
    CallHearing,
    CompleteStudy,
    ExaminationCommand,
    HoldHearing,
    HoldPlenary,
    MissHearing,
    RecordConflict,
)
from ledger.complaint.facts import (
    ComplaintFact,
    ComplaintRegistered,
    ConflictRecorded,
    EvidenceAdded,
    HearingCalled,
    HearingHeld,
    HearingMissed,
    StatusAnnounced,
    StudyCompleted,
)
from ledger.complaint.file import File
from ledger.complaint.plenary import decide_plenary
from ledger.complaint.standing import allegation_of, check_order, file_of, listed
from ledger.complaint.state import Closed, Complaint, Decided, NotRegistered
from ledger.grounds import Grounds
from ledger.refusals import refused
from ledger.values import Number, Role, handle_of, optional_reference, reference


def decide_examination(
    command: ExaminationCommand, complaint: Complaint, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    """The facts that an examination command makes, or Refused."""
    match command:
        case CallHearing():
            return (_call(command, complaint),)
        case HoldHearing() | MissHearing():
            return (_end_hearing(command, complaint),)
        case CompleteStudy():
            return (_study(command, complaint),)
        case HoldPlenary():
            return decide_plenary(command, complaint, grounds)
        case AnnounceStatus():
            return (_announce(command, complaint),)
        case AddEvidence():
            return (_add_evidence(command, complaint),)
        case RecordConflict():
            return (_record_conflict(command, complaint),)
        case _:
            assert_never(command)


def _is_open(allegation: Allegation) -> bool:
    """Not decided, or decided and back on the owner's desk."""
    return isinstance(allegation.standing, Alleged | Established)


def _call(command: CallHearing, complaint: Complaint) -> HearingCalled:
    file = file_of(complaint)
    _check_hearable(command, file)
    if (command.whom is Whom.RESPONDENT) != (command.respondent is not None):
        raise refused("hearing.whom")
    if command.respondent is not None and command.respondent not in file.respondents:
        raise refused("respondent.unknown", respondent=command.respondent, known=listed(file.respondents))
    if command.act.on is not None and command.set_for < command.act.on:
        raise refused("hearing.date")
    return HearingCalled(
        hearing=Number(len(file.hearings) + 1),
        whom=command.whom,
        set_for=command.set_for,
        respondent=command.respondent,
        person=optional_reference(command.person),
        letter_number=optional_reference(command.letter_number),
    )


def _check_hearable(command: CallHearing | HoldHearing | MissHearing, file: File) -> None:
    """Hearings belong to the examination: after the case's last step, while an allegation is on the owner's desk."""
    if not any(_is_open(each) for each in file.allegations.values()):
        raise refused("hearing.closed")
    check_order(command.act, file.since, "last_step")


def _end_hearing(command: HoldHearing | MissHearing, complaint: Complaint) -> HearingHeld | HearingMissed:
    file = file_of(complaint)
    _check_hearable(command, file)
    if command.hearing not in file.hearings:
        raise refused("hearing.unknown", hearing=command.hearing, known=listed(file.hearings))
    if file.hearings[command.hearing] is not None:
        raise refused("hearing.ended", hearing=command.hearing)
    made = HearingHeld if isinstance(command, HoldHearing) else HearingMissed
    return made(hearing=command.hearing, minutes=optional_reference(command.minutes))


def _study(command: CompleteStudy, complaint: Complaint) -> StudyCompleted:
    file = file_of(complaint)
    if not command.allegations:
        raise refused("study.empty")
    for number in sorted(command.allegations):
        allegation = allegation_of(file, number)
        watched = recorder(command).role is Role.SUPERVISOR and isinstance(allegation.standing, OnTrack | Settled)
        if not (watched or _is_open(allegation)):
            raise refused("allegation.elsewhere", number=number)
    return StudyCompleted(Number(len(file.studies) + 1), command.allegations, optional_reference(command.text))


def _announce(command: AnnounceStatus, complaint: Complaint) -> StatusAnnounced:
    file = file_of(complaint)
    for number in sorted(command.allegations):
        allegation_of(file, number)
    registered = any(isinstance(each.fact, ComplaintRegistered) for each in file.entered)
    true_now = {
        Announcement.RECEIVED: True,
        Announcement.NOT_REGISTERED: isinstance(complaint, NotRegistered | Closed) and not registered,
        Announcement.REGISTERED: registered,
        Announcement.DECIDED: file.plenaries > 0 and isinstance(complaint, Decided | Closed),
        Announcement.REFERRED: bool(file.referrals),
        Announcement.OUTCOME: any(each.outcomes for each in file.allegations.values()),
    }
    if not true_now[command.what]:
        true = listed(each for each, holds in true_now.items() if holds)
        raise refused("status.untrue", what=command.what, true=true)
    return StatusAnnounced(
        what=command.what,
        allegations=command.allegations,
        notice_number=optional_reference(command.notice_number),
        text=optional_reference(command.text),
    )


def _add_evidence(command: AddEvidence, complaint: Complaint) -> EvidenceAdded:
    return EvidenceAdded(
        evidence=Number(file_of(complaint).evidence + 1),
        title=reference(command.title),
        digest=optional_reference(command.digest),
        source=optional_reference(command.source),
    )


def _record_conflict(command: RecordConflict, complaint: Complaint) -> ConflictRecorded:
    file = file_of(complaint)
    actor = handle_of(command.actor)
    if command.respondent not in file.respondents:
        raise refused("respondent.unknown", respondent=command.respondent, known=listed(file.respondents))
    declared = actor == recorder(command).actor
    if declared != (command.source is ConflictSource.DECLARED):
        raise refused("conflict.source")
    if (actor, command.respondent) in file.conflicts:
        raise refused("conflict.known", actor=actor, respondent=command.respondent)
    return ConflictRecorded(
        actor=actor,
        respondent=command.respondent,
        source=command.source,
        kind=optional_reference(command.kind),
        ground=optional_reference(command.ground),
    )
