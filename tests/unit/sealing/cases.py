"""One complaint of invented people, command by command, and what the trail and the vault then hold of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House
from ledger.command import Command
from ledger.complaint.codes import Announcement, Category, Channel, RegistrationKind, RespondentClass, ReviewResult
from ledger.complaint.commands import (
    AnnounceStatus,
    Attendee,
    Ballot,
    ComplainantTold,
    FileComplaint,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    RegisterComplaint,
    ReviewComplaint,
    WitnessTold,
)
from ledger.registrar import Receipt, Registrar
from ledger.store.rows import VaultRow
from ledger.values import Act, Actor, Count, Handle, Number, Person, Plain, Region, Role, Source, Staff, StreamId
from tests.in_file import in_file

NOW = "2024-06-12T05:00:00"
STAFF = {name: Staff(f"{name}.contoh", f"Nama {name.title()}") for name in ("satu", "dua", "tiga", "empat")}
ONE = Number(1)
Body = dict[str, Any]


@dataclass
class Draws:
    """A source of random bytes that remembers what it gave."""

    given: list[bytes] = field(default_factory=list)

    def __call__(self, size: int) -> bytes:
        self.given.append(secrets.token_bytes(size))
        return self.given[-1]

    def of(self, size: int) -> list[bytes]:
        return [each for each in self.given if len(each) == size]


@dataclass
class Turning:
    """A clock that lets something happen when it is read for the first time: the registrar then decides on the past."""

    happens: Callable[[], object]
    first: datetime = field(default_factory=lambda: instant(NOW))
    read: int = 0

    def __call__(self) -> datetime:
        self.read += 1
        if self.read > 1:
            return instant(NOW)
        self.happens()
        return self.first


@dataclass
class Case:
    """Commands to one complaint of an office."""

    house: House
    register: Register
    stream: StreamId | None = None
    registrar: Registrar | None = None

    def by(self, staff: str, role: Role = Role.INTAKE) -> Actor:
        return Actor(self.register.bawaslu_jambi, role, STAFF[staff])

    def on(self, day: str = "2024-06-12") -> Act:
        return Act(self.register.bawaslu_jambi, Source.OWN, on=date.fromisoformat(day))

    def at(self, when: str) -> Act:
        return Act(self.register.bawaslu_jambi, Source.OWN, at=instant(when))

    def through(self, clock: Callable[[], datetime], random: Callable[[int], bytes]) -> Case:
        """The same case, asked through a registrar with another clock and another source."""
        registrar = Registrar(self.house.store, self.house.keys, clock, random, self.house.stream)
        return Case(self.house, self.register, self.stream, registrar)

    def submit(self, command: Command, staff: str, role: Role = Role.INTAKE, **how: Any) -> Receipt:
        registrar = self.registrar or self.house.registrar
        if command.NEEDS_MATCH and self.stream is not None:
            how = {"seen": registrar.load(self.stream).version, **how}
        receipt = registrar.submit(command, by=self.by(staff, role), **how)
        self.stream = receipt.entries[0].stream
        return receipt

    def filed(self, staff: str = "satu", **changes: Any) -> Receipt:
        return self.submit(self.file(**changes), staff)

    def file(self, **changes: Any) -> FileComplaint:
        asked: dict[str, Any] = {
            "act": self.at("2024-06-11T02:15:00"),
            "election": self.register.election_jambi,
            "region": Region("15.71"),
            "occurred_from": date(2024, 6, 8),
            "occurred_until": date(2024, 6, 8),
            "known_on": date(2024, 6, 10),
            "channel": Channel.IN_PERSON,
            "complainants": (
                ComplainantTold(handle=Person("k", ("nik:1571000000000001",)), name=Plain("Pelapor Contoh")),
                ComplainantTold(handle=Person("k"), name=Plain("Pelapor Kedua"), phone=Plain("0800-0000-0002")),
            ),
            "witnesses": (WitnessTold(handle=Person("w"), name=Plain("Saksi Contoh")),),
            "narrative": Plain("Uraian kejadian\ndalam dua baris"),
        }
        return FileComplaint(**(asked | changes))

    def name(self) -> NameRespondent:
        return NameRespondent(
            act=self.on(),
            stream=self.stream,
            respondent=Person("r", ("nip:198001012005011001",)),
            class_=RespondentClass.ASN,
            known=True,
            name=Plain("Terlapor Contoh"),
        )

    def allege(self) -> MakeAllegation:
        return MakeAllegation(act=self.on(), stream=self.stream, respondent=Handle("r1"), category=Category.OTHER_LAW)

    def review(self) -> ReviewComplaint:
        return ReviewComplaint(
            act=self.on(),
            stream=self.stream,
            formal=True,
            material=True,
            known_on=date(2024, 6, 10),
            result=ReviewResult.REGISTER,
        )

    def enter(self) -> RegisterComplaint:
        return RegisterComplaint(
            act=self.on(), stream=self.stream, kind=RegistrationKind.REPORT, number=Plain("001/Reg/Contoh")
        )

    def plenary(self, *members: str) -> HoldPlenary:
        return HoldPlenary(
            act=self.at("2024-06-12T04:30:00"),
            stream=self.stream,
            present=tuple(
                Attendee(handle=Person("a", (f"staff:{STAFF[each].account}",)), who=Plain(STAFF[each].name))
                for each in members
            ),
            ballots=(
                Ballot(
                    allegation=ONE,
                    violation=Count(len(members)),
                    not_violation=Count(0),
                    abstained=Count(0),
                    reasons=Plain("Alasan putusan"),
                ),
            ),
            votes=Plain("Suara para anggota"),
        )

    def announce(self) -> AnnounceStatus:
        return AnnounceStatus(act=self.on(), stream=self.stream, what=Announcement.DECIDED)


def bodies(house: House) -> list[tuple[str, str, Body]]:
    """Stream, topic and body of every entry, in the order of the trail."""
    entries = [house.store.entry(position) for position in range(house.store.size())]
    return [(each.stream, each.topic, json.loads(each.body)) for each in entries if each is not None]


def references(value: Any, path: str = "") -> Iterator[tuple[str, str, Body]]:
    """Every commitment in a body: its member's path without indexes, the commitment, the object around the member."""
    if isinstance(value, list):
        for item in value:
            yield from references(item, path)
    elif isinstance(value, dict):
        for name, held in value.items():
            here = f"{path}.{name}".lstrip(".")
            if isinstance(held, dict) and "sealed" in held:
                yield here, held["sealed"], value
            else:
                yield from references(held, here)


def commitments(house: House) -> list[str]:
    """Every commitment of the trail."""
    return [sealed for _, _, body in bodies(house) for _, sealed, _ in references(body)]


def vault(house: House) -> list[VaultRow]:
    """Every row of the vault."""
    with in_file(house.store) as connection:
        return [VaultRow(*each) for each in connection.execute("SELECT commitment, stream, of, box FROM vault")]
