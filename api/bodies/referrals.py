"""The requests that move an allegation from one office to another."""

from __future__ import annotations

from api.bodies.intake import example
from api.bodies.parts import ActBody, Body, Flag, Nth, Stream, Text, plain
from ledger.complaint.codes import ReturnReason, ShownBy, Track
from ledger.complaint.commands import AcceptReferral, OfferReferral, ReceiveReferral, ReturnReferral
from ledger.values import Actor, Number, StreamId


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
