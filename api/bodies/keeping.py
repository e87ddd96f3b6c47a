"""The requests at the end of a case, and about what was recorded."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from api.bodies.intake import example
from api.bodies.parts import ActBody, Body, Day, Line, Nik, Nip, NoRepeats, Nth, Text, plain
from ledger.complaint.codes import ClosingReason, CorrectionReason, ReopeningReason
from ledger.complaint.commands import (
    CloseComplaint,
    CorrectClosedValue,
    CorrectValue,
    DiscloseValue,
    ReopenComplaint,
)
from ledger.erasing import Erasure
from ledger.erasure import ErasureReason
from ledger.values import Actor, Audience, MemberPath, Name, Number, PublicValue, Staff, StreamId, Subject

Path = Annotated[
    str,
    Field(
        pattern=r"^[a-z_]{1,40}(\[(0|[1-9][0-9]{0,2})\]\.[a-z_]{1,40})?$",
        description="Where the value stands: narrative, complainants[0].name.",
    ),
]
About = Annotated[str, Field(pattern=r"^(case|[rkwa][1-9][0-9]{0,5})$")]


class NewCorrection(Body):
    """One recorded value that was wrong: a date or a region by `value`, a sealed one by `replacement`."""

    model_config = example(
        act={"on": "2024-06-20"}, version=1, member="occurred_from", reason="date", value="2024-06-07"
    )

    act: ActBody
    version: Nth
    member: Path
    reason: CorrectionReason
    closed: bool = Field(default=False, description="Whether the corrected fact's topic is closed.")
    value: str | None = Field(default=None, pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}(\.[0-9]{2})?)$")
    subject: About = Field(default="case", description="Whom a sealed value is about, so that erasing reaches it.")
    replacement: Text | None = None
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> CorrectValue:
        members: dict[str, Any] = {
            "act": self.act.to_act(actor),
            "stream": complaint,
            "version": Number(self.version),
            "member": MemberPath(self.member),
            "reason": self.reason,
            "value": None if self.value is None else PublicValue(self.value),
            "subject": Subject(self.subject),
            "replacement": plain(self.replacement),
            "text": plain(self.text),
        }
        return (CorrectClosedValue if self.closed else CorrectValue)(**members)


class Closing(Body):
    """The end of a case."""

    model_config = example(act={"on": "2024-10-23"}, reason="settled")

    act: ActBody
    reason: ClosingReason
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> CloseComplaint:
        return CloseComplaint(act=self.act.to_act(actor), stream=complaint, reason=self.reason, text=plain(self.text))


class Reopening(Body):
    """An ended case that is taken up again, and the allegations that go back with it."""

    model_config = example(act={"on": "2024-11-04"}, reason="new_evidence", allegations=[1])

    act: ActBody
    reason: ReopeningReason
    allegations: Annotated[list[Nth], NoRepeats] = Field(default=[])
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> ReopenComplaint:
        return ReopenComplaint(
            act=self.act.to_act(actor),
            stream=complaint,
            reason=self.reason,
            allegations=frozenset(map(Number, self.allegations)),
            text=plain(self.text),
        )


class NewDisclosure(Body):
    """A sealed value whose salt and payload are handed out; what is disclosed cannot be erased."""

    model_config = example(
        act={"on": "2024-11-04"}, version=1, member="place", to="public", basis="UU 14/2008 pasal 11"
    )

    act: ActBody
    version: Nth
    member: Path
    to: Annotated[str, Field(pattern=r"^(public|office-[0-9a-f]{32})$")]
    basis: Line

    def to_command(self, actor: Actor, complaint: StreamId) -> DiscloseValue:
        return DiscloseValue(
            act=self.act.to_act(actor),
            stream=complaint,
            version=Number(self.version),
            member=MemberPath(self.member),
            to=Audience(self.to),
            basis=Name(self.basis),
        )


class NewErasure(Body):
    """A person to be erased from every stream that knows them by NIP or NIK; a second officer confirms it."""

    model_config = example(
        act={"on": "2024-11-04"},
        nik="1571000000000001",
        reason="request",
        basis="UU 27/2022 pasal 8",
        backups_expire_on="2025-11-04",
    )

    act: ActBody
    nip: Nip | None = None
    nik: Nik | None = None
    reason: ErasureReason
    basis: Line
    backups_expire_on: Day

    def to_erasure(self, second: Staff) -> Erasure:
        return Erasure(
            keys=tuple(key for key in (self.nip and f"nip:{self.nip}", self.nik and f"nik:{self.nik}") if key),
            reason=self.reason,
            basis=Name(self.basis),
            backups_expire_on=self.backups_expire_on,
            second=second,
        )
