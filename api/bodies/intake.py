"""The requests from the report to the register."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from api.bodies.parts import (
    ActBody,
    Body,
    Day,
    Flag,
    Nik,
    Nip,
    NoRepeats,
    RegionCode,
    RespondentHandle,
    Stream,
    Text,
    plain,
)
from ledger.complaint.codes import (
    Category,
    Channel,
    Kind,
    RefusalReason,
    RegistrationKind,
    Requirement,
    RespondentClass,
    ReviewResult,
)
from ledger.complaint.commands import (
    ComplainantTold,
    CompletionAsked,
    DelegationAsked,
    FileComplaint,
    MakeAllegation,
    NameRespondent,
    PreliminaryAsked,
    RecategoriseAllegation,
    ReceiveCompletion,
    RefusalAsked,
    RefuseRegistration,
    RegisterComplaint,
    ReviewComplaint,
    WithdrawComplaint,
    WitnessTold,
)
from ledger.values import Actor, Handle, Number, Person, Plain, Region, StreamId


def example(**members: Any) -> ConfigDict:
    """The model's example in the OpenAPI document."""
    return ConfigDict(json_schema_extra={"examples": [members]})


class ComplainantBody(Body):
    """Who reports; a NIK lets the key store find the person again, everything here is sealed."""

    name: Text | None = None
    id_number: Nik | None = Field(default=None, description="NIK, 16 digits.")
    address: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    capacity: Text | None = Field(default=None, description="As what the person reports: voter, monitor, participant.")

    def to_told(self) -> ComplainantTold:
        return ComplainantTold(
            handle=Person.known_by("k", self.id_number and f"nik:{self.id_number}"),
            name=plain(self.name),
            id_number=plain(self.id_number),
            address=plain(self.address),
            phone=plain(self.phone),
            email=plain(self.email),
            capacity=plain(self.capacity),
        )


class WitnessBody(Body):
    """Who saw it; everything here is sealed."""

    name: Text | None = None
    address: Text | None = None
    phone: Text | None = None

    def to_told(self) -> WitnessTold:
        return WitnessTold(
            handle=Person("w"), name=plain(self.name), address=plain(self.address), phone=plain(self.phone)
        )


class NewComplaint(Body):
    """A report as it arrived; `act.at` is the instant of its receipt."""

    model_config = example(
        act={"at": "2024-06-11T02:15:00Z"},
        election="election-00000000000000000000000000000000",
        region="15.71",
        occurred_from="2024-06-08",
        occurred_until="2024-06-08",
        known_on="2024-06-10",
        channel="in_person",
        complainants=[{"name": "Sari Pelapor", "id_number": "1571000000000001", "address": "Jalan Contoh 1"}],
        narrative="Terlapor mengajak bawahannya memilih seorang bakal calon dalam rapat kantor.",
        place="Kantor Kecamatan Contoh",
    )

    act: ActBody
    election: Stream
    region: RegionCode
    occurred_from: Day
    occurred_until: Day
    known_on: Day
    channel: Channel
    complainants: list[ComplainantBody] = Field(min_length=1, max_length=100)
    witnesses: list[WitnessBody] = Field(default=[], max_length=100)
    narrative: Text | None = None
    place: Text | None = None
    received_number: Text | None = None

    def to_command(self, actor: Actor) -> FileComplaint:
        return FileComplaint(
            act=self.act.to_act(actor),
            election=StreamId(self.election),
            region=Region(self.region),
            occurred_from=self.occurred_from,
            occurred_until=self.occurred_until,
            known_on=self.known_on,
            channel=self.channel,
            complainants=tuple(each.to_told() for each in self.complainants),
            witnesses=tuple(each.to_told() for each in self.witnesses),
            narrative=plain(self.narrative),
            place=plain(self.place),
            received_number=plain(self.received_number),
        )


class NewRespondent(Body):
    """An official complained about; NIP or NIK find the person again, the coarse class alone is public."""

    model_config = example(
        act={"on": "2024-06-11"},
        **{"class": "asn"},
        known=True,
        name="Budi Terlapor",
        nip="198001012005011001",
        position_class="administrator",
        unit="Kecamatan Contoh",
    )

    act: ActBody
    class_: RespondentClass = Field(alias="class")
    known: Flag = Field(description="Whether the person behind the handle is identified.")
    nip: Nip | None = None
    nik: Nik | None = None
    name: Text | None = None
    position_class: Text | None = None
    unit: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> NameRespondent:
        return NameRespondent(
            act=self.act.to_act(actor),
            stream=complaint,
            respondent=Person.known_by("r", self.nip and f"nip:{self.nip}", self.nik and f"nik:{self.nik}"),
            class_=self.class_,
            known=self.known,
            name=plain(self.name),
            position_class=plain(self.position_class),
            unit=plain(self.unit),
        )


class NewAllegation(Body):
    """One accusation of one respondent in one category."""

    model_config = example(act={"on": "2024-06-11"}, respondent="r1", category="undetermined", kinds=["n12"])

    act: ActBody
    respondent: RespondentHandle
    category: Category
    kinds: Annotated[list[Kind], NoRepeats] = Field(default=[])

    def to_command(self, actor: Actor, complaint: StreamId) -> MakeAllegation:
        return MakeAllegation(
            act=self.act.to_act(actor),
            stream=complaint,
            respondent=Handle(self.respondent),
            category=self.category,
            kinds=frozenset(self.kinds),
        )


