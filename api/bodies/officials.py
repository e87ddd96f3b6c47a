"""The requests of the register of officials; NIP and NIK find the person again, the coarse class alone is public."""

from __future__ import annotations

from pydantic import Field

from api.bodies.intake import example
from api.bodies.parts import ActBody, Body, Day, Nik, Nip, Text, plain
from ledger.complaint.codes import RespondentClass
from ledger.official.commands import ChangeOfficialClass, RecordOfficial
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
