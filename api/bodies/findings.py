"""The requests of the other two entrances: preliminary information that is traced, and findings."""

from __future__ import annotations

from pydantic import Field

from api.bodies.intake import WitnessBody, example
from api.bodies.parts import ActBody, Body, Day, RegionCode, Stream, Text, plain
from ledger.complaint.codes import Channel, PreliminaryOrigin, TracingResult
from ledger.complaint.commands import ContinueAsFinding, FixFinding, NotePreliminary, RecordTracing
from ledger.values import Actor, Region, StreamId


class NewPreliminary(Body):
    """Preliminary information (informasi awal) that did not come as a report; dates may be unknown yet."""

    model_config = example(
        act={"on": "2024-08-19"},
        origin="tip",
        election="election-00000000000000000000000000000000",
        region="15.71",
        occurred_from="2024-08-17",
        occurred_until="2024-08-17",
        narrative="Seorang ASN tampil bersama bakal calon.",
    )

    act: ActBody
    origin: PreliminaryOrigin
    election: Stream
    region: RegionCode
    occurred_from: Day | None = None
    occurred_until: Day | None = None
    known_on: Day | None = None
    channel: Channel | None = None
    witnesses: list[WitnessBody] = Field(default=[], max_length=100)
    narrative: Text | None = None
    place: Text | None = None
    source: Text | None = None

    def to_command(self, actor: Actor) -> NotePreliminary:
        return NotePreliminary(
            act=self.act.to_act(actor),
            origin=self.origin,
            election=StreamId(self.election),
            region=Region(self.region),
            occurred_from=self.occurred_from,
            occurred_until=self.occurred_until,
            known_on=self.known_on,
            channel=self.channel,
            witnesses=tuple(each.to_told() for each in self.witnesses),
            narrative=plain(self.narrative),
            place=plain(self.place),
            source=plain(self.source),
        )


class NewTracing(Body):
    """What tracing (penelusuran) says so far."""

    model_config = example(act={"on": "2024-09-09"}, result="supported", report="Foto dan keterangan saksi mendukung.")

    act: ActBody
    result: TracingResult
    report: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> RecordTracing:
        return RecordTracing(
            act=self.act.to_act(actor), stream=complaint, result=self.result, report=plain(self.report)
        )


class NewFinding(Body):
    """A finding (temuan) of supervision, which begins a case."""

    model_config = example(
        act={"on": "2024-09-11"},
        found_on="2024-09-09",
        election="election-00000000000000000000000000000000",
        region="15.71",
        occurred_from="2024-09-08",
        occurred_until="2024-09-08",
        report="Laporan hasil pengawasan.",
    )

    act: ActBody
    found_on: Day
    election: Stream
    region: RegionCode
    occurred_from: Day
    occurred_until: Day
    witnesses: list[WitnessBody] = Field(default=[], max_length=100)
    narrative: Text | None = None
    place: Text | None = None
    report: Text | None = None

    def to_command(self, actor: Actor) -> FixFinding:
        return FixFinding(
            act=self.act.to_act(actor),
            found_on=self.found_on,
            election=StreamId(self.election),
            region=Region(self.region),
            occurred_from=self.occurred_from,
            occurred_until=self.occurred_until,
            witnesses=tuple(each.to_told() for each in self.witnesses),
            narrative=plain(self.narrative),
            place=plain(self.place),
            report=plain(self.report),
        )


class FindingOfCase(Body):
    """A finding of what was traced, or of a report that was withdrawn."""

    model_config = example(act={"on": "2024-09-11"}, found_on="2024-09-09", report="Laporan hasil penelusuran.")

    act: ActBody
    found_on: Day
    occurred_from: Day | None = Field(default=None, description="Only where the case does not say it yet.")
    occurred_until: Day | None = None
    report: Text | None = None
    narrative: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> ContinueAsFinding:
        return ContinueAsFinding(
            act=self.act.to_act(actor),
            stream=complaint,
            found_on=self.found_on,
            occurred_from=self.occurred_from,
            occurred_until=self.occurred_until,
            report=plain(self.report),
            narrative=plain(self.narrative),
        )
