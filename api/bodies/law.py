"""The requests of what the law lets be done to a case besides its ordinary course, and of hand-overs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.bodies.intake import example
from api.bodies.parts import ActBody, Body, Day, Line, Nth, RespondentHandle, Stream, Text, plain
from ledger.complaint.codes import DropReason, Phase, RespondentClass
from ledger.complaint.commands import (
    DelegateComplaint,
    DropAllegation,
    ExtendExamination,
    RecallReferral,
    ReceiveDelegation,
    ReclassifyRespondent,
    RecommendSanction,
    SeparateComplaint,
    SetPhase,
    TakeOverComplaint,
)
from ledger.complaint.track.codes import SanctionClass
from ledger.handing_over import Files
from ledger.handover.commands import TallyHandover
from ledger.values import Actor, Count, Digest, Handle, Name, Number, StreamId

ComplaintId = Annotated[str, Field(pattern=r"^complaint-[0-9a-f]{32}$")]
OFFICE = "office-00000000000000000000000000000000"
COMPLAINT = "complaint-00000000000000000000000000000000"


class Extension(Body):
    """Why the examination takes longer."""

    model_config = example(act={"on": "2024-06-14"}, reason="Keterangan tambahan diperlukan.")

    act: ActBody
    reason: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> ExtendExamination:
        return ExtendExamination(act=self.act.to_act(actor), stream=complaint, reason=plain(self.reason))


class Joining(Body):
    """Another case of the same owner, into which this one goes."""

    model_config = example(act={"on": "2024-06-14"}, into=COMPLAINT)

    act: ActBody
    into: ComplaintId
    text: Text | None = None


class Separation(Body):
    """That a joined case stands by itself again."""

    model_config = example(act={"on": "2024-06-20"}, text="Perkara berbeda terlapor.")

    act: ActBody
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> SeparateComplaint:
        return SeparateComplaint(act=self.act.to_act(actor), stream=complaint, text=plain(self.text))


class Delegation(Body):
    """The office of the same institution to which the complaint is passed."""

    model_config = example(act={"on": "2024-06-12"}, to=OFFICE)

    act: ActBody
    to: Stream
    letter_number: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> DelegateComplaint:
        return DelegateComplaint(
            act=self.act.to_act(actor),
            stream=complaint,
            to=StreamId(self.to),
            letter_number=plain(self.letter_number),
        )


class DelegationReceipt(Body):
    """That the delegated complaint has arrived; the office owns it from then on."""

    model_config = example(act={"on": "2024-06-13"}, number="011/LP/PW/Kota/05.01/VI/2024")

    act: ActBody
    number: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> ReceiveDelegation:
        return ReceiveDelegation(act=self.act.to_act(actor), stream=complaint, number=plain(self.number))


class TakingOver(Body):
    """That the office above takes the complaint over."""

    model_config = example(act={"on": "2024-06-13"}, text="Diambil alih.")

    act: ActBody
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> TakeOverComplaint:
        return TakeOverComplaint(act=self.act.to_act(actor), stream=complaint, text=plain(self.text))


class Reclassification(Body):
    """Another class of a respondent than was recorded."""

    model_config = example(act={"on": "2024-06-13"}, respondent="r1", **{"class": "non_asn"})

    act: ActBody
    respondent: RespondentHandle
    class_: RespondentClass = Field(alias="class")
    since: Day | None = None
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> ReclassifyRespondent:
        return ReclassifyRespondent(
            act=self.act.to_act(actor),
            stream=complaint,
            respondent=Handle(self.respondent),
            class_=self.class_,
            since=self.since,
            text=plain(self.text),
        )


class Recall(Body):
    """That a referral is taken back before anybody took it."""

    model_config = example(act={"on": "2024-06-19"}, text="Salah alamat.")

    act: ActBody
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, referral: int) -> RecallReferral:
        return RecallReferral(
            act=self.act.to_act(actor), stream=complaint, referral=Number(referral), text=plain(self.text)
        )


class Dropping(Body):
    """Why an allegation ends without decision or outcome."""

    model_config = example(act={"on": "2024-06-19"}, reason="died")

    act: ActBody
    reason: DropReason
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, allegation: int) -> DropAllegation:
        return DropAllegation(
            act=self.act.to_act(actor),
            stream=complaint,
            allegation=Number(allegation),
            reason=self.reason,
            text=plain(self.text),
        )


class NewPhase(Body):
    """Whether the act lies before or after the pairs were fixed."""

    model_config = example(act={"on": "2024-06-13"}, phase="before_pairs")

    act: ActBody
    phase: Phase

    def to_command(self, actor: Actor, complaint: StreamId, allegation: int) -> SetPhase:
        return SetPhase(act=self.act.to_act(actor), stream=complaint, allegation=Number(allegation), phase=self.phase)


class Recommendation(Body):
    """A sanction recommended to the personnel authority; the referral that carries it binds."""

    model_config = example(act={"on": "2024-11-12"}, to=OFFICE, letter_number="R-0001/2024", **{"class": "heavy"})

    act: ActBody
    to: Stream
    class_: SanctionClass | None = Field(default=None, alias="class")
    letter_number: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, allegation: int) -> RecommendSanction:
        return RecommendSanction(
            act=self.act.to_act(actor),
            stream=complaint,
            allegation=Number(allegation),
            to=StreamId(self.to),
            class_=self.class_,
            letter_number=plain(self.letter_number),
        )


class FileBody(Body):
    """One file of a hand-over: an allegation of a complaint."""

    complaint: ComplaintId
    allegation: Nth


class NewHandover(Body):
    """Many files that pass from one office to another in one act; the manifest counts and names them."""

    model_config = example(
        act={"on": "2024-09-02"},
        **{"from": OFFICE},
        to=OFFICE,
        files=[{"complaint": COMPLAINT, "allegation": 1}],
        legal_basis="SE MenPANRB 4/2024",
    )

    act: ActBody
    from_: Stream = Field(alias="from", description="The office that holds the files, also one that ended.")
    to: Stream
    files: list[FileBody] = Field(min_length=1, max_length=500)
    legal_basis: Line | None = None

    def to_files(self) -> Files:
        return Files(
            from_=StreamId(self.from_),
            to=StreamId(self.to),
            files=tuple((StreamId(each.complaint), Number(each.allegation)) for each in self.files),
            legal_basis=Name(self.legal_basis) if self.legal_basis else None,
        )


class NewTally(Body):
    """What one side of a hand-over counted, and the digest of what it counted."""

    model_config = example(act={"on": "2024-09-02"}, count=400, digest="0" * 64)

    act: ActBody
    count: Annotated[int, Field(ge=0, le=500, strict=True)]
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    def to_command(self, actor: Actor, handover: StreamId) -> TallyHandover:
        return TallyHandover(
            act=self.act.to_act(actor), stream=handover, count=Count(self.count), digest=Digest(self.digest)
        )
