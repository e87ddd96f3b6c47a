"""Moving decided allegations, and what comes of them: one POST for each command."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import AskingDep, ReceiptOut
from api.bodies.referrals import NewOutcome, NewReferral, ReferralAcceptance, ReferralReceipt, ReferralReturn, Retention
from api.documents import COMMAND, DECIDING_COMMAND
from api.routes.paths import Complaint, Nth

router = APIRouter(tags=["tracks"])


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


@router.post("/complaints/{complaint}/allegations/{allegation}/retention", **COMMAND)
def retain_allegation(
    complaint: Complaint, allegation: Nth, body: Retention, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Handle an established allegation in the owner's own office."""
    return ask.submit(body.to_command(ask.actor, complaint, allegation), response)


@router.post("/complaints/{complaint}/allegations/{allegation}/outcomes", **COMMAND)
def record_outcome(
    complaint: Complaint, allegation: Nth, body: NewOutcome, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Record what the office of a track said; earlier outcomes stay beside it."""
    return ask.submit(body.to_command(ask.actor, complaint, allegation), response)
