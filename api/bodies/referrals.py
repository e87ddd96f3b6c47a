"""The requests that move a decided allegation: to another office, onto the owner's own track, to its outcome."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.bodies.intake import example
from api.bodies.parts import ActBody, Body, Flag, Nth, Stream, Text, plain
from ledger.complaint.codes import OutcomeLevel, ReturnReason, ShownBy, Track
from ledger.complaint.commands import (
    AcceptReferral,
    OfferReferral,
    ReceiveReferral,
    RecordOutcome,
    RetainAllegation,
    ReturnReferral,
)
from ledger.values import Actor, Number, OutcomeCode, StreamId


class NewReferral(Body):
    """One allegation to be sent to another office."""

    model_config = example(
        act={"on": "2024-06-18"},
        allegation=1,
        to="office-00000000000000000000000000000000",
        track="asn",
        study_attached=False,
        letter_number="021/PP.01.02/K.JA-10/06/2024",
    )

    act: ActBody
    allegation: Nth
    to: Stream
    track: Track
    study_attached: Flag
    letter_number: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> OfferReferral:
        return OfferReferral(
            act=self.act.to_act(actor),
            stream=complaint,
            allegation=Number(self.allegation),
            to=StreamId(self.to),
            track=self.track,
            study_attached=self.study_attached,
            letter_number=plain(self.letter_number),
        )


class ReferralReceipt(Body):
    """A referral that arrived; `act.at` is when."""

    model_config = example(act={"at": "2024-06-19T02:00:00Z"}, shown_by="receiver")

    act: ActBody
    shown_by: ShownBy
    proof: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, referral: int) -> ReceiveReferral:
        return ReceiveReferral(
            act=self.act.to_act(actor),
            stream=complaint,
            referral=Number(referral),
            shown_by=self.shown_by,
            proof=plain(self.proof),
        )


class ReferralAcceptance(Body):
    """A referral that the addressee takes."""

    model_config = example(act={"on": "2024-07-05"}, their_number="R-0000/NK.01.00/07/2024")

    act: ActBody
    their_number: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, referral: int) -> AcceptReferral:
        return AcceptReferral(
            act=self.act.to_act(actor),
            stream=complaint,
            referral=Number(referral),
            their_number=plain(self.their_number),
        )


class ReferralReturn(Body):
    """A referral that the addressee sends back."""

    model_config = example(act={"on": "2024-06-26"}, reason="no_study", text="Tidak dilampiri kajian.")

    act: ActBody
    reason: ReturnReason
    their_number: Text | None = None
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, referral: int) -> ReturnReferral:
        return ReturnReferral(
            act=self.act.to_act(actor),
            stream=complaint,
            referral=Number(referral),
            reason=self.reason,
            their_number=plain(self.their_number),
            text=plain(self.text),
        )


class Retention(Body):
    """An established allegation that the owner handles itself."""

    model_config = example(act={"on": "2024-10-12"}, track="bawaslu_adhoc")

    act: ActBody
    track: Track

    def to_command(self, actor: Actor, complaint: StreamId, allegation: int) -> RetainAllegation:
        return RetainAllegation(
            act=self.act.to_act(actor), stream=complaint, allegation=Number(allegation), track=self.track
        )


class NewOutcome(Body):
    """What the office of a track said; a code such as proven, not_proven, sanctioned, warned, dismissed."""

    model_config = example(act={"on": "2024-10-21"}, outcome="warned", level="first", decree_number="SK-CONTOH/1/2024")

    act: ActBody
    outcome: Annotated[str, Field(pattern=r"^[a-z_]{1,60}$")]
    level: OutcomeLevel
    decree_number: Text | None = None
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, allegation: int) -> RecordOutcome:
        return RecordOutcome(
            act=self.act.to_act(actor),
            stream=complaint,
            allegation=Number(allegation),
            outcome=OutcomeCode(self.outcome),
            level=self.level,
            decree_number=plain(self.decree_number),
            text=plain(self.text),
        )
