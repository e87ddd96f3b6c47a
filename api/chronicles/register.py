"""The offices, the election and the staff that the chronicles need. Every person here is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ledger.clock import SimulatedClock
from ledger.command import Command
from ledger.election.commands import AnnounceElection
from ledger.election.facts import ElectionKind, Regime
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.registrar import Receipt, Registrar
from ledger.values import Act, Actor, Name, Number, Region, Role, Source, Staff, StreamId, Zone

OPERATOR = Staff("operator.demo", "Operator Contoh")
REGISTRAR = Staff("registrar.demo", "Petugas Register Contoh")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, as it was told to the ledger, in both languages."""

    id: str
    en: str
    receipt: Receipt


Tell = Callable[[Step], Any]


@dataclass(frozen=True, slots=True)
class Scribe:
    """Records a chronicle: puts the simulated clock to when something was recorded, and submits it."""

    registrar: Registrar
    clock: SimulatedClock
    ledger: StreamId
    tell: Tell

    def record(
        self, at: str, command: Command, by: Actor, said_id: str, said_en: str, seen: int | None = None
    ) -> Receipt:
        """Submit one command at an instant and tell what it was."""
        self.clock.now = instant(at)
        receipt = self.registrar.submit(command, by=by, seen=seen)
        self.tell(Step(said_id, said_en, receipt))
        return receipt

    def version(self, stream: StreamId) -> int:
        """The version of a stream, as a client would have read it."""
        return self.registrar.load(stream).version


@dataclass(frozen=True, slots=True)
class Register:
    """The streams of the offices and the election."""

    bawaslu: StreamId
    kasn: StreamId
    bkn: StreamId
    election: StreamId


def instant(text: str) -> datetime:
    """An instant from a short text in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def by_registry(ledger: StreamId) -> Actor:
    """The registry's clerk."""
    return Actor(ledger, Role.REGISTRY, REGISTRAR)


def record_register(scribe: Scribe) -> Register:
    """Enter the offices and the election of the chronicles."""
    clerk = by_registry(scribe.ledger)
    act = Act(scribe.ledger, Source.OWN, on=date(2024, 5, 2))

    def office(at: str, name: str, kind: OfficeKind, level: Level, from_: date, **more: Any) -> StreamId:
        command = EstablishOffice(act=act, kind=kind, level=level, zone=Zone.WIB, from_=from_, name=Name(name), **more)
        receipt = scribe.record(at, command, clerk, f"{name} masuk daftar lembaga", f"{name} enters the register")
        return receipt.entries[0].stream

    bawaslu = office(
        "2024-05-02T02:00:00",
        "Bawaslu Kota Jambi",
        OfficeKind.BAWASLU,
        Level.REGENCY,
        date(2018, 8, 15),
        region=Region("15.71"),
        seats=Number(5),
    )
    kasn = office("2024-05-02T02:01:00", "KASN", OfficeKind.KASN, Level.NATIONAL, date(2014, 9, 30))
    bkn = office("2024-05-02T02:02:00", "BKN", OfficeKind.BKN, Level.NATIONAL, date(1972, 8, 18))
    announced = scribe.record(
        "2024-05-02T02:03:00",
        AnnounceElection(
            act=act,
            regime=Regime.PILKADA,
            kind=ElectionKind.MAYOR,
            polling_on=date(2024, 11, 27),
            regions=frozenset({Region("15.71")}),
        ),
        clerk,
        "Pilkada Kota Jambi, pemungutan suara 27 November 2024, masuk daftar",
        "The mayoral election of Kota Jambi, polling on 27 November 2024, enters the register",
    )
    return Register(bawaslu, kasn, bkn, announced.entries[0].stream)


def end_kasn(scribe: Scribe, register: Register) -> Receipt:
    """KASN stops acting on 24 August 2024; BKN succeeds it, and no file moves by that alone."""
    return scribe.record(
        "2024-08-24T03:00:00",
        EndOffice(
            act=Act(scribe.ledger, Source.OWN, on=date(2024, 8, 24)),
            stream=register.kasn,
            on=date(2024, 8, 24),
            legal_basis=Name("UU 20/2023; SE MenPANRB 4/2024"),
            successor=register.bkn,
        ),
        by_registry(scribe.ledger),
        "KASN berakhir; BKN penerusnya",
        "KASN ends; BKN succeeds it",
    )