class RefusalBody(Body):
    """Why the report is not to be registered."""

    reason: RefusalReason
    text: Text | None = None

    def to_asked(self) -> RefusalAsked:
        return RefusalAsked(reason=self.reason, text=plain(self.text))


class CompletionBody(Body):
    """What the complainant is asked to complete."""

    items: Annotated[list[Requirement], NoRepeats, Field(min_length=1)]
    text: Text | None = None

    def to_asked(self) -> CompletionAsked:
        return CompletionAsked(items=frozenset(self.items), text=plain(self.text))


class PreliminaryBody(Body):
    """That the report is taken as preliminary information."""

    narrative: Text | None = None
    source: Text | None = None

    def to_asked(self) -> PreliminaryAsked:
        return PreliminaryAsked(narrative=plain(self.narrative), source=plain(self.source))


class DelegationBody(Body):
    """To which office of the institution the report is passed."""

    to: Stream
    letter_number: Text | None = None

    def to_asked(self) -> DelegationAsked:
        return DelegationAsked(to=StreamId(self.to), letter_number=plain(self.letter_number))


class NewReview(Body):
    """The initial review, and the step that it leads to: `completion`, `refusal`, `preliminary` or `delegation`."""

    model_config = example(
        act={"on": "2024-06-12"},
        formal=True,
        material=True,
        known_on="2024-06-10",
        result="register",
        reasons="Syarat terpenuhi.",
    )

    act: ActBody
    formal: Flag
    material: Flag
    known_on: Day = Field(description="The date known as the review finds it; the clocks follow it.")
    result: ReviewResult
    missing: Annotated[list[Requirement], NoRepeats] = Field(default=[])
    reasons: Text | None = None
    refusal: RefusalBody | None = None
    completion: CompletionBody | None = None
    preliminary: PreliminaryBody | None = None
    delegation: DelegationBody | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> ReviewComplaint:
        return ReviewComplaint(
            act=self.act.to_act(actor),
            stream=complaint,
            formal=self.formal,
            material=self.material,
            known_on=self.known_on,
            result=self.result,
            missing=frozenset(self.missing),
            reasons=plain(self.reasons),
            refusal=None if self.refusal is None else self.refusal.to_asked(),
            completion=None if self.completion is None else self.completion.to_asked(),
            preliminary=None if self.preliminary is None else self.preliminary.to_asked(),
            delegation=None if self.delegation is None else self.delegation.to_asked(),
        )


class NewRegistration(Body):
    """The register number."""

    model_config = example(act={"on": "2024-06-12"}, kind="report", number="001/Reg/LP/PW/Kota/05.01/VI/2024")

    act: ActBody
    kind: RegistrationKind
    number: Text

    def to_command(self, actor: Actor, complaint: StreamId) -> RegisterComplaint:
        return RegisterComplaint(
            act=self.act.to_act(actor), stream=complaint, kind=self.kind, number=Plain(self.number)
        )


class NewCategory(Body):
    """How an allegation is read from now on."""

    model_config = example(act={"on": "2024-06-13"}, category="ethics", kinds=["n05"])

    act: ActBody
    category: Category
    kinds: Annotated[list[Kind], NoRepeats] = Field(default=[])
    reason: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId, allegation: int) -> RecategoriseAllegation:
        return RecategoriseAllegation(
            act=self.act.to_act(actor),
            stream=complaint,
            allegation=Number(allegation),
            category=self.category,
            kinds=frozenset(self.kinds),
            reason=plain(self.reason),
        )


class Completion(Body):
    """What the complainant completed."""

    model_config = example(act={"on": "2024-06-13"}, items=["signature"])

    act: ActBody
    items: Annotated[list[Requirement], NoRepeats, Field(min_length=1)]
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> ReceiveCompletion:
        return ReceiveCompletion(
            act=self.act.to_act(actor), stream=complaint, items=frozenset(self.items), text=plain(self.text)
        )


class RegistrationRefusal(Body):
    """Why registration is refused outside a review."""

    model_config = example(act={"on": "2024-06-14"}, reason="formal", text="Perbaikan tidak diserahkan.")

    act: ActBody
    reason: RefusalReason
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> RefuseRegistration:
        return RefuseRegistration(
            act=self.act.to_act(actor), stream=complaint, reason=self.reason, text=plain(self.text)
        )


class Withdrawal(Body):
    """One complainant who withdrew."""

    model_config = example(act={"on": "2024-06-13"}, complainant="k1")

    act: ActBody
    complainant: Annotated[str, Field(pattern=r"^k[1-9][0-9]{0,5}$")]
    text: Text | None = None

    def to_command(self, actor: Actor, complaint: StreamId) -> WithdrawComplaint:
        return WithdrawComplaint(
            act=self.act.to_act(actor),
            stream=complaint,
            complainant=Handle(self.complainant),
            text=plain(self.text),
        )
