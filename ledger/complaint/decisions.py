"""What a complaint answers to what is asked of it: the pure functions of the concept, each a table of its parts."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ledger.command import recorder
from ledger.complaint.bylaw import decide_by_law
from ledger.complaint.commands import (
    AnyComplaintCommand,
    DelegateComplaint,
    ErasePerson,
    ExaminationCommand,
    FileComplaint,
    FixFinding,
    HandOverFile,
    IntakeCommand,
    KeepingCommand,
    LawCommand,
    NotePreliminary,
    OfferReferral,
    RecommendSanction,
    StepCommand,
    TrackCommand,
)
from ledger.complaint.examination import decide_examination
from ledger.complaint.facts import ComplaintFact
from ledger.complaint.intake import decide_intake
from ledger.complaint.keeping import decide_keeping
from ledger.complaint.scope import scope as scope
from ledger.complaint.scope import touches as touches
from ledger.complaint.standing import (
    check_dating,
    check_party,
    check_stage,
    check_unconflicted,
    ends,
    file_of,
    holders,
    open_referral,
)
from ledger.complaint.state import Complaint, Nothing
from ledger.complaint.track.deciding import decide_step
from ledger.complaint.tracks import decide_track
from ledger.grounds import Grounds
from ledger.office.competence import check_act, check_own_act
from ledger.parties import Party
from ledger.values import StreamId


def needs(command: AnyComplaintCommand, complaint: Complaint) -> frozenset[StreamId]:
    """The streams that the decision will read: who acts, records, owns and holds; election and addressee."""
    streams = {command.act.office, recorder(command).office}
    if not isinstance(complaint, Nothing):
        streams |= {complaint.file.owner, *ends(command, complaint.file)}
        if command.FACT.BY & {Party.HOLDER, Party.PROXY}:
            streams |= holders(command, complaint)
    match command:
        case FileComplaint() | NotePreliminary() | FixFinding():
            streams.add(command.election)
        case RecommendSanction() | DelegateComplaint() | HandOverFile():
            streams.add(command.to)
        case OfferReferral():
            lies_with = None if isinstance(complaint, Nothing) else open_referral(complaint.file, command.allegation)
            streams |= {command.to} if lies_with is None else {command.to, lies_with.to}
            streams |= set() if isinstance(complaint, Nothing) else {complaint.file.election}
        case _:
            pass
    return frozenset(streams)


def reads_law(command: AnyComplaintCommand) -> bool:
    """Whether competence or lawfulness follows from the rulebook."""
    return isinstance(command, OfferReferral | RecommendSanction | StepCommand)


def decide(
    command: AnyComplaintCommand, complaint: Complaint, *, at: datetime, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    """The facts that a command makes, in order; Refused with rule, reason and what would be allowed, or Invalid."""
    check_dating(command)
    if isinstance(command, ErasePerson):
        check_own_act(command.act, recorder(command), at, grounds)
    else:
        check_act(command.act, recorder(command), at, grounds)
    check_stage(command, complaint)
    check_party(command, complaint, grounds)
    check_unconflicted(command, complaint)
    if isinstance(command, IntakeCommand):
        return decide_intake(command, complaint, grounds)
    if isinstance(command, ExaminationCommand):
        return decide_examination(command, complaint, grounds)
    if isinstance(command, TrackCommand):
        return decide_track(command, complaint, grounds)
    if isinstance(command, KeepingCommand):
        return decide_keeping(command, complaint)
    if isinstance(command, LawCommand):
        return decide_by_law(command, complaint, grounds)
    if isinstance(command, StepCommand):
        return decide_step(command, file_of(complaint), grounds)
    assert_never(command)
