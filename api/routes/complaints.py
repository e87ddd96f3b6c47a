"""Filing, examining and deciding a complaint, and moving its allegations: one POST for each command."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.asking import AskingDep, ReceiptOut
from api.bodies.examination import HeldHearing, NewHearing, NewPlenary, NewStatusNotice, NewStudy
from api.bodies.intake import NewAllegation, NewComplaint, NewRegistration, NewRespondent, NewReview
from api.bodies.referrals import NewReferral, ReferralAcceptance, ReferralReceipt, ReferralReturn
from api.documents import COMMAND, DECIDING_COMMAND
from ledger.values import StreamId

router = APIRouter(tags=["complaints"])
Complaint = Annotated[StreamId, Path(pattern=r"^complaint-[0-9a-f]{32}$")]
Nth = Annotated[int, Path(ge=1, le=2**53 - 1)]


@router.post("/complaints", **COMMAND)
def file_complaint(body: NewComplaint, ask: AskingDep, response: Response) -> ReceiptOut:
    """File a complaint; its stream stands in the receipt."""
    return ask.submit(body.to_command(ask.actor), response)


@router.post("/complaints/{complaint}/respondents", **COMMAND)
def name_respondent(complaint: Complaint, body: NewRespondent, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say whom the complaint is about."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/allegations", **COMMAND)
def make_allegation(complaint: Complaint, body: NewAllegation, ask: AskingDep, response: Response) -> ReceiptOut:
    """Accuse one respondent in one category."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/review", **DECIDING_COMMAND)
def review_complaint(complaint: Complaint, body: NewReview, ask: AskingDep, response: Response) -> ReceiptOut:
    """Conclude the initial review."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/registration", **COMMAND)
def register_complaint(complaint: Complaint, body: NewRegistration, ask: AskingDep, response: Response) -> ReceiptOut:
    """Give the complaint its register number."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


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


@router.post("/complaints/{complaint}/referrals", **DECIDING_COMMAND)
def offer_referral(complaint: Complaint, body: NewReferral, ask: AskingDep, response: Response) -> ReceiptOut:
    """Send one allegation to another office."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/referrals/{referral}/receipt", **COMMAND)
def receive_referral(
    complaint: Complaint, referral: Nth, body: ReferralReceipt, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Record that a referral arrived."""
    return ask.submit(body.to_command(ask.actor, complaint, referral), response)


@router.post("/complaints/{complaint}/referrals/{referral}/acceptance", **COMMAND)
def accept_referral(
    complaint: Complaint, referral: Nth, body: ReferralAcceptance, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Record that the addressee takes the allegation."""
    return ask.submit(body.to_command(ask.actor, complaint, referral), response)


@router.post("/complaints/{complaint}/referrals/{referral}/return", **COMMAND)
def return_referral(
    complaint: Complaint, referral: Nth, body: ReferralReturn, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Record that the addressee sends the allegation back."""
    return ask.submit(body.to_command(ask.actor, complaint, referral), response)
