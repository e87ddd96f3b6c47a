"""The requests of hand-overs: a set of files, that they arrived, and what a side counted."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.bodies.intake import example
from api.bodies.law import COMPLAINT, OFFICE, ComplaintId
from api.bodies.parts import ActBody, Body, Line, Nth, Stream
from ledger.handing_over import FileOf, Files
from ledger.handover.commands import TallyHandover
from ledger.handover.facts import MOST, Side
from ledger.values import Actor, Count, Digest, Name, Number, StreamId


class FileBody(Body):
    """One file of a hand-over: an allegation of a complaint."""

    complaint: ComplaintId
    allegation: Nth

    def to_file(self) -> FileOf:
        return FileOf(StreamId(self.complaint), Number(self.allegation))


class OfferedFile(FileBody):
    """One file that passes on."""

    seen: Nth | None = Field(default=None, description="The version of the case that you decided on, as its ETag says.")

    def to_file(self) -> FileOf:
        return FileOf(StreamId(self.complaint), Number(self.allegation), self.seen)


class NewHandover(Body):
    """Many files that pass from one office to another in one act; the manifest counts and names them."""

    model_config = example(
        act={"on": "2024-09-02"},
        **{"from": OFFICE},
        to=OFFICE,
        files=[{"complaint": COMPLAINT, "allegation": 1, "seen": 12}],
        legal_basis="SE MenPANRB 4/2024",
    )

    act: ActBody
    from_: Stream = Field(alias="from", description="The office with which the files lie, also one that ended.")
    to: Stream
    files: list[OfferedFile] = Field(min_length=1, max_length=MOST)
    legal_basis: Line | None = None

    def to_files(self) -> Files:
        return Files(
            from_=StreamId(self.from_),
            to=StreamId(self.to),
            files=tuple(each.to_file() for each in self.files),
            legal_basis=Name(self.legal_basis) if self.legal_basis else None,
        )


class HandoverReceipt(Body):
    """That files of a hand-over arrived; `act.at` is when. Without `files`, all that are under way."""

    model_config = example(act={"at": "2024-09-03T02:00:00Z"})

    act: ActBody
    files: list[FileBody] | None = Field(default=None, min_length=1, max_length=MOST)

    def to_files(self) -> tuple[FileOf, ...] | None:
        return None if self.files is None else tuple(each.to_file() for each in self.files)


class NewTally(Body):
    """What one side of a hand-over counted, and the digest of what it counted."""

    model_config = example(act={"on": "2024-09-04"}, side="taking", count=400, digest="0" * 64)

    act: ActBody
    side: Side
    count: Annotated[int, Field(ge=0, le=2**53 - 1, strict=True)]
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    def to_command(self, actor: Actor, handover: StreamId) -> TallyHandover:
        return TallyHandover(
            act=self.act.to_act(actor),
            stream=handover,
            side=self.side,
            count=Count(self.count),
            digest=Digest(self.digest),
        )
