"""Between register and decision: one POST for each command."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import AskingDep, ReceiptOut
from api.bodies.examination import (
    HeldHearing,
    MissedHearing,
    NewConflict,
    NewEvidence,
    NewHearing,
    NewPlenary,
    NewStatusNotice,
    NewStudy,
)
from api.documents import COMMAND, DECIDING_COMMAND
from api.routes.paths import Complaint, Nth

router = APIRouter(tags=["examination"])


@router.post("/complaints/{complaint}/hearings", **COMMAND)
def call_hearing(complaint: Complaint, body: NewHearing, ask: AskingDep, response: Response) -> ReceiptOut:
    """Call somebody to a hearing."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/hearings/{hearing}/held", **COMMAND)
def hold_hearing(
    complaint: Complaint, hearing: Nth, body: HeldHearing, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Record that a hearing took place."""
    return ask.submit(body.to_command(ask.actor, complaint, hearing), response)


@router.post("/complaints/{complaint}/hearings/{hearing}/missed", **COMMAND)
def miss_hearing(
    complaint: Complaint, hearing: Nth, body: MissedHearing, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Record that nobody came to a hearing."""
    return ask.submit(body.to_command(ask.actor, complaint, hearing), response)


@router.post("/complaints/{complaint}/studies", **COMMAND)
def complete_study(complaint: Complaint, body: NewStudy, ask: AskingDep, response: Response) -> ReceiptOut:
    """Record the study of some allegations."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/plenaries", **DECIDING_COMMAND)
def hold_plenary(complaint: Complaint, body: NewPlenary, ask: AskingDep, response: Response) -> ReceiptOut:
    """Record a plenary and the decisions that its votes make."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/status-notices", **COMMAND)
def announce_status(complaint: Complaint, body: NewStatusNotice, ask: AskingDep, response: Response) -> ReceiptOut:
    """Tell the complainant and the public where the complaint stands."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/evidence", **COMMAND)
def add_evidence(complaint: Complaint, body: NewEvidence, ask: AskingDep, response: Response) -> ReceiptOut:
    """Add evidence to the file."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/conflicts", **COMMAND)
def record_conflict(complaint: Complaint, body: NewConflict, ask: AskingDep, response: Response) -> ReceiptOut:
    """Record a conflict of interest towards a respondent."""
    return ask.submit(body.to_command(ask.actor, complaint), response)
