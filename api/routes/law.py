"""What the law lets be done to a case besides its ordinary course: one POST for each command."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.asking import AskingDep, JoiningDep, ReceiptOut
from api.bodies.law import (
    Delegation,
    DelegationReceipt,
    Dropping,
    Extension,
    Joining,
    NewPhase,
    Recall,
    Reclassification,
    Recommendation,
    Separation,
    TakingOver,
)
from api.documents import COMMAND, DECIDING_COMMAND
from api.routes.paths import Complaint, Nth

router = APIRouter(tags=["law"])


@router.post("/complaints/{complaint}/extension", **COMMAND)
def extend_examination(complaint: Complaint, body: Extension, ask: AskingDep, response: Response) -> ReceiptOut:
    """Take longer to examine, once, within what the law allows."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/joining", **COMMAND)
def join_complaint(complaint: Complaint, body: Joining, ask: JoiningDep, response: Response) -> ReceiptOut:
    """Let this case go on inside another one; both streams say so, in one transaction."""
    return ask.join(body, complaint, response)


@router.post("/complaints/{complaint}/separation", **COMMAND)
def separate_complaint(complaint: Complaint, body: Separation, ask: AskingDep, response: Response) -> ReceiptOut:
    """Let a joined case stand by itself again."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/delegation", **COMMAND)
def delegate_complaint(complaint: Complaint, body: Delegation, ask: AskingDep, response: Response) -> ReceiptOut:
    """Pass the complaint to another office of the same institution."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/delegation/receipt", **COMMAND)
def receive_delegation(complaint: Complaint, body: DelegationReceipt, ask: AskingDep, response: Response) -> ReceiptOut:
    """Take in a delegated complaint, and own it from then on."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/taking-over", **COMMAND)
def take_over_complaint(complaint: Complaint, body: TakingOver, ask: AskingDep, response: Response) -> ReceiptOut:
    """Take the complaint over from the office below."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/reclassification", **COMMAND)
def reclassify_respondent(
    complaint: Complaint, body: Reclassification, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Say that a respondent belongs to another class."""
    return ask.submit(body.to_command(ask.actor, complaint), response)


@router.post("/complaints/{complaint}/referrals/{referral}/recall", **COMMAND)
def recall_referral(
    complaint: Complaint, referral: Nth, body: Recall, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Take back a referral that nobody has taken."""
    return ask.submit(body.to_command(ask.actor, complaint, referral), response)


@router.post("/complaints/{complaint}/allegations/{allegation}/dropping", **COMMAND)
def drop_allegation(
    complaint: Complaint, allegation: Nth, body: Dropping, ask: AskingDep, response: Response
) -> ReceiptOut:
    """End an allegation without decision or outcome."""
    return ask.submit(body.to_command(ask.actor, complaint, allegation), response)


@router.post("/complaints/{complaint}/allegations/{allegation}/phase", **COMMAND)
def set_phase(complaint: Complaint, allegation: Nth, body: NewPhase, ask: AskingDep, response: Response) -> ReceiptOut:
    """Say whether the act lies before or after the pairs were fixed."""
    return ask.submit(body.to_command(ask.actor, complaint, allegation), response)


@router.post("/complaints/{complaint}/allegations/{allegation}/recommendation", **DECIDING_COMMAND)
def recommend_sanction(
    complaint: Complaint, allegation: Nth, body: Recommendation, ask: AskingDep, response: Response
) -> ReceiptOut:
    """Recommend a sanction to the personnel authority, by a referral that binds."""
    return ask.submit(body.to_command(ask.actor, complaint, allegation), response)
