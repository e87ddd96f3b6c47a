"""What a complaint answers to what is asked of it: the pure functions of the concept, each a table of its parts."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ledger.command import recorder
from ledger.complaint.bylaw import decide_by_law
from ledger.complaint.clocks import timed
from ledger.complaint.commands import (
    AnyComplaintCommand,
    DelegateComplaint,
    DelegationAsked,
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
    ReviewComplaint,
    StepCommand,
    TrackCommand,
)
from ledger.complaint.conflicts import check_impartial, check_unconflicted, copied, followed, with_relations
from ledger.complaint.conflicts import respondents as respondents
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
    ends,
    file_of,
    holders,
    lies_with,
)
from ledger.complaint.state import Complaint, Nothing
from ledger.complaint.steps import decide_step
from ledger.complaint.tracks import decide_track
from ledger.grounds import Grounds
from ledger.office.competence import check_act, check_own_act
from ledger.parties import Party
from ledger.values import StreamId


def needs(command: AnyComplaintCommand, complaint: Complaint) -> frozenset[StreamId]:
    """The streams that the decision will read: who acts, records, owns and holds; election and addressee."""
    streams = {command.act.office, recorder(command).office}
    if not isinstance(complaint, Nothing):
        streams |= {complaint.file.owner, complaint.file.election, *ends(command, complaint.file)}
        if complaint.file.delegated_to is not None:
            streams.add(complaint.file.delegated_to)
        if command.FACT.BY & {Party.HOLDER, Party.PROXY}:
            streams |= holders(command, complaint)
    match command:
        case FileComplaint() | NotePreliminary() | FixFinding():
            streams.add(command.election)
        case ReviewComplaint(delegation=DelegationAsked(to=to)):
            streams.add(to)
        case RecommendSanction() | DelegateComplaint():
            streams.add(command.to)
        case HandOverFile():
            streams |= {command.to, *lies_with(command.allegation, complaint)}
        case OfferReferral():
            streams |= {command.to, *lies_with(command.allegation, complaint)}
        case _:
            pass
    return frozenset(streams)


def decide(
    command: AnyComplaintCommand, complaint: Complaint, *, at: datetime, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    """The facts that a command makes, in order, with the clocks that they start.

    Errors: Refused with rule, reason and what would be allowed; Invalid.
    """
    return timed(_judged(command, complaint, at, grounds), complaint, command.act, grounds)


def _judged(
    command: AnyComplaintCommand, complaint: Complaint, at: datetime, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    check_dating(command)
    if isinstance(command, ErasePerson):
        check_own_act(command.act, recorder(command), at, grounds)
    else:
        check_act(command.act, recorder(command), at, grounds)
    check_stage(command, complaint)
    check_party(command, complaint, grounds)
    judged = with_relations(command, complaint, grounds)
    check_unconflicted(command, judged)
    check_impartial(command, complaint, grounds)
    made = _decided(command, judged, grounds)
    return (*copied(command, complaint, grounds), *followed(made, command, complaint, grounds))


def _decided(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The facts of the part that the command belongs to."""
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
        return decide_step(command, file_of(complaint))
    assert_never(command)
