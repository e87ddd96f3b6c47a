"""The requests of the register of officials; NIP and NIK find the person again, the coarse class alone is public."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from api.bodies.intake import example
from api.bodies.parts import Account, ActBody, Body, Day, Nik, Nip, Stream, Text, plain
from ledger.complaint.codes import ConflictSource, RespondentClass
from ledger.official.commands import ChangeOfficialClass, RecordOfficial, RecordRelation, office_side, staff_side
from ledger.official.facts import TO_OFFICES, RelationKind
from ledger.values import Actor, Person, StreamId


class NewOfficial(Body):
    """An official to enter into the register."""

    model_config = example(
        act={"on": "2024-06-01"},
        **{"class": "asn"},
        since="2019-03-01",
        name="Budi Terlapor",
        nip="198001012005011001",
        position="Camat",
        unit="Kecamatan Contoh",
    )

    act: ActBody
    class_: RespondentClass = Field(alias="class")
    since: Day
    name: Text | None = None
    nip: Nip | None = None
    nik: Nik | None = None
    position: Text | None = None
    unit: Text | None = None

    def to_command(self, actor: Actor) -> RecordOfficial:
        return RecordOfficial(
            act=self.act.to_act(actor),
            official=Person.known_by("r", self.nip and f"nip:{self.nip}", self.nik and f"nik:{self.nik}"),
            class_=self.class_,
            since=self.since,
            name=plain(self.name),
            nip=plain(self.nip),
            nik=plain(self.nik),
            position=plain(self.position),
            unit=plain(self.unit),
        )


class NewClass(Body):
    """Another class of an official, from a date on."""

    model_config = example(act={"on": "2024-06-01"}, **{"class": "non_asn"}, since="2024-05-01")

    act: ActBody
    class_: RespondentClass = Field(alias="class")
    since: Day

    def to_command(self, actor: Actor, official: StreamId) -> ChangeOfficialClass:
        return ChangeOfficialClass(act=self.act.to_act(actor), stream=official, class_=self.class_, since=self.since)


class NewRelation(Body):
    """What an official is to a member of staff or to an office, or, with `until`, no longer is."""

    model_config = example(
        act={"on": "2024-06-12"},
        kind="kin",
        source="declared",
        account="anggota3.kota-jambi",
        ground="Saudara sepupu.",
    )

    act: ActBody
    kind: RelationKind
    source: ConflictSource
    account: Account | None = Field(default=None, description="The member of staff; left out for head and member.")
    name: Text | None = Field(default=None, description="Their name, which is sealed.")
    office: Stream | None = Field(
        default=None, description="The office that is meant, or for which the member of staff works."
    )
    until: Day | None = Field(default=None, description="The day from which the relation no longer stands.")
    ground: Text | None = None

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.kind in TO_OFFICES) is (self.account is not None):
            raise ValueError("head and member name an office and no account, all other kinds an account")
        if self.kind in TO_OFFICES and self.office is None:
            raise ValueError("head and member name an office and no account, all other kinds an account")
        return self

    def to_command(self, actor: Actor, official: StreamId) -> RecordRelation:
        office = None if self.office is None else StreamId(self.office)
        if self.account is not None:
            other = staff_side(self.account, self.name)
        else:
            other = office_side(StreamId(self.office or ""))
        return RecordRelation(
            act=self.act.to_act(actor),
            stream=official,
            kind=self.kind,
            source=self.source,
            other=other,
            office=office,
            until=self.until,
            ground=plain(self.ground),
        )
