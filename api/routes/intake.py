"""From the first word of a case to its register number: one POST for each command."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import AskingDep, ReceiptOut
from api.bodies.findings import FindingOfCase, NewFinding, NewPreliminary, NewTracing
from api.bodies.intake import (
    Completion,
    NewAllegation,
    NewCategory,
    NewComplaint,
    NewRegistration,
    NewRespondent,
    NewReview,
    RegistrationRefusal,
    Withdrawal,
)
from api.documents import COMMAND, DECIDING_COMMAND
from api.routes.paths import Complaint, Nth

router = APIRouter(tags=["intake"])


@router.post("/complaints", **COMMAND)
def file_complaint(body: NewComplaint, ask: AskingDep, response: Response) -> ReceiptOut:
    """File a complaint; its stream stands in the receipt."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/preliminary-information", **COMMAND)
def note_preliminary(body: NewPreliminary, ask: AskingDep, response: Response) -> ReceiptOut:
    """Note preliminary information; the case that it begins is traced."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/findings", **COMMAND)
def fix_finding(body: NewFinding, ask: AskingDep, response: Response) -> ReceiptOut:
    """Fix a finding of supervision, which begins a case."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/complaints/{complaint}/tracing", **COMMAND)
def record_tracing(complaint: Complaint, body: NewTracing, ask: AskingDep, response: Response) -> ReceiptOut:
    """Record what tracing says so far."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/finding", **COMMAND)
def continue_as_finding(complaint: Complaint, body: FindingOfCase, ask: AskingDep, response: Response) -> ReceiptOut:
    """Fix a finding of what was traced, or of a withdrawn report."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/respondents", **COMMAND)
def name_respondent(complaint: Complaint, body: NewRespondent, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say whom the complaint is about."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/allegations", **COMMAND)
def make_allegation(complaint: Complaint, body: NewAllegation, ask: AskingDep, response: Response) -> ReceiptOut:
    """Accuse one respondent in one category."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/allegations/{allegation}/category", **COMMAND)
def recategorise_allegation(
    complaint: Complaint, allegation: Nth, body: NewCategory, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Read an allegation as another category or other kinds of act."""
    return ask.submit(body.to_command(ask.actor, complaint, allegation), response)


@router.post("/complaints/{complaint}/review", **DECIDING_COMMAND)
def review_complaint(complaint: Complaint, body: NewReview, ask: AskingDep, response: Response) -> ReceiptOut:
    """Conclude the initial review."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/completion", **COMMAND)
def receive_completion(complaint: Complaint, body: Completion, ask: AskingDep, response: Response) -> ReceiptOut:
    """Take in what the complainant completed."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/registration-refusal", **COMMAND)
def refuse_registration(
    complaint: Complaint, body: RegistrationRefusal, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Refuse the registration outside a review."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/registration", **COMMAND)
def register_complaint(complaint: Complaint, body: NewRegistration, ask: AskingDep, response: Response) -> ReceiptOut:
    """Give the complaint its register number."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/withdrawals", **COMMAND)
def withdraw_complaint(complaint: Complaint, body: Withdrawal, ask: AskingDep, response: Response) -> ReceiptOut:
    """Record that one complainant withdrew."""
    return ask.submit(body.to_command(ask.actor, complaint), response)
